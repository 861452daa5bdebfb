package io.fairlead.agent.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fairlead.agent.link.LinkException.Kind;
import io.fairlead.contract.agent.Poll;
import io.fairlead.contract.agent.PollResponse;
import io.fairlead.soap.Documents;
import io.fairlead.soap.SoapCodec;
import io.fairlead.soap.XmlReaders;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The link through Squid and microsocks as Debian ships them, to a server that only they are told of. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ProxyTest {
    private static final TestAuthority OURS = new TestAuthority("ours");
    private static final String ACTION = "urn:fairlead:agent-channel:1/Poll";
    private static final Duration READ = Duration.ofSeconds(20);
    private static final String ALLOW = "http_access allow all\n";

    @TempDir
    private Path folder;

    private final SoapCodec codec = new SoapCodec(new Documents(XmlReaders.ofJdk()));
    private final AtomicLong nanos = new AtomicLong();
    private TlsServer server;
    private DebianProxy proxy;

    @BeforeEach
    void start() {
        server = new TlsServer(OURS.server("localhost"), this::poll);
    }

    @AfterEach
    void close() throws IOException {
        server.close();
        if (proxy != null) {
            proxy.close();
        }
    }

    @Test
    void squid_lets_the_agent_through_and_the_connection_is_kept() throws Exception {
        proxy = DebianProxy.squid(folder, ALLOW);
        Link link = link(List.of(proxy.http()));

        assertThat(call(link)).isNull();
        assertThat(call(link)).isNull();

        assertThat(server.connections).hasValue(1);
        assertThat(server.requests).hasSize(2);
    }

    @Test
    void squid_with_basic() throws Exception {
        passes(DebianProxy.basic(folder));
    }

    @Test
    void squid_with_digest() throws Exception {
        passes(DebianProxy.digest(folder));
    }

    @Test
    void squid_with_ntlm() throws Exception {
        passes(DebianProxy.ntlm(folder));
    }

    @ParameterizedTest
    @ValueSource(strings = {"basic", "digest"})
    void a_wrong_password_is_sent_once_and_not_again_for_a_quarter_of_an_hour_until_it_changes(String scheme)
            throws Exception {
        proxy = scheme.equals("basic") ? DebianProxy.basic(folder) : DebianProxy.digest(folder);
        StringBuilder password = new StringBuilder("wrong");
        ProxyAccount account = new ProxyAccount(proxy.address(), DebianProxy.USER, password::toString);
        Link link = link(List.of(proxy.http()), account);

        LinkException refused = call(link);
        assertThat(refused.kind()).isEqualTo(Kind.PROXY_PASSWORD);
        assertThat(refused)
                .hasMessageContaining("the proxy " + proxy.address() + " refuses the user clinic-agent")
                .hasMessageNotContaining("wrong;");
        assertThat(call(link)).hasMessage(refused.getMessage());
        nanos.addAndGet(RefusedPasswords.REST.plusSeconds(1).toNanos());
        assertThat(call(link).kind()).isEqualTo(Kind.PROXY_PASSWORD);
        password.replace(0, password.length(), DebianProxy.PASSWORD);
        assertThat(call(link)).isNull();

        server.close();
        assertThat(proxy.logUntil("TCP_TUNNEL/200")
                        .lines()
                        .filter(line -> line.contains("CONNECT"))
                        .map(ProxyTest::askedAndWho))
                .as("asked without the password, then sent it once")
                .containsExactly("407 -", "407 clinic-agent", "407 -", "407 clinic-agent", "407 -", "200 clinic-agent");
    }

    @Test
    void a_proxy_that_nobody_named_is_sent_no_credentials() throws Exception {
        proxy = DebianProxy.basic(folder);
        ProxyAccount other =
                new ProxyAccount(new ServerAddress("127.0.0.1", 9), DebianProxy.USER, () -> DebianProxy.PASSWORD);

        LinkException refused = call(link(List.of(proxy.http()), other));

        assertThat(refused.kind()).isEqualTo(Kind.PROXY_PASSWORD);
        assertThat(refused).hasMessageContaining("wants a user and password (basic)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Basic realm=\"x\"", "Digest realm=\"x\", nonce=\"abc\", qop=\"auth\"", "NTLM", "Negotiate"})
    void whoever_asks_and_is_not_named_gets_no_credentials(String scheme) throws Exception {
        try (Recorder asker = new Recorder("HTTP/1.1 407 Who are you\r\nProxy-Authenticate: " + scheme
                + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")) {
            ProxyAccount other = new ProxyAccount(
                    new ServerAddress("localhost", asker.address().port()), "agent", () -> DebianProxy.PASSWORD);

            assertThat(call(link(List.of(new Route.HttpProxy(asker.address())), other))
                            .kind())
                    .isEqualTo(Kind.PROXY_PASSWORD);

            assertThat(asker.received())
                    .isEqualTo("CONNECT " + server.address("localhost") + " HTTP/1.1\r\nHost: "
                            + server.address("localhost") + "\r\nUser-Agent: fairlead-agent\r\n\r\n");
        }
    }

    @Test
    void a_socks_server_that_is_not_named_gets_no_credentials_not_even_the_accounts_name() throws Exception {
        try (Recorder asker = new Recorder("\u0005\u0002")) {
            assertThat(call(link(List.of(new Route.SocksProxy(asker.address()))))
                            .kind())
                    .isEqualTo(Kind.PROXY_UNREACHABLE);

            assertThat(asker.received()).isEqualTo("\u0005\u0001\u0000");
        }
    }

    @Test
    void a_proxy_that_knows_kerberos_only_is_told_apart_from_a_wrong_password() throws Exception {
        try (Recorder asker = new Recorder("HTTP/1.1 407 Who are you\r\nProxy-Authenticate: Negotiate\r\n"
                + "Content-Length: 0\r\nConnection: close\r\n\r\n")) {
            ProxyAccount named = new ProxyAccount(asker.address(), "agent", () -> DebianProxy.PASSWORD);

            assertThat(call(link(List.of(new Route.HttpProxy(asker.address())), named)))
                    .hasMessageContaining("takes negotiate only, which this agent does not know");

            assertThat(asker.received().toLowerCase(Locale.ROOT)).doesNotContain("authorization");
        }
    }

    @Test
    void a_proxy_that_forbids_the_server_is_told_apart() throws Exception {
        proxy = DebianProxy.squid(folder, "");

        LinkException refused = call(link(List.of(proxy.http())));

        assertThat(refused.kind()).isEqualTo(Kind.PROXY_REFUSED);
        assertThat(refused).hasMessageContaining("does not let this PC through to localhost:");
    }

    @Test
    void socks_without_a_password() throws Exception {
        proxy = DebianProxy.socks(folder, false);

        assertThat(call(link(List.of(proxy.socks())))).isNull();
        // Also where a password is named that is not asked for.
        assertThat(call(link(List.of(proxy.socks()), proxy.account("unused")))).isNull();
    }

    @Test
    void socks_with_a_password() throws Exception {
        proxy = DebianProxy.socks(folder, true);

        assertThat(call(link(List.of(proxy.socks()), proxy.account(DebianProxy.PASSWORD))))
                .isNull();
        assertThat(call(link(List.of(proxy.socks()), proxy.account("wrong"))).kind())
                .isEqualTo(Kind.PROXY_PASSWORD);
        assertThat(call(link(List.of(proxy.socks()))))
                .hasMessageContaining("names none for it; none was sent")
                .extracting(LinkException::kind)
                .isEqualTo(Kind.PROXY_PASSWORD);
    }

    @Test
    void the_routes_are_tried_in_their_order_and_one_that_failed_last() throws Exception {
        proxy = DebianProxy.squid(folder, ALLOW);
        Route gone = new Route.HttpProxy(new ServerAddress("127.0.0.1", 9));

        assertThat(call(link(List.of(gone, proxy.http())))).isNull();
        proxy.close();
        assertThat(call(link(List.of(gone, proxy.http(), new Route.Direct())))).isNull();

        try (Recorder hangsUp = new Recorder("")) {
            Route broken = new Route.HttpProxy(hangsUp.address());
            Dialer dialer = new Dialer(Routes.fixed(List.of(broken, new Route.Direct())), List.of(), nanos::get);
            dialer.open(server.address("localhost"), READ).close();
            dialer.open(server.address("localhost"), READ).close();
            assertThat(hangsUp.connections()).isEqualTo(1);
            nanos.addAndGet(Duration.ofMinutes(6).toNanos());
            dialer.open(server.address("localhost"), READ).close();
            assertThat(hangsUp.connections()).isEqualTo(2);
        }
        LinkException nowhere = call(link(List.of(gone)));
        assertThat(nowhere.kind()).isEqualTo(Kind.PROXY_UNREACHABLE);
        assertThat(nowhere).hasMessageContaining("the proxy http://127.0.0.1:9 cannot be reached: no connection");
    }

    private void passes(DebianProxy started) throws Exception {
        proxy = started;
        Link link = link(List.of(proxy.http()), proxy.account(DebianProxy.PASSWORD));

        assertThat(call(link)).isNull();
        assertThat(call(link)).isNull();

        assertThat(server.requests).hasSize(2);
        assertThat(server.requests.get(0).headers()).doesNotContainKey("proxy-authorization");
        assertThat(proxy.logUntil("CONNECT localhost:")).contains("CONNECT localhost:");
    }

    /** A line of Squid's log, by its status and user. */
    private static String askedAndWho(String line) {
        String[] words = line.split(" +");
        return words[3].substring(words[3].indexOf('/') + 1) + " " + words[7];
    }

    private LinkException call(Link link) {
        return catchThrowableOfType(LinkException.class, () -> link.call(ACTION, new Poll(), PollResponse.class, READ));
    }

    private Link link(List<Route> routes, ProxyAccount... accounts) {
        ServerAddress address = server.address("localhost");
        Dialer dialer = new Dialer(Routes.fixed(routes), List.of(accounts), nanos::get);
        return new Link(address, dialer, OURS.identity(address, "device-1"), codec, Instant::now);
    }

    private void poll(TlsServer.Request request, OutputStream out) throws IOException {
        PollResponse response = new PollResponse();
        response.setServerTime(Instant.parse("2026-11-21T12:00:00Z"));
        response.setToken("0".repeat(32));
        TlsServer.http(out, 200, "text/xml; charset=utf-8", codec.write(response));
    }
}
