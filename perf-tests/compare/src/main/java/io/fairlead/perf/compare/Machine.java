package io.fairlead.perf.compare;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What figures depend on besides the programs: told with them. */
public final class Machine {
    private static final long PATIENCE_SECONDS = 20;

    private final Path home;

    /** @param home of the checkout */
    public Machine(Path home) {
        this.home = home;
    }

    /** Processor, cores, memory, kernel. */
    public String hardware() throws IOException {
        return "%s, %d cores, %.0f GB, Linux %s"
                .formatted(
                        line(Path.of("/proc/cpuinfo"), "model name").orElse(System.getProperty("os.arch")),
                        cores(),
                        line(Path.of("/proc/meminfo"), "MemTotal")
                                .map(text -> Long.parseLong(text.replaceAll("\\D", "")) * 1024 / 1e9)
                                .orElse(0.0),
                        System.getProperty("os.version"));
    }

    private static int cores() throws IOException {
        return (int) Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("processor"))
                .count();
    }

    private static Optional<String> line(Path file, String key) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst();
    }

    /** JDK, Vert.x, PostgreSQL, and what of Debian's is compared with. */
    public String versions() {
        StringBuilder text = new StringBuilder("JDK " + System.getProperty("java.runtime.version") + ", Vert.x "
                + io.vertx.core.Vertx.class.getPackage().getImplementationVersion());
        append(text, "haproxy", "-v");
        append(text, "stunnel", "-version");
        return text.toString();
    }

    private void append(StringBuilder text, String... command) {
        if (Bench.has(command[0])) {
            said(command)
                    .lines()
                    .filter(line -> line.matches("(?i)" + command[0] + " .*"))
                    .findFirst()
                    .ifPresent(line -> text.append(", ")
                            .append(line.replaceAll("^(HAProxy version [^ ]+|stunnel [^ ]+).*", "$1")));
        }
    }

    /** The commit that is checked out, and whether anything was changed since. */
    public String commit() {
        String hash = said("git", "-C", home.toString(), "rev-parse", "--short=12", "HEAD")
                .strip();
        String changed = said(
                        "git",
                        "-C",
                        home.toString(),
                        "status",
                        "--porcelain",
                        "-uno",
                        "--",
                        ".",
                        ":!perf-tests/RESULTS.md")
                .strip();
        return hash.isEmpty() ? "unknown" : changed.isEmpty() ? hash : hash + " with changes";
    }

    /** How busy the machine was of late: processes that wanted to run, of one minute. */
    public static String load() throws IOException {
        return Files.readString(Path.of("/proc/loadavg")).split(" ", -1)[0];
    }

    private static String said(String... command) {
        try {
            Process process = new ProcessBuilder(List.of(command))
                    .redirectErrorStream(true)
                    .start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0 ? text : "";
        } catch (IOException missing) {
            return "";
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
