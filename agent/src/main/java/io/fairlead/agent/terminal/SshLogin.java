package io.fairlead.agent.terminal;

import com.jcraft.jsch.ChannelShell;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;

/**
 * A log-in by SSH (RFC 4254): one session channel with a terminal, and no other channel, neither ours nor the server's; no
 * forwarding of ports, agent or X11, no subsystem. Nothing of the SSH connection is the viewer's: he types on the terminal.
 */
public final class SshLogin implements Terminal {
    private static final int CONNECT_MILLIS = 5_000;
    private static final int ALIVE_MILLIS = 20_000;

    private final Session session;
    private final ChannelShell channel;
    private final InputStream shown;
    private final OutputStream typed;

    private SshLogin(Session session, ChannelShell channel) throws IOException {
        this.session = session;
        this.channel = channel;
        this.shown = channel.getInputStream();
        this.typed = channel.getOutputStream();
    }

    /**
     * Whereto, as whom.
     *
     * @param host a name or an address
     * @param hostKey the server's, as its {@code .pub} file has it: kind and base64
     */
    public record Target(String host, int port, String user, SshHostKey hostKey) {}

    /** By what the server knows him. */
    public enum Proof {
        /** A private key in a form of OpenSSH, without a passphrase. */
        KEY,
        PASSWORD
    }

    /** Logs in. Throws IOException when the server does not answer, has another key, or does not let him in. */
    public static SshLogin open(Target target, Proof proof, byte[] secret) throws IOException {
        Session session = null;
        try {
            JSch ssh = new JSch();
            ssh.setHostKeyRepository(target.hostKey());
            session = ssh.getSession(target.user(), target.host(), target.port());
            session.setSocketFactory(new Direct());
            session.setConfig("StrictHostKeyChecking", "yes");
            session.setConfig("server_host_key", target.hostKey().algorithms());
            session.setDaemonThread(true);
            session.setServerAliveInterval(ALIVE_MILLIS);
            if (proof == Proof.KEY) {
                session.setConfig("PreferredAuthentications", "publickey");
                ssh.addIdentity("site", secret, null, null);
            } else {
                session.setConfig("PreferredAuthentications", "password");
                session.setPassword(secret);
            }
            session.connect(CONNECT_MILLIS);
            ChannelShell channel = (ChannelShell) session.openChannel("shell");
            channel.setAgentForwarding(false);
            channel.setXForwarding(false);
            channel.setPty(true);
            channel.setPtyType("xterm-256color", WindowSize.USUAL.columns(), WindowSize.USUAL.rows(), 0, 0);
            SshLogin made = new SshLogin(session, channel);
            channel.connect(CONNECT_MILLIS);
            return made;
        } catch (JSchException | RuntimeException e) {
            if (session != null) {
                session.disconnect();
            }
            throw new IOException("no log-in by SSH: " + e.getMessage(), e);
        }
    }

    /** Never through a proxy of the Java runtime. */
    private record Direct() implements com.jcraft.jsch.SocketFactory {
        @Override
        public Socket createSocket(String host, int port) throws IOException {
            Socket socket = new Socket(Proxy.NO_PROXY);
            try {
                socket.setTcpNoDelay(true);
                socket.connect(new InetSocketAddress(InetAddress.getByName(host), port), CONNECT_MILLIS);
                return socket;
            } catch (IOException e) {
                socket.close();
                throw e;
            }
        }

        @Override
        public InputStream getInputStream(Socket socket) throws IOException {
            return socket.getInputStream();
        }

        @Override
        public OutputStream getOutputStream(Socket socket) throws IOException {
            return socket.getOutputStream();
        }
    }

    @Override
    public InputStream shown() {
        return shown;
    }

    @Override
    public OutputStream typed() {
        return typed;
    }

    @Override
    public void resize(WindowSize size) {
        channel.setPtySize(size.columns(), size.rows(), 0, 0);
    }

    /** The server tells the programs there that their terminal is gone. */
    @Override
    public void close() {
        channel.disconnect();
        session.disconnect();
    }
}
