package io.fairlead.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Somebody's terminal on a PC of his own: the command line as a process that reaches a server by its URL.
 *
 * @param home where it keeps its log-ins
 */
record Terminal(Path home) {
    /** A command that runs. */
    record Running(Process process, Path output) {
        /** Waits until it has said this, and answers the group. */
        String awaits(Pattern pattern) throws IOException, InterruptedException {
            while (true) {
                boolean ended = !process.isAlive();
                Matcher matcher = pattern.matcher(said());
                if (matcher.find()) {
                    return matcher.group(1);
                }
                if (ended) {
                    throw new AssertionError("it ended and did not say " + pattern + ": " + said());
                }
                Thread.sleep(50);
            }
        }

        /** Waits until it has ended, and answers its exit code. */
        int ends() throws InterruptedException {
            if (!process.waitFor(120, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("a command does not end; see " + output);
            }
            return process.exitValue();
        }

        String said() throws IOException {
            return Files.readString(output);
        }
    }

    /** @param typed a line on standard input */
    Running start(String typed, String... words) throws IOException {
        Files.createDirectories(home);
        List<String> command = new ArrayList<>(List.of(Programs.java(), "-Xmx128m", "-XX:TieredStopAtLevel=1", "-jar"));
        command.add(Programs.enterprise().toString());
        command.addAll(List.of(words));
        Path output = Files.createTempFile(home, "said", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("XDG_CONFIG_HOME", home.resolve("config").toString());
        Process process = builder.start();
        try (var keyboard = process.getOutputStream()) {
            keyboard.write((typed + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return new Running(process, output);
    }

    /** Runs to its end, which must be good, and answers what it said. */
    String run(String... words) throws IOException, InterruptedException {
        Running running = start("", words);
        int code = running.ends();
        if (code != 0) {
            throw new AssertionError(String.join(" ", words) + " ended with " + code + ": " + running.said());
        }
        return running.said();
    }
}
