package io.fairlead.agent.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fairlead.agent.link.LinkException.Kind;
import io.fairlead.contract.agent.Poll;
import io.fairlead.contract.agent.PollResponse;
import io.fairlead.soap.Documents;
import io.fairlead.soap.Fault;
import io.fairlead.soap.SoapCodec;
import io.fairlead.soap.XmlReaders;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LinkTest {
    private static final TestAuthority OURS = new TestAuthority("ours");
    private static final TestAuthority THEIRS = new TestAuthority("of a hospital proxy");
    private static final Duration READ = Duration.ofSeconds(20);
    private static final String ACTION = "urn:fairlead:agent-channel:1/Poll";

    private final SoapCodec codec = new SoapCodec(new Documents(XmlReaders.ofJdk()));
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    private TlsServer server;

    @AfterEach
    void close() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void a_call_shows_the_device_and_brings_the_answer() throws Exception {
        start(OURS.server("localhost"), this::poll);

        PollResponse answer = link("localhost").call(ACTION, new Poll(), PollResponse.class, READ);

        assertThat(answer.getToken()).isEqualTo("0".repeat(32));
        TlsServer.Request request = server.requests.get(0);
        assertThat(request.method() + " " + request.path()).isEqualTo("POST /agent");
        assertThat(request.headers())
                .containsEntry("soapaction", "\"" + ACTION + "\"")
                .containsEntry("content-type", "text/xml; charset=utf-8");
        assertThat(((X509Certificate) request.client()[0])
                        .getSubjectX500Principal()
                        .getName())
                .isEqualTo("CN=device-1");
    }

    @Test
    void a_second_call_uses_the_same_connection() throws Exception {
        start(OURS.server("localhost"), this::poll);
        Link link = link("localhost");

        call(link);
        call(link);

        assertThat(server.connections).hasValue(1);
        assertThat(server.requests).hasSize(2);
    }

    @Test
    void tls_1_2_works_too() throws Exception {
        server = new TlsServer(OURS.server("localhost"), this::poll, "TLSv1.2");

        assertThat(call(link("localhost"))).isNull();
    }

    @Test
    void a_server_without_aes_256_is_refused() {
        start(OURS.server("localhost"), this::poll);
        server.onlyCipher("TLS_AES_128_GCM_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256");

        assertThat(call(link("localhost")).kind()).isEqualTo(Kind.TLS_REFUSED);
        assertThat(server.received()).isEmpty();
    }

    @Test
    void a_certificate_for_another_name_is_refused() {
        start(OURS.server("elsewhere.example"), this::poll);

        refusedBeforeTheFirstByte("matching localhost found");
    }

    @Test
    void a_foreign_issuer_is_refused_and_named() {
        start(THEIRS.server("localhost"), this::poll);

        refusedBeforeTheFirstByte("CN=Fairlead servers of a hospital proxy");
    }

    @Test
    void who_was_away_until_its_certificate_ended_and_its_authorities_were_replaced_hears_what_a_person_must_do() {
        start(THEIRS.server(Instant.EPOCH, Instant.parse("2099-01-01T00:00:00Z"), "localhost"), this::poll);
        Link link = link("localhost");
        assertThat(call(link).kind()).isEqualTo(Kind.TLS_REFUSED);

        now.set(OURS.device("device-1").certificate().getNotAfter().toInstant().plusSeconds(1));

        LinkException told = call(link);
        assertThat(told.faultKey()).contains("certificate-expired");
        assertThat(told)
                .hasMessageContaining("a person must enrol it anew")
                .hasMessageContaining("of a hospital proxy");
        assertThat(server.requests).isEmpty();
    }

    @Test
    void an_issuer_of_the_same_name_but_another_key_is_refused() {
        start(new TestAuthority("ours").server("localhost"), this::poll);

        refusedBeforeTheFirstByte("not by the enterprise");
    }

    @Test
    void an_expired_certificate_is_refused_with_both_times() {
        start(OURS.server(now.get().minusSeconds(7200), now.get().minusSeconds(60), "localhost"), this::poll);

        refusedBeforeTheFirstByte("the clock of this PC or a certificate is wrong");
    }

    @Test
    void a_clock_before_the_certificates_is_named() {
        start(OURS.server("localhost"), this::poll);
        now.set(Instant.parse("2001-01-01T00:00:00Z"));

        refusedBeforeTheFirstByte("by the clock it is 2001-01-01T00:00:00Z");
    }

    @Test
    void a_device_cannot_be_a_server() {
        start(OURS.device("device-2", "localhost"), this::poll);

        refusedBeforeTheFirstByte("CN=Fairlead devices ours");
    }

    @Test
    void a_certificate_that_is_not_for_servers_is_refused() {
        start(OURS.notForServers("localhost"), this::poll);

        refusedBeforeTheFirstByte("not for servers");
    }

    @Test
    void a_certificate_that_expires_is_refused_on_a_connection_that_is_open() {
        start(OURS.server("localhost"), this::poll);
        Link link = link("localhost");
        assertThat(call(link)).isNull();
        int before = server.requests.size();

        now.set(now.get().plus(Duration.ofDays(2)));

        assertThat(call(link)).hasMessageContaining("the clock of this PC or a certificate is wrong");
        assertThat(server.requests).hasSize(before);
    }

    @Test
    void a_certificate_that_expires_is_refused_on_a_resumed_session() {
        start(OURS.server("localhost"), (request, out) -> {
            poll(request, out);
            request.socket().close();
        });
        Link link = link("localhost");
        assertThat(call(link)).isNull();
        int before = server.requests.size();

        now.set(now.get().plus(Duration.ofDays(2)));

        LinkException refused = call(link);
        if (refused != null && refused.kind() == Kind.UNREACHABLE) {
            refused = call(link); // the connection that the server had closed
        }
        assertThat(refused).hasMessageContaining("the clock of this PC or a certificate is wrong");
        assertThat(server.requests).hasSize(before);
    }

    @Test
    void a_fault_is_told_with_its_key_and_its_wish() {
        start(
                OURS.server("localhost"),
                (request, out) -> TlsServer.http(out, 500, "text/xml; charset=utf-8", codec.fault(Fault.BUSY, "c1")));

        LinkException fault = call(link("localhost"));

        assertThat(fault.kind()).isEqualTo(Kind.FAULT);
        assertThat(fault.faultKey()).contains("busy");
        assertThat(fault.retryAfter()).contains(Duration.ofSeconds(5));
        assertThat(fault).hasMessageContaining("c1");
    }

    @Test
    void a_page_of_a_proxy_is_a_bad_answer() {
        start(OURS.server("localhost"), (request, out) -> TlsServer.http(out, 200, "text/html", bytes("<html>")));

        badAnswer("HTTP 200 \"text/html\"");
    }

    @Test
    void garbage_is_a_bad_answer() {
        start(OURS.server("localhost"), (request, out) -> TlsServer.http(out, 200, "text/xml", bytes("<a><b>")));

        badAnswer("malformed");
    }

    @Test
    void an_answer_that_is_not_http_is_a_bad_answer() {
        start(OURS.server("localhost"), (request, out) -> {
            out.write(bytes("hello, agent\r\n\r\n"));
            out.flush();
            request.socket().close();
        });

        assertThat(call(link("localhost")).kind()).isIn(Kind.BAD_ANSWER, Kind.UNREACHABLE);
    }

    @Test
    void an_answer_of_300_megabytes_is_left_where_it_is() {
        start(OURS.server("localhost"), (request, out) -> TlsServer.http(out, 200, "text/xml", new byte[300 << 20]));

        badAnswer("more than 262144 bytes");
    }

    @Test
    void an_endless_answer_is_cut() {
        start(OURS.server("localhost"), (request, out) -> {
            out.write(bytes("HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nTransfer-Encoding: chunked\r\n\r\n"));
            byte[] chunk = bytes("2000\r\n" + " ".repeat(0x2000) + "\r\n");
            while (true) {
                out.write(chunk);
            }
        });

        badAnswer("more than 262144 bytes");
    }

    @Test
    void a_compressed_answer_is_not_unpacked() {
        start(OURS.server("localhost"), (request, out) -> {
            out.write(bytes("HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Encoding: gzip\r\n"
                    + "Content-Length: 2\r\n\r\nxx"));
            out.flush();
        });

        badAnswer("encoding");
    }

    @Test
    void a_redirect_is_not_followed() {
        start(OURS.server("localhost"), (request, out) -> {
            out.write(bytes("HTTP/1.1 307 Moved\r\nLocation: https://localhost:"
                    + server.address("localhost").port() + "/other\r\nContent-Length: 0\r\n\r\n"));
            out.flush();
        });

        badAnswer("HTTP 307");
        assertThat(server.requests).hasSize(1);
    }

    @Test
    void a_request_whose_connection_dies_is_not_sent_again() {
        start(OURS.server("localhost"), (request, out) -> request.socket().close());

        assertThat(call(link("localhost")).kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(server.requests).hasSize(1);
    }

    @Test
    void an_answer_cut_short_is_no_answer() {
        byte[] whole = codec.write(response());
        start(OURS.server("localhost"), (request, out) -> {
            out.write(bytes("HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: " + (whole.length + 10)
                    + "\r\n\r\n"));
            out.write(whole);
            out.flush();
            request.socket().close();
        });

        assertThat(call(link("localhost")).kind()).isEqualTo(Kind.UNREACHABLE);
    }

    @Test
    void a_silent_server_is_given_up() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        start(OURS.server("localhost"), (request, out) -> {
            boolean unused = never.await(1, TimeUnit.MINUTES);
        });

        LinkException silent = catchThrowableOfType(
                LinkException.class,
                () -> link("localhost").call(ACTION, new Poll(), PollResponse.class, Duration.ofMillis(300)));

        assertThat(silent.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(silent).hasMessageContaining("silent");
        never.countDown();
    }

    @Test
    void nobody_at_the_port_is_unreachable() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }

        assertThat(call(link(new ServerAddress("localhost", port))).kind()).isEqualTo(Kind.UNREACHABLE);
    }

    @Test
    void when_a_server_cannot_be_reached_the_next_call_goes_to_the_next() throws Exception {
        start(OURS.server("localhost"), this::poll);
        int nobody;
        try (ServerSocket free = new ServerSocket(0)) {
            nobody = free.getLocalPort();
        }
        ServerAddress up = server.address("localhost");
        Link link = new Link(
                List.of(new ServerAddress("localhost", nobody), up),
                Dialer.direct(),
                OURS.identity(up, "device-1"),
                codec,
                now::get);

        assertThat(call(link).kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(call(link)).isNull();
        assertThat(call(link)).isNull();
    }

    @Test
    void the_systems_own_store_counts_for_nothing() {
        assertThat(new ServerTrust(OURS.cas(), now::get).getAcceptedIssuers()).isEmpty();
    }

    private void start(TestAuthority.Holder shown, TlsServer.Answerer answerer) {
        server = new TlsServer(shown, answerer);
    }

    private void refusedBeforeTheFirstByte(String said) {
        LinkException refused = call(link("localhost"));
        assertThat(refused.kind()).isEqualTo(Kind.TLS_REFUSED);
        assertThat(refused).hasMessageContaining(said);
        assertThat(server.received()).isEmpty();
    }

    private void badAnswer(String said) {
        LinkException bad = call(link("localhost"));
        assertThat(bad.kind()).isEqualTo(Kind.BAD_ANSWER);
        assertThat(bad).hasMessageContaining(said);
    }

    /** What a call ended with; null when it brought an answer. */
    private LinkException call(Link link) {
        return catchThrowableOfType(LinkException.class, () -> link.call(ACTION, new Poll(), PollResponse.class, READ));
    }

    private Link link(String host) {
        return link(server.address(host));
    }

    private Link link(ServerAddress address) {
        return new Link(List.of(address), Dialer.direct(), OURS.identity(address, "device-1"), codec, now::get);
    }

    private void poll(TlsServer.Request request, OutputStream out) throws IOException {
        TlsServer.http(out, 200, "text/xml; charset=utf-8", codec.write(response()));
    }

    private static PollResponse response() {
        PollResponse response = new PollResponse();
        response.setServerTime(Instant.parse("2026-11-21T12:00:00Z"));
        response.setToken("0".repeat(32));
        return response;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
