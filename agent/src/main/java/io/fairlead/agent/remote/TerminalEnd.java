package io.fairlead.agent.remote;

import io.fairlead.agent.link.ServerAddress;
import io.fairlead.agent.terminal.PtyShell;
import io.fairlead.agent.terminal.SshLogin;
import io.fairlead.agent.terminal.Terminal;
import io.fairlead.agent.terminal.TypedBytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * A terminal in use. The viewer's bytes are typed, but for what they say about his window; while a question is shown at the
 * instrument nothing is typed.
 */
final class TerminalEnd implements ServiceEnd {
    private final Terminal terminal;
    private final OutputStream typed;

    private TerminalEnd(Terminal terminal, OutputStream typed) {
        this.terminal = terminal;
        this.typed = typed;
    }

    /** Opens it; the mark is as {@link PtyShell#open} wants it. */
    static TerminalEnd open(Service service, String mark, Desk desk) throws IOException {
        Service.Ending ending = service.ending().orElseThrow();
        Terminal terminal = ending instanceof Service.Ending.Shell shell
                ? PtyShell.open(shell.command(), mark)
                : login(service, (Service.Ending.Ssh) ending, desk.site());
        return new TerminalEnd(terminal, new Typed(terminal, desk));
    }

    private static Terminal login(Service service, Service.Ending.Ssh ssh, SessionSite site) throws IOException {
        ServerAddress at = service.at().orElseThrow();
        byte[] secret = site.secret(service);
        try {
            return SshLogin.open(
                    new SshLogin.Target(at.host(), at.port(), ssh.user(), ssh.hostKey()),
                    ssh.keyFile().isPresent() ? SshLogin.Proof.KEY : SshLogin.Proof.PASSWORD,
                    secret);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    @Override
    public InputStream in() {
        return terminal.shown();
    }

    @Override
    public OutputStream out() {
        return typed;
    }

    @Override
    public void close() {
        terminal.close();
    }

    /** What the viewer sends. */
    private static final class Typed extends OutputStream {
        private final Terminal terminal;
        private final Desk desk;
        private final TypedBytes bytes = new TypedBytes();

        Typed(Terminal terminal, Desk desk) {
            this.terminal = terminal;
            this.desk = desk;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] from, int start, int length) throws IOException {
            byte[] keys = bytes.typed(Arrays.copyOfRange(from, start, start + length), length);
            bytes.resized().ifPresent(terminal::resize);
            if (keys.length > 0 && !desk.asking().shown()) {
                terminal.typed().write(keys);
                terminal.typed().flush();
            }
        }
    }
}
