package io.fairlead.enterprise.kernel;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A server reduced to its database, as a process of its own that a test can kill. */
public final class ServerProgram implements AutoCloseable {
    private final Process process;
    private final List<String> said = new ArrayList<>();
    private long postgresPid = -1;
    private int port = -1;

    private ServerProgram(Process process) {
        this.process = process;
    }

    /** Prints {@code ready PID PORT}, or {@code refused TEXT}; ends when its input ends. */
    public static void main(String[] args) throws IOException {
        try (EmbeddedPostgres postgres = new EmbeddedPostgres(new DataFolder(Path.of(args[0])))) {
            DatabaseSettings settings = postgres.start();
            new Migrations(settings).run();
            System.out.println("ready " + postgres.pid() + " " + settings.port());
            while (System.in.read() >= 0) {
                // Until the test has enough.
            }
        } catch (CannotStart refused) {
            System.out.println("refused " + refused.getMessage());
        }
    }

    static ServerProgram start(Path folder) throws IOException {
        return start(folder, List.of(), System.getProperty("java.class.path"));
    }

    static ServerProgram start(Path folder, List<String> prefix, String classPath) throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                classPath,
                ServerProgram.class.getName(),
                folder.toString()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("JAVA") || name.startsWith("MAVEN"));
        ServerProgram program =
                new ServerProgram(builder.directory(Path.of("/").toFile()).start());
        program.awaitFirstWord();
        return program;
    }

    private void awaitFirstWord() throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            said.add(line);
            if (line.startsWith("ready ")) {
                String[] words = line.split(" ");
                postgresPid = Long.parseLong(words[1]);
                port = Integer.parseInt(words[2]);
                return;
            }
        }
    }

    /** Everything it said until it was ready, or until it ended. */
    String said() {
        return String.join("\n", said);
    }

    ProcessHandle postgres() {
        return ProcessHandle.of(postgresPid).orElseThrow(() -> new AssertionError(said()));
    }

    int port() {
        return port;
    }

    /** As {@code kill -9}: nothing is cleaned up. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Ends it as its operator would. */
    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        process.onExit().join();
    }
}
