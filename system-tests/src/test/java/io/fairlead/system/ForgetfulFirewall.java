package io.fairlead.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A network of its own whose firewall forgets a connection after five silent seconds, and then drops what belongs to it
 * without a word: the kernel's connection tracking, as firewalls have it. It is joined to this machine by a pair of
 * virtual cards, {@link #outside()} on this machine's end.
 */
final class ForgetfulFirewall implements AutoCloseable {
    private static final int FORGETS_SECONDS = 5;

    private final String name = "fl" + ProcessHandle.current().pid() % 100_000;
    private final String net = "10.213." + ProcessHandle.current().pid() % 250;

    private ForgetfulFirewall() {}

    static ForgetfulFirewall up() throws IOException {
        Assumptions.assumeTrue(AgentProcess.ROOT, "root is missing: only root makes networks");
        for (String tool : List.of("nft", "ip")) {
            Assumptions.assumeTrue(
                    Stream.of("/usr/sbin", "/sbin").anyMatch(folder -> Files.isExecutable(Path.of(folder, tool))),
                    tool + " is missing (Debian packages nftables, iproute2)");
        }
        ForgetfulFirewall firewall = new ForgetfulFirewall();
        try {
            firewall.build();
        } catch (IOException e) {
            firewall.close();
            throw e;
        }
        return firewall;
    }

    private void build() throws IOException {
        run("ip", "netns", "add", name);
        run("ip", "link", "add", name + "a", "type", "veth", "peer", "name", name + "b", "netns", name);
        run("ip", "address", "add", outside() + "/30", "dev", name + "a");
        run("ip", "link", "set", name + "a", "up");
        inside("ip", "address", "add", net + ".2/30", "dev", name + "b");
        inside("ip", "link", "set", name + "b", "up");
        inside("ip", "link", "set", "lo", "up");
        inside("nft", """
                table inet firewall {
                  chain out {
                    type filter hook output priority 0; policy accept;
                    oif lo accept
                    ct state invalid counter drop
                  }
                  chain in {
                    type filter hook input priority 0; policy drop;
                    iif lo accept
                    ct state established counter accept
                  }
                }""");
        String settings = "/proc/sys/net/netfilter/nf_conntrack_tcp_";
        inside("sh", "-c", "echo " + FORGETS_SECONDS + " > " + settings + "timeout_established");
        inside("sh", "-c", "echo 0 > " + settings + "loose");
    }

    /** The address of this machine as it is seen from within. */
    String outside() {
        return net + ".1";
    }

    /** Words that go before a command, so that it runs within. */
    List<String> within() {
        return List.of("ip", "netns", "exec", name);
    }

    /** How many packets it has dropped as belonging to nothing that it knows. */
    int dropped() throws IOException {
        String table = said("ip", "netns", "exec", name, "nft", "list", "chain", "inet", "firewall", "out");
        return Integer.parseInt(table.replaceAll("(?s).*invalid counter packets (\\d+).*", "$1"));
    }

    private void inside(String... command) throws IOException {
        String[] all = new String[command.length + 4];
        System.arraycopy(within().toArray(new String[0]), 0, all, 0, 4);
        System.arraycopy(command, 0, all, 4, command.length);
        run(all);
    }

    private static void run(String... command) throws IOException {
        String unused = said(command);
    }

    private static String said(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(String.join(" ", command) + ": " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        return said;
    }

    @Override
    public void close() throws IOException {
        // With the name goes the network, and with it the pair of cards, once nobody runs within.
        run("ip", "netns", "delete", name);
    }
}
