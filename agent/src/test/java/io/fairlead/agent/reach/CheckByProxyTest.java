package io.fairlead.agent.reach;

import static io.fairlead.agent.reach.TestRows.row;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.fairlead.agent.kernel.Durable;
import io.fairlead.agent.link.DebianProxy;
import io.fairlead.agent.link.Dialer;
import io.fairlead.agent.link.PacRoutes;
import io.fairlead.agent.link.Routes;
import io.fairlead.agent.link.ServerAddress;
import io.fairlead.agent.link.Sounder;
import io.fairlead.agent.link.TestAuthority;
import io.fairlead.agent.link.Vouching;
import io.fairlead.agent.pac.PacChild;
import io.fairlead.agent.pac.PacFetch;
import io.fairlead.firewall.Row;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a check finds where the site's way out is a proxy. */
@Timeout(value = 100, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CheckByProxyTest {
    private static final TestAuthority OURS = new TestAuthority("ours");
    private static final Clock CLOCK = Clock.systemUTC();

    @TempDir
    private Path folder;

    private TestEnterprise enterprise;
    private ServerAddress server;

    @BeforeEach
    void open() {
        enterprise = new TestEnterprise(OURS);
        server = enterprise.address();
    }

    @AfterEach
    void close() throws IOException {
        enterprise.close();
    }

    @Test
    void through_squid_the_name_is_the_proxys_to_know_and_what_squid_forbids_is_the_proxys_doing() throws Exception {
        try (DebianProxy squid = DebianProxy.squid(
                folder, "acl allowed port " + server.port() + "\nhttp_access allow allowed\nhttp_access deny all\n")) {
            Report report = check(
                    Routes.fixed(List.of(squid.http())),
                    row(server, true),
                    row("forbidden.no-such-host.invalid", 9443, true));

            assertThat(at(report, 9443).trouble()).contains(Trouble.PROXY_REFUSES);
            assertThat(report.text())
                    .contains("not known here; the proxy has to know it")
                    .contains("allow CONNECT to forbidden.no-such-host.invalid:9443");
            assertOpenBy(report, "HTTP proxy");
        }
    }

    @Test
    void through_microsocks_all_steps_are_made_and_what_it_cannot_reach_is_behind_it() throws Exception {
        try (DebianProxy socks = DebianProxy.socks(folder, false)) {
            int closed = closedPort();

            Report report =
                    check(Routes.fixed(List.of(socks.socks())), row(server, true), row("127.0.0.1", closed, true));

            assertThat(at(report, closed).trouble()).contains(Trouble.PROXY_FAILS);
            assertThat(report.text()).contains("Have the proxy " + socks.address() + " ");
            assertOpenBy(report, "SOCKS proxy");
        }
    }

    @Test
    void the_sites_pac_file_is_asked_of_each_row_and_where_it_is_gone_that_is_said() throws Exception {
        try (DebianProxy socks = DebianProxy.socks(folder, false)) {
            String file = "function FindProxyForURL(url, host) { return host == 'localhost' ? 'SOCKS " + socks.address()
                    + "' : 'PROXY 127.0.0.1:" + closedPort() + "'; }";
            HttpServer web = serving(file);
            PacFetch fetch = new PacFetch(
                    URI.create("http://127.0.0.1:" + web.getAddress().getPort() + "/proxy.pac"));
            try {
                Report report = check(pac(fetch, "kept"), row(server, true), row("other.example", 9443, true));

                assertThat(at(report, 9443).trouble()).contains(Trouble.PROXY_GONE);
                assertOpenBy(report, "SOCKS proxy");
            } finally {
                web.stop(0);
            }
            Report without = check(pac(fetch, "none"), row(server, true));
            assertThat(at(without, server.port()).trouble()).contains(Trouble.PROXY_GONE);
            assertThat(without.text()).contains("the proxy configuration " + fetch.from() + " cannot be used");
        }
    }

    private Routes pac(PacFetch fetch, String kept) {
        return new PacRoutes(fetch, new PacChild(), new Durable(folder.resolve(kept)), System::nanoTime);
    }

    private static HttpServer serving(String file) throws IOException {
        HttpServer web = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 5);
        web.createContext("/proxy.pac", exchange -> {
            byte[] bytes = file.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        web.start();
        return web;
    }

    private static int closedPort() throws IOException {
        try (ServerSocket once = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return once.getLocalPort();
        }
    }

    private Report check(Routes routes, Row... rows) throws InterruptedException {
        Sounder sounder = new Sounder(new Dialer(routes, List.of(), System::nanoTime), CLOCK::instant);
        Check check = new Check(
                sounder,
                new Vouching(Optional.of(OURS.cas()), CLOCK::instant),
                Optional.of(OURS.identity(server, "device-1")),
                List.of(server),
                1,
                CLOCK);
        return new Report(CLOCK.instant(), "pc", Optional.of("device-1"), List.of("a list"), check.of(List.of(rows)));
    }

    /** To the last step. */
    private void assertOpenBy(Report report, String way) {
        Finding through = at(report, server.port());
        assertThat(through.failed()).as(report.text()).isFalse();
        assertThat(List.of(Step.WAY, Step.TLS, Step.DEVICE, Step.WEBSOCKET, Step.IDLE, Step.CLOCK))
                .extracting(through::brief)
                .containsExactly(way, "genuine", "known", "passes", "survives 1 s", "right");
    }

    private static Finding at(Report report, int port) {
        return report.findings().stream()
                .filter(each -> each.target().port() == port)
                .findFirst()
                .orElseThrow();
    }
}
