package io.fairlead.perf.simulations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Gatling as a process of its own, which plays one simulation and writes its report. */
final class GatlingProcess implements AutoCloseable {
    /** Some assertion did not hold: some request failed. */
    static final int ASSERTIONS_FAILED = 2;
    /** Above it are the codes of processes that were ended by a signal. */
    static final int SIGNALLED = 128;

    private final Path results;
    private final Set<Path> earlier;
    private final Path log;
    private final Process process;

    /**
     * Starts it.
     *
     * @param told the file of a {@link Told}
     * @param trust PKCS#12 with whom agents believe
     * @param results folder for reports, each in one of its own
     * @param options of its JVM
     */
    GatlingProcess(Kind kind, Path told, Path trust, String trustPassword, Path results, Path log, List<String> options)
            throws IOException {
        this.results = results;
        this.earlier = reports(results);
        this.log = log;
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(options);
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                // Scala and Netty look into what the JDK keeps closed.
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-Dlogback.configurationFile=gatling-log.xml",
                "-D" + Told.PROPERTY + "=" + told,
                "-Dgatling.ssl.trustStore.type=PKCS12",
                "-Dgatling.ssl.trustStore.file=" + trust,
                "-Dgatling.ssl.trustStore.password=" + trustPassword,
                "io.gatling.app.Gatling",
                "--simulation",
                kind.simulation(),
                "--results-folder",
                results.toString()));
        this.process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Zero when nothing failed. */
    int code() throws InterruptedException {
        return process.waitFor();
    }

    /** What it said. */
    Path log() {
        return log;
    }

    /** The report's folder; empty when it wrote none. */
    Optional<Path> report() throws IOException {
        return reports(results).stream()
                .filter(folder -> !earlier.contains(folder))
                .filter(folder -> Files.exists(folder.resolve("index.html")))
                .findFirst();
    }

    private static Set<Path> reports(Path results) throws IOException {
        if (!Files.isDirectory(results)) {
            return Set.of();
        }
        try (Stream<Path> folders = Files.list(results)) {
            return folders.collect(Collectors.toSet());
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
