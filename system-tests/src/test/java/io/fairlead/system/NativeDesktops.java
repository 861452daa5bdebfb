package io.fairlead.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** X displays with VNC servers, and the programs on them; all end with it. */
final class NativeDesktops implements AutoCloseable {
    /** The lines by which xev tells of input. */
    private static final Pattern INPUT = Pattern.compile("(KeyPress|ButtonPress|MotionNotify) event");

    private final List<Process> started = new ArrayList<>();
    private final Path folder;

    NativeDesktops(Path folder) {
        this.folder = folder;
    }

    /** A display with a VNC server at that port of 127.0.0.1; answers its name. */
    String display(int port, String size) throws IOException {
        Process display = new ProcessBuilder(
                        "Xvnc",
                        "-displayfd",
                        "1",
                        "-rfbport",
                        String.valueOf(port),
                        "-localhost",
                        "-nolisten",
                        "tcp",
                        "-geometry",
                        size,
                        "-SecurityTypes",
                        "None")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        started.add(display);
        String line = new BufferedReader(new InputStreamReader(display.getInputStream(), UTF_8)).readLine();
        assertThat(line).as("a display").isNotNull();
        return ":" + line;
    }

    /** A program on a display, what it says goes there. */
    Process on(String display, Path said, String... command) throws IOException {
        ProcessBuilder program = new ProcessBuilder(command);
        program.environment().put("DISPLAY", display);
        Process process =
                program.redirectErrorStream(true).redirectOutput(said.toFile()).start();
        started.add(process);
        return process;
    }

    /** How many keys, buttons and movements an xev has told of. */
    static long inputs(Path events) throws IOException {
        return INPUT.matcher(Files.readString(events)).results().count();
    }

    /** Moves, clicks and types where the viewer's window is; false while there is none. */
    boolean typedInto(String display) {
        try {
            Path out = Files.createTempFile(folder, "xdotool", ".out");
            Process typing = on(
                    display,
                    out,
                    "sh",
                    "-c",
                    "xdotool search --onlyvisible --name TigerVNC > /dev/null && xdotool mousemove 300 300"
                            + " click 1 mousemove 320 310 key a mousemove 310 320 click 1 key b");
            return typing.waitFor(60, TimeUnit.SECONDS) && typing.exitValue() == 0;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        started.forEach(Process::destroyForcibly);
    }
}
