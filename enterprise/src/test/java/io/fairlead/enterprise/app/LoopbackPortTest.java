package io.fairlead.enterprise.app;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
@Timeout(120)
class LoopbackPortTest {
    private static final int TRIES = Boolean.getBoolean("fairlead.long") ? 10_000 : 2_000;
    /** Comes as often as it can; whatever it is told would be printed. */
    private static final String STRANGER = """
            for i in $(seq %d); do
              exec 3<>/dev/tcp/127.0.0.1/%d || exit 3
              printf mine >&3
              [ $((i %% 2)) = 0 ] || read -r -t 5 -u 3 told; echo -n "$told"
              exec 3>&-
            done
            """;

    private final StringWriter said = new StringWriter();
    private final Screen screen =
            new Screen(new PrintWriter(new StringWriter()), new PrintWriter(said, true), Clock.systemUTC());

    private CompletableFuture<Socket> taken(LoopbackPort port) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return port.take(screen);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    void a_program_of_this_account_is_taken_and_it_alone() throws Exception {
        try (LoopbackPort port = new LoopbackPort(0)) {
            CompletableFuture<Socket> taken = taken(port);
            try (Socket program = new Socket("127.0.0.1", port.port());
                    Socket here = taken.get(20, TimeUnit.SECONDS)) {
                here.getOutputStream().write("for you".getBytes(US_ASCII));
                assertThat(program.getInputStream().readNBytes(7))
                        .asString(US_ASCII)
                        .isEqualTo("for you");
            }
            assertThat(said.toString()).isEmpty();
        }
    }

    @Test
    void a_stranger_who_races_for_the_port_gets_nothing_in_thousands_of_tries() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "root is missing: nobody else can be played");
        try (LoopbackPort port = new LoopbackPort(0)) {
            CompletableFuture<Socket> taken = taken(port);
            Process stranger = new ProcessBuilder(
                            "setpriv",
                            "--reuid=65534",
                            "--regid=65534",
                            "--clear-groups",
                            "bash",
                            "-c",
                            STRANGER.formatted(TRIES, port.port()))
                    .directory(Path.of("/").toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            assertThat(stranger.getInputStream().readAllBytes()).isEmpty();
            assertThat(stranger.waitFor()).isZero();
            assertThat(taken).isNotDone();
            try (Socket program = new Socket("127.0.0.1", port.port());
                    Socket here = taken.get(20, TimeUnit.SECONDS)) {
                assertThat(here.getRemoteSocketAddress()).isEqualTo(program.getLocalSocketAddress());
            }
            assertThat(said.toString().lines()).hasSize(TRIES).allMatch(line -> line.contains("was sent away"));
        }
    }

    @Test
    void who_has_left_is_nobodys_program() throws Exception {
        try (LoopbackPort port = new LoopbackPort(0)) {
            Socket gone = new Socket("127.0.0.1", port.port());
            gone.close();
            CompletableFuture<Socket> taken = taken(port);
            try (Socket program = new Socket("127.0.0.1", port.port());
                    Socket here = taken.get(20, TimeUnit.SECONDS)) {
                assertThat(here.getRemoteSocketAddress()).isEqualTo(program.getLocalSocketAddress());
            }
        }
    }

    @Test
    void a_port_that_is_taken_is_told() throws Exception {
        try (LoopbackPort port = new LoopbackPort(0)) {
            int number = port.port();
            assertThatThrownBy(() -> new LoopbackPort(number).close())
                    .isInstanceOf(Unable.class)
                    .hasMessageContaining(String.valueOf(number));
        }
    }
}
