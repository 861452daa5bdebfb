package io.fairlead.agent.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** OpenSSH's server, which would allow every kind of forwarding. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class SshLoginTest {
    @TempDir
    static Path folder;

    private static Process server;
    private static int port;

    @BeforeAll
    static void start() throws Exception {
        run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "host");
        run("ssh-keygen", "-q", "-t", "ecdsa", "-N", "", "-f", "host2");
        run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "mine");
        Files.copy(folder.resolve("mine.pub"), folder.resolve("allowed"));
        if (System.getProperty("user.name").equals("root")) {
            // Where its processes without rights live.
            Files.createDirectories(Path.of("/run/sshd"));
        }
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Files.writeString(folder.resolve("config"), """
                ListenAddress 127.0.0.1:%d
                HostKey %2$s/host
                HostKey %2$s/host2
                AuthorizedKeysFile %2$s/allowed
                PidFile none
                StrictModes no
                UsePAM no
                PermitRootLogin yes
                AllowTcpForwarding yes
                AllowAgentForwarding yes
                GatewayPorts yes
                LogLevel DEBUG1
                """.formatted(port, folder));
        server = new ProcessBuilder("/usr/sbin/sshd", "-D", "-e", "-f", folder + "/config")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        while (!answers()) {
            assertThat(server.isAlive()).as("the SSH server").isTrue();
            Thread.sleep(20);
        }
    }

    private static boolean answers() {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    @AfterAll
    static void end() throws Exception {
        server.descendants().forEach(ProcessHandle::destroyForcibly);
        assertThat(server.destroyForcibly().waitFor(20, TimeUnit.SECONDS)).isTrue();
    }

    private static void run(String... command) throws Exception {
        Process made = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(made.getInputStream().readAllBytes(), UTF_8);
        assertThat(made.waitFor()).as(said).isZero();
    }

    private static SshLogin login(String hostKey, String key) throws IOException {
        SshLogin.Target target = new SshLogin.Target(
                "127.0.0.1",
                port,
                System.getProperty("user.name"),
                new SshHostKey(Files.readString(folder.resolve(hostKey))));
        return SshLogin.open(target, SshLogin.Proof.KEY, Files.readAllBytes(folder.resolve(key)));
    }

    @Test
    void a_log_in_has_a_terminal_that_follows_its_window_and_no_other_channel() throws Exception {
        for (String pinned : List.of("host.pub", "host2.pub")) {
            SshLogin login = login(pinned, "mine");
            Screenful screen = new Screenful(login);
            login.resize(new WindowSize(50, 132));
            screen.type("exec sh\n");
            screen.type("stty size; env | sed -n 's/^\\(SSH_AUTH_SOCK\\|DISPLAY\\)=/given &/p'; echo 'e'nd\n");
            assertThat(screen.until("(50 132)\r")).isNotBlank();
            assertThat(screen.until("([^']*)end\r")).doesNotContain("given");
            login.close();
            screen.untilEnd();
        }
        String log = Files.readString(folder.resolve("log"));
        assertThat(log).contains("server_input_channel_open: ctype session", "session_pty_req");
        assertThat(log.lines().filter(line -> line.contains("server_input_channel_open: ctype")))
                .allMatch(line -> line.contains("ctype session"));
        assertThat(log).doesNotContain("tcpip-forward", "auth-agent-req", "x11-req", "subsystem request");
    }

    @Test
    void a_server_with_another_key_gets_no_log_in() throws Exception {
        String host = Files.readString(folder.resolve("mine.pub"));
        assertThat(host).startsWith("ssh-ed25519");
        assertThatThrownBy(() -> login("mine.pub", "mine").close())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no log-in by SSH");
    }

    @Test
    void who_is_not_let_in_is_told_without_a_secret() {
        assertThatThrownBy(() -> login("host.pub", "host2").close())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Auth");
    }
}
