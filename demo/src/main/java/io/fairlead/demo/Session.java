package io.fairlead.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How a child is started on Linux: {@code setpriv … setsid program}. In a session of its own Ctrl-C in the terminal does
 * not reach it: the demo alone hears it and stops its children in order. And the system tells it to end when the thread
 * that started it ends, so that a killed demo leaves nothing behind. Elsewhere the program is started as it is.
 */
final class Session {
    private static final Path SETPRIV = Path.of("/usr/bin/setpriv");
    private static final Path SETSID = Path.of("/usr/bin/setsid");

    private Session() {}

    /** As the demo's own user. */
    static List<String> of(List<String> program) {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(SETPRIV)) {
            command.addAll(List.of(SETPRIV.toString(), "--pdeathsig", "TERM"));
        }
        return inSession(command, program);
    }

    /** As another user, who is only a number and can gain no rights; needs root. */
    static List<String> as(int user, List<String> program) {
        if (!Files.isExecutable(SETPRIV)) {
            throw new Stopped("Root needs " + SETPRIV + " to run agents as another user. On Debian: apt-get install"
                    + " util-linux. Or start the demo as an ordinary user.");
        }
        List<String> command = new ArrayList<>(List.of(
                SETPRIV.toString(),
                "--pdeathsig",
                "TERM",
                "--reuid=" + user,
                "--regid=" + user,
                "--clear-groups",
                "--no-new-privs"));
        return inSession(command, program);
    }

    private static List<String> inSession(List<String> command, List<String> program) {
        if (Files.isExecutable(SETSID)) {
            command.add(SETSID.toString());
        }
        command.addAll(program);
        return command;
    }
}
