package io.fairlead.agent.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fairlead.agent.link.LinkException.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EnrolmentTest {
    private static final TestAuthority OURS = new TestAuthority("ours");
    private static final TestAuthority THEIRS = new TestAuthority("in the middle");
    private static final String SECRET = "7Q2M9KZ4XJ5R8TVN";

    @TempDir
    Path data;

    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<byte[]> requests = new ArrayList<>();
    private final List<String> prepared = new ArrayList<>();
    private final List<Duration> waits = new ArrayList<>();
    private Instant now = Instant.now();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    @Test
    void a_code_makes_an_identity_that_outlives_the_process() throws Exception {
        TlsServer server = server(OURS.server("localhost"), this::est);

        Identity made = enrolment().enrol(string(server));
        Identity kept = folder().load().orElseThrow();

        assertThat(kept).isEqualTo(made);
        assertThat(kept.deviceId()).isEqualTo("device-1");
        assertThat(kept.enrolment()).isEqualTo(TestAuthority.EPOCH);
        assertThat(kept.cas()).isEqualTo(OURS.cas());
        assertThat(kept.server()).isEqualTo(server.address("localhost"));
        TlsServer.Request post = server.requests.get(1);
        assertThat(post.method() + " " + post.path()).isEqualTo("POST /.well-known/est/simpleenroll");
        assertThat(post.headers().get("authorization"))
                .isEqualTo("Basic "
                        + Base64.getEncoder().encodeToString(("code-1:" + SECRET).getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void nobody_else_reads_the_key() throws Exception {
        enrolment().enrol(string(server(OURS.server("localhost"), this::est)));

        String serial = Files.readString(data.resolve("identity/current"));
        assertThat(permissions(data.resolve("identity"))).isEqualTo("rwx------");
        assertThat(permissions(data.resolve("identity").resolve(serial).resolve("key.pem")))
                .isEqualTo("rw-------");
        assertThat(data.resolve("identity/pending")).doesNotExist();
    }

    @Test
    void the_root_may_come_in_the_chain_or_not() throws Exception {
        TestAuthority.Holder leaf = OURS.server("localhost");
        List<X509Certificate> withRoot = new ArrayList<>(leaf.chain());
        withRoot.add(OURS.root.certificate());
        TlsServer server = server(new TestAuthority.Holder(leaf.certificate(), leaf.key(), withRoot), this::est);

        assertThat(enrolment().enrol(string(server)).deviceId()).isEqualTo("device-1");
    }

    @Test
    void a_man_in_the_middle_with_his_own_authorities_never_sees_the_secret() throws Exception {
        TlsServer middle = server(THEIRS.server("localhost"), (request, out) -> est(THEIRS, request, out));

        refused(middle, "CN=Fairlead servers in the middle");
    }

    @Test
    void a_man_in_the_middle_who_relays_our_authorities_never_sees_the_secret() throws Exception {
        TlsServer middle = server(THEIRS.server("localhost"), this::est);

        refused(middle, "signed by \"CN=Fairlead servers in the middle\"");
    }

    @Test
    void a_man_in_the_middle_who_mixes_our_root_with_his_issuers_never_sees_the_secret() throws Exception {
        TlsServer middle = server(
                THEIRS.server("localhost"),
                (request, out) -> answer(
                        out,
                        List.of(
                                OURS.root.certificate(),
                                THEIRS.devices.certificate(),
                                THEIRS.servers.certificate(),
                                THEIRS.signers.certificate())));

        refused(middle, "there is no authority \"Fairlead devices\"");
    }

    @Test
    void a_stolen_device_certificate_does_not_make_a_server() throws Exception {
        TlsServer middle = server(OURS.device("device-9", "localhost"), this::est);

        refused(middle, "CN=Fairlead devices ours");
    }

    @Test
    void a_server_of_ours_under_another_name_never_sees_the_secret() throws Exception {
        TlsServer server = server(OURS.server("elsewhere.example"), this::est);

        refused(server, "matching localhost found");
    }

    @Test
    void a_code_that_is_refused_says_so_and_leaves_no_identity() throws Exception {
        TlsServer server = server(OURS.server("localhost"), (request, out) -> {
            if (request.method().equals("GET")) {
                est(request, out);
            } else {
                TlsServer.http(out, 401, "text/plain", new byte[0]);
            }
        });

        LinkException refused = failure(server);

        assertThat(refused.kind()).isEqualTo(Kind.FAULT);
        assertThat(refused.faultKey()).contains("enrolment-refused");
        assertThat(folder().load()).isEmpty();
    }

    @Test
    void a_lost_answer_is_asked_for_again_with_the_same_key_within_ten_minutes() throws Exception {
        TlsServer server = server(OURS.server("localhost"), (request, out) -> {
            if (request.method().equals("POST") && requests.size() < 2) {
                requests.add(decoded(request));
                request.socket().close();
            } else {
                est(request, out);
            }
        });

        assertThat(failure(server).kind()).isEqualTo(Kind.UNREACHABLE);
        now = now.plus(Duration.ofMinutes(9));
        assertThat(failure(server).kind()).isEqualTo(Kind.UNREACHABLE);
        now = now.plus(Duration.ofMinutes(1));
        Identity late = enrolment().enrol(string(server));

        assertThat(requests.get(1)).isEqualTo(requests.get(0));
        assertThat(requests.get(2)).isNotEqualTo(requests.get(0));
        assertThat(late.deviceId()).isEqualTo("device-1");
    }

    @Test
    void an_enterprise_that_is_busy_twice_is_asked_again_with_the_same_request() throws Exception {
        TlsServer server = server(OURS.server("localhost"), (request, out) -> {
            if (request.method().equals("POST") && requests.size() < 2) {
                requests.add(decoded(request));
                TlsServer.busy(out, 7);
            } else {
                est(request, out);
            }
        });

        assertThat(enrolment().enrol(string(server)).deviceId()).isEqualTo("device-1");

        assertThat(waits).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(7));
        assertThat(requests)
                .hasSize(3)
                .allSatisfy(request -> assertThat(request).isEqualTo(requests.get(0)));
    }

    @Test
    void an_enterprise_that_stays_busy_is_given_up_after_two_minutes_of_waiting() throws Exception {
        TlsServer server = server(OURS.server("localhost"), (request, out) -> TlsServer.busy(out, 50));

        assertThat(failure(server)).hasMessageContaining("is busy; the same string may be given again");

        assertThat(waits).containsExactly(Duration.ofSeconds(50), Duration.ofSeconds(50));
        assertThat(folder().load()).isEmpty();
    }

    @Test
    void a_certificate_for_another_key_is_not_kept() throws Exception {
        X509Certificate foreign = OURS.device("device-1").certificate();
        TlsServer server = server(OURS.server("localhost"), (request, out) -> {
            if (request.method().equals("GET")) {
                est(request, out);
            } else {
                answer(out, List.of(foreign));
            }
        });

        assertThat(failure(server)).hasMessageContaining("for another key");
        assertThat(folder().load()).isEmpty();
    }

    @Test
    void a_certificate_by_another_issuer_is_not_kept() throws Exception {
        TlsServer server = server(
                OURS.server("localhost"),
                (request, out) -> est(OURS, request.method().equals("GET") ? OURS : THEIRS, "device-1", request, out));

        assertThat(failure(server)).hasMessageContaining("not issued by the pinned issuer of devices");
    }

    @Test
    void another_devices_code_leaves_the_folder_as_it_was() throws Exception {
        Identity first = enrolment().enrol(string(server(OURS.server("localhost"), this::est)));
        TlsServer other = server(OURS.server("localhost"), (request, out) -> est(OURS, OURS, "device-2", request, out));

        assertThatThrownBy(() -> enrolment().enrol(string(other)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("belongs to the device device-1")
                .hasMessageContaining("--new-device");
        assertThat(folder().load()).contains(first);
    }

    @Test
    void what_another_device_left_is_set_aside_once_where_a_person_says_so() throws Exception {
        Identity first = enrolment().enrol(string(server(OURS.server("localhost"), this::est)));
        Path aside = Files.createDirectory(data.resolve("aside"));
        Enrolment.Removal crash = () -> {
            folder().moveTo(aside);
            throw new IOException("killed");
        };
        TlsServer renamed = server(OURS.server("localhost"), later("device-2"));

        assertThatThrownBy(() -> enrolment().enrolAsNewDevice(string(renamed), crash))
                .hasMessage("killed");
        assertThat(folder().load()).isEmpty();
        Identity second = enrolment().enrol(string(renamed));

        assertThat(folder().load()).contains(second);
        assertThat(second.deviceId()).isEqualTo("device-2");
        assertThat(requests.get(2)).isEqualTo(requests.get(1));
        assertThat(new IdentityFolder(aside, Clock.fixed(now, ZoneOffset.UTC)).load())
                .contains(first);
    }

    @Test
    void a_code_of_the_same_device_sets_nothing_aside() throws Exception {
        Identity first = enrolment().enrol(string(server(OURS.server("localhost"), this::est)));
        TlsServer again = server(OURS.server("localhost"), later("device-1"));

        assertThatThrownBy(() -> enrolment().enrolAsNewDevice(string(again), () -> {
                    throw new AssertionError("set aside");
                }))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no new one; nothing was set aside");
        assertThat(folder().load()).contains(first);
    }

    @Test
    void a_new_code_of_the_same_device_replaces_the_identity_and_deletes_the_old_key() throws Exception {
        TlsServer server = server(OURS.server("localhost"), this::est);
        Identity first = enrolment().enrol(string(server));

        Identity second = enrolment().enrol(string(server));

        assertThat(second.certificate()).isNotEqualTo(first.certificate());
        assertThat(folder().load()).contains(second);
        // The enterprise of this test gives the same epoch to both: what goes with it is prepared once.
        assertThat(prepared).containsExactly(TestAuthority.EPOCH);
        assertThat(data.resolve("identity").resolve(first.serial() + "-0")).doesNotExist();
    }

    @Test
    void an_identity_whose_folder_is_not_named_does_not_count() throws Exception {
        enrolment().enrol(string(server(OURS.server("localhost"), this::est)));

        Files.delete(data.resolve("identity/current"));

        assertThat(folder().load()).isEmpty();
    }

    @Test
    void a_damaged_identity_says_which_file_and_what_to_do() throws Exception {
        enrolment().enrol(string(server(OURS.server("localhost"), this::est)));
        Path files = data.resolve("identity").resolve(Files.readString(data.resolve("identity/current")));

        Files.writeString(files.resolve("key.pem"), "gone");
        assertThatThrownBy(() -> folder().load())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("enrol this device anew");

        Files.delete(files.resolve("servers.pem"));
        assertThatThrownBy(() -> folder().load()).hasMessageContaining("servers.pem");
    }

    private void refused(TlsServer middle, String said) throws Exception {
        LinkException refused = failure(middle);

        assertThat(refused.kind()).isEqualTo(Kind.TLS_REFUSED);
        assertThat(refused).hasMessageContaining(said);
        String seen = new String(middle.received(), StandardCharsets.ISO_8859_1);
        String basic = Base64.getEncoder().encodeToString(("code-1:" + SECRET).getBytes(StandardCharsets.US_ASCII));
        assertThat(seen).doesNotContain(SECRET).doesNotContain(basic).doesNotContainIgnoringCase("authorization");
        assertThat(folder().load()).isEmpty();
    }

    private LinkException failure(TlsServer server) {
        return catchThrowableOfType(LinkException.class, () -> enrolment().enrol(string(server)));
    }

    private TlsServer server(TestAuthority.Holder shown, TlsServer.Answerer answerer) {
        TlsServer server = new TlsServer(shown, answerer);
        open.add(server);
        return server;
    }

    private void est(TlsServer.Request request, OutputStream out) throws IOException {
        est(OURS, request, out);
    }

    private void est(TestAuthority authority, TlsServer.Request request, OutputStream out) throws IOException {
        est(authority, authority, "device-1", request, out);
    }

    private void est(
            TestAuthority shown, TestAuthority issuing, String device, TlsServer.Request request, OutputStream out)
            throws IOException {
        if (request.method().equals("GET")) {
            answer(out, shown.all());
        } else {
            requests.add(decoded(request));
            answer(out, List.of(issuing.certify(decoded(request), device, TestAuthority.EPOCH)));
        }
    }

    /** Enrols in an epoch of its own. */
    private TlsServer.Answerer later(String device) {
        return (request, out) -> {
            if (request.method().equals("GET")) {
                answer(out, OURS.all());
            } else {
                requests.add(decoded(request));
                answer(out, List.of(OURS.certify(decoded(request), device, "b2".repeat(16))));
            }
        };
    }

    private static void answer(OutputStream out, List<X509Certificate> certificates) throws IOException {
        TlsServer.http(
                out,
                200,
                "application/pkcs7-mime; smime-type=certs-only",
                Base64.getMimeEncoder().encode(TestAuthority.pkcs7(certificates)));
    }

    private static byte[] decoded(TlsServer.Request request) {
        return Base64.getMimeDecoder().decode(request.body());
    }

    private static EnrolmentString string(TlsServer server) {
        return EnrolmentString.parse(
                "fairlead:1:" + server.address("localhost") + ":code-1:" + SECRET + ":" + OURS.rootKeyHash());
    }

    private IdentityFolder folder() {
        return new IdentityFolder(data.resolve("identity"), Clock.fixed(now, ZoneOffset.UTC));
    }

    private Enrolment enrolment() {
        return new Enrolment(
                folder(),
                Dialer.direct(),
                () -> now,
                identity -> prepared.add(identity.enrolment()),
                new Patience(waits::add));
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
