package io.fairlead.firewall.format;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The programs themselves that read what is rendered. */
final class Tools {
    private static final Map<String, String> PACKAGES = Map.of(
            "unshare", "util-linux",
            "ip", "iproute2",
            "nft", "nftables",
            "iptables", "iptables",
            "ip6tables", "iptables",
            "squid", "squid",
            "ss", "iproute2",
            "pactester", "libpacparser1");
    private static final String PATH = "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin";

    private Tools() {}

    static void need(String... tools) {
        for (String tool : tools) {
            Assumptions.assumeTrue(
                    Stream.of(PATH.split(":")).anyMatch(folder -> Files.isExecutable(Path.of(folder, tool))),
                    tool + " is missing (Debian package " + PACKAGES.get(tool) + ")");
        }
    }

    /**
     * Runs a script, which stops at the first command that fails, in a network of its own that is gone with it.
     *
     * @return what it said
     */
    static String alone(Path folder, String script, String... tools) {
        Assumptions.assumeTrue(
                "root".equals(System.getProperty("user.name")), "root is missing: only root makes networks");
        need("unshare", "ip");
        need(tools);
        return run(folder, List.of("unshare", "-n", "sh", "-euc", "ip link set lo up\n" + script));
    }

    static String run(Path folder, List<String> command) {
        try {
            File said = Files.createTempFile(folder, "said", ".txt").toFile();
            ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
            builder.environment().put("PATH", PATH);
            Process process =
                    builder.redirectErrorStream(true).redirectOutput(said).start();
            process.getOutputStream().close();
            boolean ended = process.waitFor(60, TimeUnit.SECONDS);
            process.destroyForcibly();
            String text = Files.readString(said.toPath());
            if (!ended || process.exitValue() != 0) {
                throw new AssertionError(command + (ended ? "" : " did not end") + ": " + text);
            }
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** The command that runs {@link Probe}, for a script. */
    static String probe() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classes =
                Probe.class.getProtectionDomain().getCodeSource().getLocation().getPath();
        return "'" + java + "' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '" + classes + "' " + Probe.class.getName();
    }

    /** The command of a file's head that begins with this. */
    static String shown(String rendered, String beginning) {
        return rendered.lines()
                .map(line -> line.replaceFirst("^# +", ""))
                .filter(line -> line.startsWith(beginning))
                .findFirst()
                .orElseThrow();
    }
}
