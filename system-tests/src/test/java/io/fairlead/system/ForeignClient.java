package io.fairlead.system;

import io.vertx.core.json.JsonObject;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** SOAP stacks of other languages, as programs that say in JSON what they have done. */
enum ForeignClient {
    /** node-soap, from npm by a lock file. */
    NODE_SOAP {
        @Override
        List<String> command(Path work) throws Exception {
            return List.of("node", installed(work).resolve("client.mjs").toString());
        }
    },
    /** Debian's zeep, on Debian's Python. */
    ZEEP {
        @Override
        List<String> command(Path work) throws Exception {
            Path zeep = Path.of("/usr/lib/python3/dist-packages/zeep");
            Assumptions.assumeTrue(Files.isDirectory(zeep), "zeep is missing (Debian package python3-zeep)");
            return List.of("/usr/bin/python3", SOURCES.resolve("zeep_client.py").toString());
        }
    };

    private static final Path SOURCES =
            Programs.root().resolve("system-tests/src/test/foreign").toAbsolutePath();
    private static final long PATIENCE_SECONDS = 100;

    /** What starts it; what it needs is made in a folder that outlives a test. */
    abstract List<String> command(Path work) throws Exception;

    /** Does everything once. Fails with what the program said when it did not end well. */
    JsonObject run(Map<String, String> said, Path folder) throws Exception {
        Path work = Programs.root().resolve("system-tests/target/foreign").toAbsolutePath();
        ProcessBuilder program = new ProcessBuilder(command(work));
        program.environment()
                .keySet()
                .removeIf(name -> name.toLowerCase(Locale.ROOT).endsWith("_proxy"));
        program.environment().putAll(said);
        return new JsonObject(run(program, folder));
    }

    /** npm's packages, by the lock file, once for each state of it. */
    private static Path installed(Path work) throws Exception {
        Path folder = work.resolve("node");
        Path stamp = folder.resolve("installed");
        String lock = Files.readString(SOURCES.resolve("node/package-lock.json"));
        Files.createDirectories(folder);
        for (String file : List.of("package.json", "package-lock.json", ".npmrc", "client.mjs")) {
            Path unused = Files.copy(
                    SOURCES.resolve("node").resolve(file), folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        if (!Files.exists(stamp) || !Files.readString(stamp).equals(lock)) {
            String unusedSaid = run(
                    new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
                            .directory(folder.toFile()),
                    folder);
            Path unused = Files.writeString(stamp, lock);
        }
        return folder;
    }

    private static String run(ProcessBuilder program, Path folder) throws IOException, InterruptedException {
        File out = Files.createTempFile(folder, "foreign", ".out").toFile();
        File err = Files.createTempFile(folder, "foreign", ".err").toFile();
        Process process = program.redirectOutput(out).redirectError(err).start();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("still running: " + program.command());
        }
        String said = Files.readString(out.toPath());
        if (process.exitValue() != 0) {
            throw new AssertionError(program.command() + ": " + said + Files.readString(err.toPath()));
        }
        return said;
    }
}
