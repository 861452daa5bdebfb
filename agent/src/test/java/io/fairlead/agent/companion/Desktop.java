package io.fairlead.agent.companion;

import io.fairlead.agent.kernel.DebianPrograms;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** An X display with a VNC server, companions on it, and a hand at it. Ends with all that it started. */
public final class Desktop implements AutoCloseable {
    private static final String NO_PASSWORD = "None";

    private final List<Process> started = new ArrayList<>();
    private final Path folder;
    private final int port;
    private final String display;

    /** @param folder where programs write what they have to say */
    public Desktop(Path folder) throws IOException {
        this.folder = folder;
        this.port = DebianPrograms.freePort();
        DebianPrograms.require("/usr/bin/Xvnc", "tigervnc-standalone-server");
        DebianPrograms.require("/usr/bin/xdotool", "xdotool");
        List<String> command =
                new ArrayList<>(List.of("/usr/bin/Xvnc", "-displayfd", "1", "-localhost", "-nolisten", "tcp"));
        command.addAll(
                List.of("-geometry", "1024x768", "-SecurityTypes", NO_PASSWORD, "-rfbport", String.valueOf(port)));
        Process server = new ProcessBuilder(command)
                .redirectError(folder.resolve("display.txt").toFile())
                .start();
        started.add(server);
        BufferedReader said =
                new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.US_ASCII));
        this.display = ":" + Objects.requireNonNull(said.readLine(), "a display");
    }

    /** Where its VNC server listens on 127.0.0.1. */
    public int port() {
        return port;
    }

    public String display() {
        return display;
    }

    /** What is in a window, and where on the screen. */
    public record Part(int x, int y, int width, int height, boolean enabled, String text) {
        public int middleX() {
            return x + width / 2;
        }

        public int middleY() {
            return y + height / 2;
        }

        static Part of(String line) {
            String[] words = line.split(" ", 6);
            return new Part(
                    Integer.parseInt(words[0]),
                    Integer.parseInt(words[1]),
                    Integer.parseInt(words[2]),
                    Integer.parseInt(words[3]),
                    Boolean.parseBoolean(words[4]),
                    words[5]);
        }
    }

    /** A companion as a process of its own. */
    public final class Window {
        private final Process process;
        private final PrintWriter to;
        private final BufferedReader from;

        private Window(Process process) {
            this.process = process;
            this.to = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
            this.from = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        }

        /** All that is shown now. */
        public List<Part> parts() throws IOException {
            to.println();
            List<Part> parts = new ArrayList<>();
            for (String line = from.readLine(); !".".equals(line); line = from.readLine()) {
                parts.add(Part.of(Objects.requireNonNull(line, "the companion ended")));
            }
            return parts;
        }

        public List<String> texts() throws IOException {
            return parts().stream().map(Part::text).toList();
        }

        public Optional<Part> part(String text) throws IOException {
            return parts().stream().filter(each -> each.text().equals(text)).findFirst();
        }

        /** Until a part with this text is there, and is as wanted. */
        public Part await(String text, Predicate<Part> wanted) throws Exception {
            Optional<Part> part = part(text);
            while (part.filter(wanted).isEmpty()) {
                Thread.sleep(20);
                part = part(text);
            }
            return part.get();
        }

        /** Until its button can be clicked. */
        public Part ready(String button) throws Exception {
            return await(button, Part::enabled);
        }

        public void awaitNothing() throws Exception {
            while (!parts().isEmpty()) {
                Thread.sleep(20);
            }
        }

        public void end() throws Exception {
            process.destroyForcibly();
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                throw new AssertionError("a companion that does not end");
            }
        }
    }

    /** @param door {@code DATA/approve} of the agent */
    public Window companion(Path door) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Djava.awt.headless=false",
                "-cp",
                System.getProperty("java.class.path"),
                CompanionChild.class.getName(),
                door.toString());
        builder.environment().put("DISPLAY", display);
        builder.redirectError(folder.resolve("companion.txt").toFile());
        Process process = builder.start();
        started.add(process);
        return new Window(process);
    }

    /** A person's hand: clicks there by the X server itself. */
    public void click(Part part) throws Exception {
        hand(
                "mousemove",
                String.valueOf(part.middleX()),
                String.valueOf(part.middleY()),
                "sleep",
                "0.05",
                "click",
                "1");
    }

    public void hand(String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of("/usr/bin/xdotool"));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("DISPLAY", display);
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(folder.resolve("hand.txt").toFile())
                .start();
        if (process.waitFor() != 0) {
            throw new AssertionError(Files.readString(folder.resolve("hand.txt")));
        }
    }

    /** The last one first: the display goes when nobody uses it. */
    @Override
    public void close() {
        for (int i = started.size() - 1; i >= 0; i--) {
            started.get(i).destroy();
            started.get(i).onExit().orTimeout(20, TimeUnit.SECONDS).join();
        }
    }
}
