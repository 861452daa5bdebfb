package io.fairlead.system;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * An instrument's network that lets nothing out by itself: the kernel's nftables, whose policy is to drop. A pair of virtual
 * cards joins it to this machine, which has {@link #SERVERS} addresses there and is the way to everywhere else, of IPv4 and
 * IPv6: so what wants to go elsewhere comes to the firewall, and is counted. Names are known by hosts files alone.
 */
final class DenyingFirewall implements AutoCloseable {
    static final int SERVERS = 2;

    private final OwnNetwork network;
    private final String net = "10.216." + ProcessHandle.current().pid() % 250;
    private final Path files;

    private DenyingFirewall(OwnNetwork network) {
        this.network = network;
        files = Path.of("/etc/netns", network.name());
    }

    /** @param hosts the names of each address of this machine, separated by spaces */
    static DenyingFirewall up(String... hosts) throws IOException {
        DenyingFirewall firewall = new DenyingFirewall(OwnNetwork.up("nft", "unshare", "mount"));
        try {
            firewall.know(hosts);
            firewall.build();
        } catch (IOException e) {
            firewall.close();
            throw e;
        }
        return firewall;
    }

    /** Whoever asks for another name asks a name server, which is elsewhere. */
    private void know(String... hosts) throws IOException {
        StringBuilder known = new StringBuilder("127.0.0.1 localhost\n127.0.0.1 ")
                .append(InetAddress.getLocalHost().getHostName())
                .append('\n');
        for (int i = 0; i < SERVERS; i++) {
            known.append(server(i)).append(' ').append(hosts[i]).append('\n');
        }
        Files.createDirectories(files);
        Files.writeString(files.resolve("hosts"), known.toString());
        Files.writeString(files.resolve("resolv.conf"), "nameserver 198.51.100.53\n");
    }

    private void build() throws IOException {
        network.address(server(0) + "/29", instrument() + "/29");
        for (int i = 1; i < SERVERS; i++) {
            OwnNetwork.run("ip", "address", "add", server(i) + "/29", "dev", network.here());
        }
        OwnNetwork.run("ip", "address", "add", "fd00:216::1/64", "dev", network.here(), "nodad");
        network.inside("ip", "address", "add", "fd00:216::6/64", "dev", network.there(), "nodad");
        network.inside("ip", "route", "add", "default", "via", server(0));
        network.inside("ip", "route", "add", "default", "via", "fd00:216::1");
        // What the kernel itself says to its neighbours is IPv6's ARP. What belongs to no connection and goes to the
        // server is dropped, and goes nowhere else.
        network.inside("nft", """
                table inet filter {
                  counter elsewhere { }
                  set tried { type inet_proto . ipv4_addr . inet_service; flags dynamic; size 1000; }
                  chain output {
                    type filter hook output priority 0; policy drop;
                    oif lo accept
                    ct state established,related accept
                    icmpv6 type { nd-router-solicit, nd-neighbor-solicit, nd-neighbor-advert, mld-listener-report, mld2-listener-report } accept
                    ct state invalid ip daddr { %s, %s } drop
                    meta l4proto { tcp, udp } add @tried { meta l4proto . ip daddr . th dport }
                    counter name elsewhere drop
                  }
                  chain input {
                    type filter hook input priority 0; policy drop;
                    iif lo accept
                    ct state established,related accept
                    icmpv6 type { nd-router-advert, nd-neighbor-solicit, nd-neighbor-advert } accept
                  }
                  chain forward { type filter hook forward priority 0; policy drop; }
                }""".formatted(server(0), server(1)));
    }

    /** An address of this machine as it is seen from within. */
    String server(int index) {
        return net + "." + (index + 1);
    }

    String instrument() {
        return net + ".6";
    }

    /** Words that go before a command, so that it runs within. */
    List<String> within() {
        return network.within();
    }

    /** Words that go before a command, so that it runs on this machine and knows the names as the instrument does. */
    List<String> knowing() {
        String mount = "mount --bind '" + files.resolve("hosts") + "' /etc/hosts && exec \"$@\"";
        return List.of("unshare", "-m", "--propagation", "private", "sh", "-c", mount, "sh");
    }

    /** Types a line into a shell within, where its administrator keeps his files. */
    void type(Path folder, String line) throws IOException {
        network.inside("sh", "-euc", "cd '" + folder + "'\n" + line);
    }

    /** How many packets wanted to go where nothing lets them, since this was asked last. */
    long elsewhere() throws IOException {
        String counter = network.saidInside("nft", "reset", "counter", "inet", "filter", "elsewhere");
        return Long.parseLong(counter.replaceAll("(?s).*packets (\\d+).*", "$1"));
    }

    /** Where to they wanted, as nft prints it. */
    String tried() throws IOException {
        return network.saidInside("nft", "list", "set", "inet", "filter", "tried");
    }

    @Override
    public void close() throws IOException {
        network.close();
        for (String file : List.of("hosts", "resolv.conf")) {
            Files.deleteIfExists(files.resolve(file));
        }
        Files.deleteIfExists(files);
    }
}
