package io.fairlead.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The command line as a process of its own, as an operator starts it. */
record CommandLines(Server server, Path folder) {
    record Ended(int code, String out, String err) {}

    Ended run(String... arguments) throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "command", ".out");
        Path err = Files.createTempFile(folder, "command", ".err");
        Process process = start(out, err, arguments);
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("still running: " + String.join(" ", arguments));
        }
        return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    Process start(Path out, Path err, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Programs.java(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                Programs.enterprise().toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--data", server.data().toString()));
        return new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
    }
}
