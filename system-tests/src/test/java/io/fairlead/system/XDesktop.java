package io.fairlead.system;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A desktop as an instrument's PC has one: TigerVNC's server with a password, and on it a terminal in whose window somebody
 * types what goes into a file, line by line.
 *
 * @param typed what arrived
 */
record XDesktop(Process server, Process window, int port, Path typed) implements AutoCloseable {
    /** Its password. */
    static final String PASSWORD = "secret";
    // As vncpasswd writes it: by DES with a key that everybody knows.
    private static final byte[] HIDDEN = {0x2e, 0x2d, (byte) 0xbf, 0x57, 0x6e, (byte) 0xb0, 0x6c, (byte) 0x9e};

    /** Starts it, or skips the test, which fails in CI, where its programs are missing. */
    static XDesktop start(Path folder) throws IOException {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/Xvnc")),
                "Xvnc is missing (Debian package tigervnc-standalone-server)");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/xterm")), "xterm is missing (Debian package xterm)");
        Files.createDirectories(folder);
        Path password = Files.write(folder.resolve("passwd"), HIDDEN);
        int port = Server.freePorts(1);
        Process server = new ProcessBuilder(
                        "/usr/bin/Xvnc",
                        "-displayfd",
                        "1",
                        "-rfbport",
                        String.valueOf(port),
                        "-localhost",
                        "-nolisten",
                        "tcp",
                        "-geometry",
                        "1024x768",
                        "-desktop",
                        "analyser",
                        "-AlwaysShared",
                        "-SecurityTypes",
                        "VncAuth",
                        "-rfbauth",
                        password.toString())
                .redirectError(folder.resolve("display.txt").toFile())
                .start();
        String display = new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.US_ASCII))
                .readLine();
        if (display == null) {
            throw new IllegalStateException(Files.readString(folder.resolve("display.txt")));
        }
        Path typed = Files.writeString(folder.resolve("typed.txt"), "");
        ProcessBuilder window = new ProcessBuilder(
                        "/usr/bin/xterm",
                        "-geometry",
                        "160x50+0+0",
                        "-e",
                        "sh",
                        "-c",
                        "echo ready; exec cat > '" + typed + "'")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("xterm.txt").toFile());
        window.environment().put("DISPLAY", ":" + display);
        return new XDesktop(server, window.start(), port, typed);
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
