package io.fairlead.enterprise.app;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Connects a program here to a service of an instrument's PC. */
@Command(
        name = "connect",
        description = {
            "Connects a program here to a service at an instrument, through an open session or one that it asks for.",
            "SERVICE is a name of their site.conf: with :view or :control for a desktop, :terminal for a terminal (alone it is one"
                    + " too, when you are at a terminal yourself), alone for anything else.",
            "What is said to you goes to the standard error; standard input and output are the service's."
        },
        footer = {
            "",
            "Examples:",
            "  fairlead connect LAB-7 shell --reason \"ticket 4711\"        a terminal; Ctrl-] leaves it",
            "  fairlead connect LAB-7 database --listen 15432             then: psql -h 127.0.0.1 -p 15432",
            "  ssh -o ProxyCommand='fairlead connect LAB-7 ssh --stdio' service@LAB-7",
            "",
            "Exit codes: 0 one side left, 1 refused, not granted, or ended otherwise, 2 wrong usage."
        })
final class ConnectCommand implements Callable<Integer> {
    private final Screen screen;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final ServerOption server;

    @Parameters(index = "0", paramLabel = "DEVICE", description = "Which one.")
    private String device = "";

    @Parameters(index = "1", paramLabel = "SERVICE", description = "To what.")
    private String service = "";

    @Option(
            names = "--stdio",
            description = "Standard input and output are the connection, as for a ProxyCommand of ssh. So it is unless"
                    + " you are at a terminal.")
    private boolean stdio;

    @Option(
            names = "--listen",
            paramLabel = "PORT",
            description =
                    "Takes one connection at 127.0.0.1 on this port, of your own account only where the system tells"
                            + " (Linux); 0 for any free one, which is said.")
    private @Nullable Integer port;

    @Option(names = "--session", paramLabel = "ID", description = "By this open session.")
    private @Nullable String session;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            description = "Why, for the person at the instrument, where no session is open; at most 300 characters.")
    private @Nullable String reason;

    @Option(names = "--minutes", paramLabel = "N", description = "How long from the yes on, 1 to 480; 30 unless given.")
    private int minutes = 30;

    @Option(names = "--keep", description = "A session that this asks for goes on afterwards, for its minutes.")
    private boolean keep;

    ConnectCommand(Screen screen, ServerOption server) {
        this.screen = screen;
        this.server = server;
    }

    @Override
    public Integer call() throws IOException {
        if (stdio && port != null) {
            throw new ParameterException(spec.commandLine(), "--stdio and --listen exclude each other");
        }
        if (port != null && (port < 0 || port > 65_535)) {
            throw new ParameterException(spec.commandLine(), "--listen takes a port, 0 to 65535");
        }
        boolean here = !stdio && port == null && OwnTerminal.isThere();
        String word = ServiceArgument.word(service);
        if (here && word.startsWith("use/")) {
            word = "terminal/" + word.substring("use/".length());
        }
        if (here && !word.startsWith("terminal/")) {
            throw new ParameterException(
                    spec.commandLine(), "nobody can read that at a terminal: --listen PORT for a program, or --stdio");
        }
        try (ConnectSession one = new ConnectSession(screen, server, device, word, keep)) {
            String id = one.open(session, reason, minutes);
            if (port != null) {
                return listening(one, id, port);
            }
            return here ? terminal(one, id) : plain(one, id);
        }
    }

    private int listening(ConnectSession one, String id, int wanted) throws IOException {
        Socket taken;
        try (LoopbackPort listener = new LoopbackPort(wanted)) {
            screen.complain("Listening at 127.0.0.1:" + listener.port() + " for one connection"
                    + (SocketOwner.known() ? " of your account." : "; whose it is cannot be told on this system.")
                    + " Ctrl-C leaves.");
            taken = listener.take(screen);
        }
        try (Socket program = taken) {
            ConnectStream stream = one.stream(id, program.getOutputStream());
            return said(stream.pump(program.getInputStream(), program), stream);
        }
    }

    private int plain(ConnectSession one, String id) throws IOException {
        ConnectStream stream = one.stream(id, new FileOutputStream(FileDescriptor.out));
        return said(stream.pump(new FileInputStream(FileDescriptor.in), () -> {}), stream);
    }

    private int terminal(ConnectSession one, String id) throws IOException {
        screen.complain("A terminal of " + device + "; Ctrl-] leaves.");
        int code;
        ConnectStream stream;
        try (OwnTerminal own = OwnTerminal.raw()) {
            stream = one.stream(id, new FileOutputStream(FileDescriptor.out));
            own.tellSize(stream::send);
            code = stream.pump(own.keys(), () -> {});
        }
        screen.complain("");
        return said(code, stream);
    }

    private int said(int code, ConnectStream stream) {
        screen.complain((code == CommandLine.ExitCode.OK ? "Over: " : "Ended: ") + stream.ended() + "; "
                + Amounts.bytes(stream.sent()) + " sent, " + Amounts.bytes(stream.received()) + " received.");
        return code;
    }
}
