package io.fairlead.agent.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fairlead.agent.link.LinkException.Kind;
import io.fairlead.soap.Documents;
import io.fairlead.soap.SoapCodec;
import io.fairlead.soap.XmlReaders;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RenewalTest {
    private static final TestAuthority OURS = new TestAuthority("ours");

    /** What a kill -9 behind a step is to whoever would have gone on. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    @TempDir
    Path data;

    private final List<String> passed = new ArrayList<>();
    /** What the enterprise has issued: the request, and the certificate for it. */
    private final Map<String, X509Certificate> issued = new HashMap<>();

    private TlsServer server;
    private Identity first;

    @BeforeEach
    void enrol() throws Exception {
        server = new TlsServer(OURS.server("localhost"), this::est);
        first = OURS.identity(server.address("localhost"), "device-1");
        folder(-1).adopt(first);
        passed.clear();
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Test
    void the_new_certificate_is_kept_at_once_and_used_from_the_next_turn_on() throws Exception {
        CurrentIdentity identity = started(-1);

        Identity next = new Renewal(link(identity), identity).renew();

        TlsServer.Request asked = server.requests.get(0);
        assertThat(asked.path()).isEqualTo("/.well-known/est/simplereenroll");
        assertThat(asked.client()[0]).isEqualTo(first.certificate());
        assertThat(next.certificate().getPublicKey())
                .isNotEqualTo(first.certificate().getPublicKey());
        assertThat(next.enrolment()).isEqualTo(first.enrolment());
        assertThat(folder(-1).load()).contains(next);
        assertThat(identity.get()).isEqualTo(first);
        identity.turn();
        assertThat(identity.get()).isEqualTo(next);
        assertThat(data.resolve("identity/pending-renewal")).doesNotExist();
    }

    @Test
    void ended_behind_any_step_there_is_a_device_that_works_and_one_key_was_asked_for() throws Exception {
        renewed(started(-1));
        int steps = passed.size();
        assertThat(passed).contains("pending-renewal", "key.pem", "current", "deleted key.pem");
        for (int step = 0; step < steps; step++) {
            clear();
            enrol();
            issued.clear();
            try {
                renewed(started(step));
                throw new AssertionError("was not ended behind step " + step);
            } catch (Killed killed) {
                assertThat(passed).hasSize(step + 1);
            }

            CurrentIdentity again = started(-1);
            if (again.get().equals(first)) {
                Identity next = renewed(again);
                assertThat(next.certificate()).isIn(issued.values());
            } else {
                assertThat(again.get().certificate()).isIn(issued.values());
            }
            assertThat(issued).as("keys asked for, ended behind %s", passed).hasSize(1);
            assertThat(folder(-1).load().orElseThrow().certificate()).isIn(issued.values());
        }
    }

    @Test
    void an_answer_that_is_lost_is_asked_for_with_the_same_request_for_as_long_as_it_takes() throws Exception {
        server.answerWith((request, out) -> {
            est(request, OutputStream.nullOutputStream());
            request.socket().close();
        });
        for (int i = 0; i < 3; i++) {
            CurrentIdentity identity = started(-1);
            assertThat(catchThrowableOfType(LinkException.class, () -> new Renewal(link(identity), identity).renew())
                            .kind())
                    .isEqualTo(Kind.UNREACHABLE);
            assertThat(identity.kept()).isEqualTo(first);
        }
        server.answerWith(this::est);
        CurrentIdentity identity = started(-1);

        // Authorities may change meanwhile; the request stays.
        identity.pin(PinnedCas.stated(1, OURS.all(), OURS.cas().lineage()));
        Identity next = renewed(identity);

        assertThat(issued).hasSize(1);
        assertThat(next.cas().number()).isEqualTo(1);
        assertThat(folder(-1).load()).contains(next);
    }

    @Test
    void an_enrolment_that_fails_meanwhile_leaves_the_key_of_a_renewal_as_it_is() throws Exception {
        server.answerWith((request, out) -> {
            est(request, OutputStream.nullOutputStream());
            request.socket().close();
        });
        CurrentIdentity identity = started(-1);
        assertThat(catchThrowableOfType(LinkException.class, () -> renewed(identity))
                        .kind())
                .isEqualTo(Kind.UNREACHABLE);
        CertificateRequest byCode = folder(-1).requestFor("code-9");
        server.answerWith(this::est);

        Identity next = renewed(started(-1));

        assertThat(issued).hasSize(1);
        assertThat(issued.values()).containsExactly(next.certificate());
        assertThat(Base64.getEncoder().encodeToString(byCode.der())).isNotIn(issued.keySet());
        // A renewal that is under way goes with the identity that it is of.
        CertificateRequest again = folder(-1).renewalOfKept(next);
        Path aside = Files.createDirectory(data.resolve("aside"));
        folder(-1).moveTo(aside);
        assertThat(folder(-1).renewalOfKept(next).der()).isNotEqualTo(again.der());
        assertThat(aside.resolve("pending-renewal")).exists();
    }

    @Test
    void what_is_not_ours_is_not_kept() throws Exception {
        CurrentIdentity identity = started(-1);
        TestAuthority theirs = new TestAuthority("theirs");
        List<TlsServer.Answerer> wrong = List.of(
                (request, out) -> pkcs7(out, OURS.certify(request(request), "device-2", TestAuthority.EPOCH)),
                (request, out) -> pkcs7(out, OURS.certify(request(request), "device-1", "f".repeat(32))),
                (request, out) -> pkcs7(out, theirs.certify(request(request), "device-1", TestAuthority.EPOCH)),
                (request, out) -> pkcs7(out, OURS.device("device-1").certificate()),
                (request, out) -> pkcs7(out, OURS.devices.certificate()),
                (request, out) -> TlsServer.http(out, 200, "text/html", "proxy".getBytes()));
        for (TlsServer.Answerer answerer : wrong) {
            server.answerWith(answerer);
            LinkException refused =
                    catchThrowableOfType(LinkException.class, () -> new Renewal(link(identity), identity).renew());
            assertThat(refused.kind()).isEqualTo(Kind.BAD_ANSWER);
            assertThat(identity.kept()).isEqualTo(first);
        }
        assertThat(folder(-1).load()).contains(first);
    }

    @Test
    void a_refusal_is_told_by_its_key() {
        CurrentIdentity identity = started(-1);
        server.answerWith((request, out) -> out.write(
                ("HTTP/1.1 423 x\r\nFairlead-Fault: identity-held\r\n" + "Retry-After: 60\r\nContent-Length: 0\r\n\r\n")
                        .getBytes()));

        LinkException refused =
                catchThrowableOfType(LinkException.class, () -> new Renewal(link(identity), identity).renew());

        assertThat(refused.faultKey()).contains("identity-held");
        assertThat(refused.retryAfter())
                .hasValueSatisfying(time -> assertThat(time).hasSeconds(60));
    }

    @Test
    void a_call_that_was_under_way_with_the_old_certificate_is_made_again_with_the_new_one() throws Exception {
        CurrentIdentity identity = started(-1);
        Link link = link(identity);
        server.answerWith((request, out) -> {
            if (request.path().equals("/agent") && request.client()[0].equals(first.certificate())) {
                // While this one waits for its answer, the new certificate comes into use.
                server.answerWith(this::est);
                renewed(identity);
                identity.turn();
                TlsServer.http(out, 500, "text/xml", codec().fault(io.fairlead.soap.Fault.CERTIFICATE_REVOKED, "c"));
            }
        });

        var answer = link.call("urn:x", new byte[] {1}, io.fairlead.contract.agent.PollResponse.class, TEN_SECONDS);

        assertThat(answer.getToken()).isEqualTo("a".repeat(32));
        assertThat(server.requests).hasSize(3);
        assertThat(server.requests.get(2).client()[0]).isEqualTo(identity.get().certificate());
    }

    private static final java.time.Duration TEN_SECONDS = java.time.Duration.ofSeconds(10);

    private Identity renewed(CurrentIdentity identity) throws LinkException, IOException {
        return new Renewal(link(identity), identity).renew();
    }

    private Link link(CurrentIdentity identity) {
        return new Link(List.of(server.address("localhost")), Dialer.direct(), identity, codec(), Instant::now);
    }

    private static SoapCodec codec() {
        return new SoapCodec(new Documents(XmlReaders.ofJdk()));
    }

    /** As a start finds it; ended behind the step of that number, if it is not negative. */
    private CurrentIdentity started(int endedBehind) {
        try {
            passed.clear();
            IdentityFolder folder = folder(endedBehind);
            return new CurrentIdentity(folder, folder.load().orElseThrow());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private IdentityFolder folder(int endedBehind) {
        return new IdentityFolder(data.resolve("identity"), Clock.systemUTC(), step -> {
            passed.add(step);
            if (passed.size() == endedBehind + 1) {
                throw new Killed();
            }
        });
    }

    private void clear() throws IOException {
        server.close();
        try (Stream<Path> all = Files.walk(data.resolve("identity"))) {
            for (Path one : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(one);
            }
        }
    }

    /** An enterprise that gives one certificate to one key. */
    private synchronized void est(TlsServer.Request request, OutputStream out) throws IOException {
        if (request.path().equals("/agent")) {
            var answer = new io.fairlead.contract.agent.PollResponse();
            answer.setServerTime(Instant.now());
            answer.setToken("a".repeat(32));
            TlsServer.http(out, 200, "text/xml", codec().write(answer));
            return;
        }
        pkcs7(
                out,
                issued.computeIfAbsent(
                        Base64.getEncoder().encodeToString(request(request)),
                        der -> OURS.certify(request(request), "device-1", TestAuthority.EPOCH)));
    }

    private static byte[] request(TlsServer.Request request) {
        return Base64.getMimeDecoder().decode(request.body());
    }

    private static void pkcs7(OutputStream out, X509Certificate certificate) throws IOException {
        TlsServer.http(
                out,
                200,
                "application/pkcs7-mime; smime-type=certs-only",
                Base64.getMimeEncoder().encode(TestAuthority.pkcs7(List.of(certificate))));
    }
}
