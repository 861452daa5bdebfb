package io.fairlead.agent.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DialerTest {
    private static final Duration CONNECT = Duration.ofSeconds(10);

    @Test
    void a_name_with_several_addresses_is_reached_at_the_one_that_answers() throws Exception {
        InetAddress nobody = InetAddress.getByName("127.0.0.2");
        InetAddress here = InetAddress.getByName("127.0.0.1");
        try (ServerSocket server = new ServerSocket(0, 5, here);
                Socket way = Dialer.plain(List.of(nobody, here), server.getLocalPort(), CONNECT)) {
            assertThat(way.getInetAddress()).isEqualTo(here);

            assertThatThrownBy(() -> Dialer.plain(List.of(nobody, nobody), server.getLocalPort(), CONNECT))
                    .isInstanceOf(ConnectException.class);
        }
    }
}
