package io.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An instrument with services of every kind, beside a server: a shell, an SSH server, a database and room for a desktop. */
final class ConnectSite {
    static final String DEVICE = "instrument";
    static final String REASON = "ticket 4711";

    private static final String SITE = """
            services = [
              { name = shell, kind = terminal, command = ["/bin/sh"] }
              { name = login, kind = terminal, port = %1$d, user = "%2$s", host-key = "%3$s", key-file = "%4$s" }
              { name = ssh, kind = raw, port = %1$d }
              { name = database, kind = raw, port = %5$s }
              { name = desktop, kind = rfb, port = %6$d }
            ]
            policy { session = allow }
            """;

    private final int desktop = Server.freePorts(1);
    private Folder folder;
    private Server server;
    private AgentProcess agent;
    private Process sshd;

    void start() throws Exception {
        folder = Folder.make("connect");
        server = Server.start(folder.path().resolve("server"));
        int port = Server.freePorts(1);
        sshd = sshd(port);
        Path key = folder.path().resolve("agents.key");
        Files.copy(folder.path().resolve("mine"), key);
        if (AgentProcess.ROOT) {
            Files.setAttribute(key, "unix:uid", AgentProcess.USER, LinkOption.NOFOLLOW_LINKS);
        }
        String hostKey = Files.readString(folder.path().resolve("host.pub")).strip();
        String user = System.getProperty("user.name");
        agent = AgentProcess.enrolled(
                server,
                DEVICE,
                folder.path().resolve(DEVICE),
                SITE.formatted(port, user, hostKey, key, Rows.port(server.data()), desktop));
        agent.start();
    }

    Server server() {
        return server;
    }

    AgentProcess agent() {
        return agent;
    }

    Path folder() {
        return folder.path();
    }

    /** Where the service that is a desktop listens, once there is one. */
    int desktop() {
        return desktop;
    }

    /** {@code fairlead connect} to the instrument, at the server itself. */
    Connected connect(String... arguments) throws IOException {
        return new Connected(agent, new CommandLines(server, folder.path()), arguments);
    }

    /** The same as a shell starts it. */
    String line(String arguments) {
        return String.join(
                " ",
                Programs.java(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                Programs.enterprise().toAbsolutePath().normalize().toString(),
                "connect",
                arguments,
                "--data",
                server.data().toString());
    }

    private Process sshd(int port) throws Exception {
        for (String key : List.of("host", "mine")) {
            assertThat(ended("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", at(key))
                            .code())
                    .isZero();
        }
        Path config = folder.path().resolve("sshd.config");
        Files.writeString(config, """
                ListenAddress 127.0.0.1:%d
                HostKey %s
                AuthorizedKeysFile %s
                PidFile none
                StrictModes no
                UsePAM no
                PermitRootLogin yes
                LogLevel DEBUG1
                """.formatted(port, at("host"), at("mine.pub")));
        if (AgentProcess.ROOT) {
            Files.createDirectories(Path.of("/run/sshd"));
        }
        Process started = new ProcessBuilder("/usr/sbin/sshd", "-D", "-e", "-f", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.path().resolve("sshd.log").toFile())
                .start();
        while (!answers(port)) {
            assertThat(started.isAlive()).as("the SSH server").isTrue();
            Thread.sleep(20);
        }
        return started;
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    String at(String file) {
        return folder.path().resolve(file).toString();
    }

    CommandLines.Ended ended(String... command) throws Exception {
        return ended(new ProcessBuilder(command));
    }

    CommandLines.Ended ended(ProcessBuilder command) throws Exception {
        Path out = Files.createTempFile(folder.path(), "program", ".out");
        Path err = Files.createTempFile(folder.path(), "program", ".err");
        Process process =
                command.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        process.getOutputStream().close();
        assertThat(process.waitFor(120, TimeUnit.SECONDS))
                .as(command.command().toString())
                .isTrue();
        return new CommandLines.Ended(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    /** Ends what has been started. */
    void close() throws Exception {
        if (agent != null) {
            agent.close();
        }
        if (sshd != null) {
            sshd.descendants().forEach(ProcessHandle::destroyForcibly);
            assertThat(sshd.destroyForcibly().waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
        if (server != null) {
            server.close();
            folder.close();
        }
    }
}
