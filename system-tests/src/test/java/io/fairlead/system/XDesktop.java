package io.fairlead.system;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A desktop as an instrument's PC has one: TigerVNC's server with a password, and on it a terminal in whose window somebody
 * types what goes into a file, line by line.
 *
 * @param display its number
 * @param typed what arrived; may be emptied
 */
record XDesktop(Process server, Process window, int port, String display, Path typed) implements AutoCloseable {
    /** Its password. */
    static final String PASSWORD = "secret";
    // As vncpasswd writes it: by DES with a key that everybody knows.
    private static final byte[] HIDDEN = {0x2e, 0x2d, (byte) 0xbf, 0x57, 0x6e, (byte) 0xb0, 0x6c, (byte) 0x9e};

    /** Starts it, or skips the test, which fails in CI, where its programs are missing. */
    static XDesktop start(Path folder) throws IOException {
        return start(folder, List.of());
    }

    /**
     * @param within words before the server's command, such as those of a network of its own. Who shows something there has
     *     to run within too: the same display may be another desktop's elsewhere
     */
    static XDesktop start(Path folder, List<String> within) throws IOException {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/Xvnc")),
                "Xvnc is missing (Debian package tigervnc-standalone-server)");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/xterm")), "xterm is missing (Debian package xterm)");
        Files.createDirectories(folder);
        Path password = Files.write(folder.resolve("passwd"), HIDDEN);
        int port = Server.freePorts(1);
        List<String> command = new ArrayList<>(within);
        command.addAll(List.of("/usr/bin/Xvnc", "-displayfd", "1", "-rfbport", String.valueOf(port), "-localhost"));
        command.addAll(List.of("-nolisten", "tcp", "-geometry", "1024x768", "-desktop", "analyser", "-AlwaysShared"));
        command.addAll(List.of("-SecurityTypes", "VncAuth", "-rfbauth", password.toString()));
        Process server = new ProcessBuilder(command)
                .redirectError(folder.resolve("display.txt").toFile())
                .start();
        String display = new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.US_ASCII))
                .readLine();
        if (display == null) {
            throw new IllegalStateException(Files.readString(folder.resolve("display.txt")));
        }
        Path typed = Files.writeString(folder.resolve("typed.txt"), "");
        List<String> terminal = new ArrayList<>(within);
        terminal.addAll(List.of("/usr/bin/xterm", "-geometry", "160x50+0+0"));
        terminal.addAll(List.of("-e", "sh", "-c", "echo ready; exec cat >> '" + typed + "'"));
        ProcessBuilder window = new ProcessBuilder(terminal)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("xterm.txt").toFile());
        window.environment().put("DISPLAY", ":" + display);
        return new XDesktop(server, window.start(), port, display, typed);
    }

    /** The window first: the display goes when nobody uses it. */
    @Override
    public void close() {
        for (Process process : new Process[] {window, server}) {
            process.destroy();
            try {
                if (!process.waitFor(10, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }
}
