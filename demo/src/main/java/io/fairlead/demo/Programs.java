package io.fairlead.demo;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The programs that the demo starts, as they were built: a jar and its {@code lib/}.
 *
 * @param java the launcher of the JDK that runs the demo
 */
record Programs(Path java, Path enterprise, Path agent) {
    /** As the agent's own watchdog starts it: one small heap, one collector thread, one compiler. */
    private static final List<String> AGENT_FLAGS = List.of(
            "-XX:+IgnoreUnrecognizedVMOptions",
            "-Xmx32m",
            "-Xms4m",
            "-Xmn1m",
            "-XX:MinHeapFreeRatio=5",
            "-XX:MaxHeapFreeRatio=10",
            "-XX:-ShrinkHeapInSteps",
            "-XX:MarkSweepDeadRatio=0",
            "-Xss256k",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:CompileThresholdScaling=10",
            "-XX:ReservedCodeCacheSize=24m",
            "-XX:MaxMetaspaceSize=64m",
            "-XX:StringTableSize=4096",
            "-XX:TrimNativeHeapInterval=60000",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:-UsePerfData",
            "-Xshare:auto",
            "-Djava.awt.headless=true",
            "-Dsun.net.http.retryPost=false",
            "-Djdk.tls.rejectClientInitiatedRenegotiation=true");

    private static final List<String> SERVER_FLAGS = List.of(
            "-Xmx512m",
            "-Xshare:auto",
            "-XX:+ExitOnOutOfMemoryError",
            "-Djdk.tls.rejectClientInitiatedRenegotiation=true");

    /** Beside this program's own jar, in the folders where Maven puts them. */
    static Programs built() {
        Path home = home();
        return new Programs(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                jar(home.resolve("enterprise/target"), "fairlead-enterprise-"),
                jar(home.resolve("agent/target"), "fairlead-agent-"));
    }

    private static Path home() {
        String told = System.getProperty("fairlead.home");
        if (told != null) {
            return Path.of(told);
        }
        try {
            // HOME/demo/target/fairlead-demo-….jar, or HOME/demo/target/classes in a test.
            return Path.of(Programs.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .resolve("../../..")
                    .normalize();
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Path jar(Path folder, String prefix) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> {
                        String name = file.getFileName().toString();
                        return name.startsWith(prefix) && name.endsWith(".jar") && !name.endsWith("-sources.jar");
                    })
                    .sorted()
                    .reduce((earlier, later) -> later)
                    .orElseThrow(() -> new Stopped(prefix + "….jar is not in " + folder + "; run ./fairlead build"));
        } catch (IOException missing) {
            throw new Stopped(folder + " is missing; run ./fairlead build", missing);
        }
    }

    /** The same with the agent copied to a folder that every user may read: a checkout below /root is closed to others. */
    Programs withAgentIn(Path folder) throws IOException {
        Path lib = folder.resolve("lib");
        Modes.readableFolder(folder);
        Modes.readableFolder(lib);
        Path jar = copy(agent, folder);
        try (Stream<Path> files = Files.list(agent.resolveSibling("lib"))) {
            for (Path file : files.toList()) {
                Path copied = copy(file, lib);
                assert Files.exists(copied);
            }
        }
        return new Programs(java, enterprise, jar);
    }

    private static Path copy(Path file, Path folder) throws IOException {
        Path copy = folder.resolve(file.getFileName());
        Path fresh = folder.resolve("." + file.getFileName());
        Files.copy(file, fresh, StandardCopyOption.REPLACE_EXISTING);
        Modes.readableFile(fresh);
        Files.move(fresh, copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        return copy;
    }

    List<String> enterprise(String... arguments) {
        return command(SERVER_FLAGS, enterprise, arguments);
    }

    List<String> agent(String... arguments) {
        return command(AGENT_FLAGS, agent, arguments);
    }

    private List<String> command(List<String> flags, Path jar, String... arguments) {
        List<String> command = new ArrayList<>(List.of(java.toString()));
        command.addAll(flags);
        command.addAll(List.of("-jar", jar.toString()));
        command.addAll(List.of(arguments));
        return command;
    }
}
