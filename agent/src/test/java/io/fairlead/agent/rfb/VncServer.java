package io.fairlead.agent.rfb;

import io.fairlead.agent.kernel.DebianPrograms;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** An X display of this test's own with a VNC server of Debian's, and programs on it. Ends with all that it started. */
final class VncServer implements AutoCloseable {
    private final List<Process> started = new ArrayList<>();
    private final Path folder;
    private final int port;
    private String display = "";

    private VncServer(Path folder) throws IOException {
        this.folder = folder;
        this.port = DebianPrograms.freePort();
    }

    /** TigerVNC's, with the password "secret". */
    static VncServer tiger(Path folder) throws IOException {
        VncServer server = new VncServer(folder);
        server.onDisplay(List.of(
                "/usr/bin/Xvnc",
                "-displayfd",
                "1",
                "-rfbport",
                String.valueOf(server.port),
                "-localhost",
                "-nolisten",
                "tcp",
                "-geometry",
                "800x600",
                "-desktop",
                "a desk",
                "-SecurityTypes",
                "VncAuth",
                "-rfbauth",
                server.passwordFile()));
        return server.awaited();
    }

    /** LibVNCServer's, of a picture with many colours in a file, with the password "secret"; there is no X behind it. */
    static VncServer x11vnc(Path folder) throws IOException {
        DebianPrograms.require("/usr/bin/x11vnc", "x11vnc");
        VncServer server = new VncServer(folder);
        Path picture = Files.write(folder.resolve("picture"), colours(640, 480));
        server.start("/usr/bin/x11vnc", "-rawfb", "map:" + picture + "@640x480x32:ff0000/ff00/ff")
                .and("-rfbport", String.valueOf(server.port), "-localhost", "-no6", "-noipv6", "-forever", "-shared")
                .and("-q", "-rfbauth", server.passwordFile())
                .go("x11vnc");
        return server.awaited();
    }

    /** Plain on top, then smooth, then noise: what an encoder treats each in its own way. */
    private static byte[] colours(int width, int height) {
        byte[] pixels = new byte[width * height * 4];
        Random random = new Random(239);
        for (int at = 0; at < pixels.length; at++) {
            int x = at / 4 % width;
            int y = at / 4 / width;
            pixels[at] = (byte) (y < 100 ? x / 60 : y < 300 ? x / 3 + y * (at % 4) : random.nextInt(256));
        }
        return pixels;
    }

    Socket dialled() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), port);
    }

    /** A window over the whole desktop that writes what input reaches it. */
    Path events() throws IOException {
        DebianPrograms.require("/usr/bin/xev", "x11-utils");
        start("/usr/bin/xev", "-geometry", "800x600+0+0").go("xev");
        return await("xev", "MapNotify|VisibilityNotify");
    }

    /** A program that paints without end. */
    void painter() throws IOException {
        DebianPrograms.require("/usr/bin/xterm", "xterm");
        start(
                        "/usr/bin/xterm",
                        "-geometry",
                        "100x40+20+20",
                        "-e",
                        "sh",
                        "-c",
                        "while :; do head -c 900 /dev/urandom | base64; sleep 0.1; done")
                .go("xterm");
    }

    /** Blocks until the file of this program has a line in which the pattern is found. */
    Path await(String name, String pattern) throws IOException {
        Path said = folder.resolve(name + ".txt");
        Instant end = Instant.now().plus(Duration.ofSeconds(20));
        while (Instant.now().isBefore(end)) {
            if (Files.exists(said)
                    && Pattern.compile(pattern).matcher(Files.readString(said)).find()) {
                return said;
            }
            DebianPrograms.pause();
        }
        throw new AssertionError(name + " did not say " + pattern + " but " + Files.readString(said));
    }

    private void onDisplay(List<String> command) throws IOException {
        DebianPrograms.require(command.get(0), command.get(0).endsWith("Xvnc") ? "tigervnc-standalone-server" : "xvfb");
        Process process = new ProcessBuilder(command)
                .redirectError(folder.resolve("display.txt").toFile())
                .start();
        started.add(process);
        String number = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))
                .readLine();
        if (number == null) {
            throw new AssertionError(Files.readString(folder.resolve("display.txt")));
        }
        display = ":" + number;
    }

    private String passwordFile() throws IOException {
        // "secret" as vncpasswd writes it: by DES with a key that everybody knows.
        byte[] hidden = {0x2e, 0x2d, (byte) 0xbf, 0x57, 0x6e, (byte) 0xb0, 0x6c, (byte) 0x9e};
        return Files.write(folder.resolve("password"), hidden).toString();
    }

    private VncServer awaited() {
        Instant end = Instant.now().plus(Duration.ofSeconds(20));
        while (Instant.now().isBefore(end)) {
            try {
                dialled().close();
                return this;
            } catch (IOException notYet) {
                DebianPrograms.pause();
            }
        }
        close();
        throw new AssertionError("the VNC server does not listen");
    }

    private Command start(String... command) {
        return new Command(new ArrayList<>(List.of(command)));
    }

    private final class Command {
        private final List<String> words;

        Command(List<String> words) {
            this.words = words;
        }

        Command and(String... more) {
            words.addAll(List.of(more));
            return this;
        }

        void go(String name) throws IOException {
            ProcessBuilder builder = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve(name + ".txt").toFile());
            builder.environment().put("DISPLAY", display);
            started.add(builder.start());
        }
    }

    /** The last one first: the display goes when nobody uses it. */
    @Override
    public void close() {
        for (int i = started.size() - 1; i >= 0; i--) {
            Process process = started.get(i);
            process.destroy();
            try {
                if (!process.waitFor(5, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }
}
