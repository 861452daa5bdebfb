package io.fairlead.agent.pac;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacFetchTest {
    @Test
    void a_file_on_this_pc(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("proxy.pac"), "DIRECT");

        assertThat(new PacFetch(file.toUri()).fetch()).isEqualTo("DIRECT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"file://ftp.example/proxy.pac", "ftp://ftp.example/proxy.pac", "jar:file:///x!/y"})
    void no_other_way_of_the_jdks_is_taken(String from) {
        assertThatThrownBy(() -> new PacFetch(URI.create(from)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is no http://, https:// or file:/// address");
    }

    /** Each byte starts the read time-out anew, so that it would never end by that. */
    @Test
    @Timeout(30)
    void who_sends_a_byte_now_and_then_is_cut_off() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
            Thread slow = new Thread(() -> trickle(server), "trickle");
            slow.setDaemon(true);
            slow.start();
            PacFetch fetch = new PacFetch(
                    URI.create("http://127.0.0.1:" + server.getLocalPort() + "/proxy.pac"), Duration.ofSeconds(1));

            assertThatThrownBy(fetch::fetch).isInstanceOf(IOException.class).hasMessage("not here within 1 s");
        }
    }

    private static void trickle(ServerSocket server) {
        try (Socket socket = server.accept()) {
            socket.getOutputStream().write("HTTP/1.1 200 OK\r\nX: ".getBytes(StandardCharsets.US_ASCII));
            while (true) {
                socket.getOutputStream().write('x');
                Thread.sleep(50);
            }
        } catch (IOException | InterruptedException cutOff) {
            // As it should be.
        }
    }
}
