package io.fairlead.agent.link;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.statements.SignedText;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Ways to a relay from sites that block some of its ports. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RelaysTest {
    private static final TestAuthority OURS = new TestAuthority("ours");
    private static final SignedText RECEIPT = new SignedText("receipt".getBytes(UTF_8), new byte[] {1, 2});
    private static final TunnelLink.Haste HASTE =
            new TunnelLink.Haste(Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(5));

    @TempDir
    private Path folder;

    private final AtomicLong nanos = new AtomicLong();
    private final CountDownLatch over = new CountDownLatch(1);
    private boolean letsIn = true;
    private final TlsServer server = new TlsServer(OURS.server("localhost"), (request, out) -> {
        if (letsIn) {
            TunnelPeer.accept(request, out).send(TunnelPeer.BINARY, "hello".getBytes(UTF_8));
            over.await();
        } else {
            TlsServer.http(out, 403, "text/plain", "no".getBytes(UTF_8));
        }
    });

    @AfterEach
    void close() throws IOException {
        over.countDown();
        server.close();
    }

    private ServerAddress own() {
        return server.address("localhost");
    }

    private static ServerAddress at(int port) {
        return new ServerAddress("localhost", port);
    }

    private Relays relays(Dialer dialer, Integer... ports) {
        TunnelLink link = new TunnelLink(dialer, Instant::now, TunnelSocket.PING, TunnelSocket.SILENCE, HASTE);
        return new Relays(link, List.of(ports), List.of(own()), OptionalLong.empty(), nanos::get);
    }

    private void hello(Relays relays, List<ServerAddress> offered) throws IOException {
        try (TunnelSocket stream = relays.open(
                OURS.identity(own(), "device-1"),
                offered,
                "dGlja2V0.c2ln",
                RECEIPT,
                (last, sent, received) -> Optional.empty())) {
            assertThat(stream.in().readNBytes(5)).isEqualTo("hello".getBytes(UTF_8));
        }
    }

    @Test
    void the_customer_orders_the_ports_and_no_other_port_or_host_is_dialled() {
        Relays relays = relays(Dialer.direct(), 17002, Relays.SERVERS_OWN, 17001);
        List<ServerAddress> offered =
                List.of(own(), at(17001), at(22), new ServerAddress("elsewhere.example", 17002), at(17002), at(17002));

        assertThat(relays.inOrder(offered)).containsExactly(at(17002), own(), at(17001));
        assertThatThrownBy(() -> hello(relays, List.of(at(22), new ServerAddress("elsewhere.example", 17002))))
                .hasMessageContaining("site.conf allows none of the relay's addresses [localhost:22, elsewhere");
    }

    @Test
    void a_port_that_swallows_everything_costs_a_moment_once_and_is_tried_last_for_ten_minutes() throws Exception {
        try (SilentPort silent = new SilentPort()) {
            int none = unused();
            Relays relays = relays(Dialer.direct(), silent.port(), none, Relays.SERVERS_OWN);
            List<ServerAddress> offered = List.of(own(), at(silent.port()), at(none));

            hello(relays, offered);

            assertThat(relays.inOrder(offered)).containsExactly(own(), at(silent.port()), at(none));
            hello(relays, offered);
            nanos.addAndGet(Duration.ofMinutes(11).toNanos());
            assertThat(relays.inOrder(offered)).containsExactly(at(silent.port()), at(none), own());
        }
    }

    private static int unused() throws IOException {
        try (ServerSocket closed = new ServerSocket(0)) {
            return closed.getLocalPort();
        }
    }

    @Test
    void what_the_relay_itself_refuses_is_not_asked_again_at_another_port() {
        letsIn = false;
        Relays relays = relays(Dialer.direct(), Relays.SERVERS_OWN, 1);

        assertThatThrownBy(() -> hello(relays, List.of(own(), at(1)))).hasMessageContaining("does not let this stream");
        assertThat(server.requests).hasSize(1);
        assertThat(relays.inOrder(List.of(own(), at(1)))).containsExactly(own(), at(1));
    }

    @Test
    void squid_that_lets_through_one_port_only_and_wants_a_password_carries_streams_and_polls_alike() throws Exception {
        String rules = """
                auth_param basic program /usr/lib/squid/basic_ncsa_auth FOLDER/users
                acl good port %d
                http_access deny CONNECT !good
                acl known proxy_auth REQUIRED
                http_access allow known
                """.formatted(own().port());
        try (DebianProxy proxy = DebianProxy.basic(folder, rules)) {
            Dialer dialer = new Dialer(
                    Routes.fixed(List.of(proxy.http(), new Route.HttpProxy(at(1)))),
                    List.of(proxy.account(DebianProxy.PASSWORD)),
                    nanos::get);
            Relays relays = relays(dialer, 17002, 17001, Relays.SERVERS_OWN);

            hello(relays, List.of(own(), at(17001), at(17002)));

            assertThat(proxy.logUntil("localhost:" + own().port())
                            .lines()
                            .filter(line -> line.contains("TCP_DENIED/403")))
                    .hasSize(2);
            // That it forbids a port says nothing of the proxy: polls do not try the other one first from now on.
            dialer.open(own(), Duration.ofSeconds(5)).close();
            assertThat(dialer.last().map(Route::toString)).contains(proxy.http().toString());
        }
    }

    @Test
    void a_socks_proxy_behind_which_ports_are_closed_or_silent_carries_streams_by_the_last() throws Exception {
        try (DebianProxy proxy = DebianProxy.socks(folder, true);
                SilentPort silent = new SilentPort()) {
            Dialer dialer = new Dialer(
                    Routes.fixed(List.of(proxy.socks())),
                    List.of(proxy.account(DebianProxy.PASSWORD)),
                    System::nanoTime);
            Relays relays = relays(dialer, 1, silent.port(), Relays.SERVERS_OWN);

            hello(relays, List.of(own(), at(1), at(silent.port())));

            assertThat(relays.inOrder(List.of(at(1), own()))).containsExactly(own(), at(1));
        }
    }
}
