package io.fairlead.enterprise.kernel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Looks at the command lines and environments of all processes, again and again, for words that must not be there. */
final class ProcessWatch implements AutoCloseable {
    private final List<String> secrets;
    private final Set<String> programs = ConcurrentHashMap.newKeySet();
    private final Set<String> found = ConcurrentHashMap.newKeySet();
    private final Thread thread = new Thread(this::look, "process-watch");
    private volatile boolean closed;

    ProcessWatch(String... secrets) {
        this.secrets = List.of(secrets);
        thread.setDaemon(true);
        thread.start();
    }

    /** Whether a program of that name was looked at. */
    boolean seen(String program) {
        return programs.stream().anyMatch(path -> path.endsWith("/" + program));
    }

    /** Where a secret was found. */
    Set<String> found() {
        return found;
    }

    private void look() {
        while (!closed) {
            try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
                processes.forEach(this::lookAt);

            } catch (IOException failure) {
                found.add(failure.toString());
            }
        }
    }

    private void lookAt(Path process) {
        String line = text(process.resolve("cmdline"));
        String environment = text(process.resolve("environ"));
        programs.add(line.split("\0", 2)[0]);
        for (String secret : secrets) {
            if (line.contains(secret) || environment.contains(secret)) {
                found.add(line.replace('\0', ' '));
            }
        }
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
