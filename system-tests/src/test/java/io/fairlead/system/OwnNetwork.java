package io.fairlead.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A network of a test's own, which the kernel keeps apart from this machine's: a namespace, joined to this machine by a pair
 * of virtual cards, {@link #here()} and {@link #there()}. Only root makes one.
 */
final class OwnNetwork implements AutoCloseable {
    private static final AtomicInteger MADE = new AtomicInteger();
    private static final List<Path> FOLDERS =
            Stream.of("/usr/sbin", "/sbin", "/usr/bin", "/bin").map(Path::of).toList();

    private final String name = "fl" + ProcessHandle.current().pid() % 100_000 + "n" + MADE.incrementAndGet() % 1000;

    private OwnNetwork() {}

    /** @param tools programs beside {@code ip} that the test needs; it is skipped where one is missing */
    static OwnNetwork up(String... tools) throws IOException {
        Assumptions.assumeTrue(AgentProcess.ROOT, "root is missing: only root makes networks");
        Stream.concat(Stream.of("ip"), Stream.of(tools)).forEach(OwnNetwork::assumeTool);
        OwnNetwork network = new OwnNetwork();
        run("ip", "netns", "add", network.name);
        try {
            run(
                    "ip",
                    "link",
                    "add",
                    network.here(),
                    "type",
                    "veth",
                    "peer",
                    "name",
                    network.there(),
                    "netns",
                    network.name);
            run("ip", "link", "set", network.here(), "up");
            network.inside("ip", "link", "set", network.there(), "up");
            network.inside("ip", "link", "set", "lo", "up");
        } catch (IOException e) {
            run("ip", "netns", "delete", network.name);
            throw e;
        }
        return network;
    }

    private static void assumeTool(String tool) {
        Assumptions.assumeTrue(
                FOLDERS.stream().anyMatch(folder -> Files.isExecutable(folder.resolve(tool))),
                tool + " is missing (one of Debian's packages iproute2, nftables, util-linux, mount)");
    }

    String name() {
        return name;
    }

    /** The card on this machine. */
    String here() {
        return name + "a";
    }

    /** The card within. */
    String there() {
        return name + "b";
    }

    /** Gives the two cards their addresses, with the length of the prefix: {@code 10.0.0.1/30}. */
    void address(String here, String there) throws IOException {
        run("ip", "address", "add", here, "dev", here());
        inside("ip", "address", "add", there, "dev", there());
    }

    /** Words that go before a command, so that it runs within. */
    List<String> within() {
        return List.of("ip", "netns", "exec", name);
    }

    /** Runs a command within. */
    void inside(String... command) throws IOException {
        String unused = saidInside(command);
    }

    /** What a command within printed. */
    String saidInside(String... command) throws IOException {
        return said(Stream.concat(within().stream(), Stream.of(command)).toArray(String[]::new));
    }

    /** Runs a command on this machine. */
    static void run(String... command) throws IOException {
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

    /** Takes the cards away at once; the rest goes when nobody runs within any more, which may be later. */
    @Override
    public void close() throws IOException {
        try {
            run("ip", "link", "delete", here());
        } finally {
            run("ip", "netns", "delete", name);
        }
    }
}
