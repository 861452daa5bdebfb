package io.fairlead.enterprise.identity;

import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.fairlead.contract.agent.Anchors;
import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.kernel.Blocking;
import io.fairlead.enterprise.kernel.DataFolder;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.kernel.Notifications;
import io.fairlead.enterprise.kernel.TestDatabase;
import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.enterprise.people.Rights;
import io.fairlead.soap.Documents;
import io.fairlead.soap.Refusal;
import io.fairlead.soap.XmlReaders;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RollOverTest {
    private static final Actor ANNA = Actor.operatingSystem("anna");
    private static final String EPOCH = "0123456789abcdef0123456789abcdef";
    private static final Documents DOCUMENTS = new Documents(XmlReaders.ofJdk());

    private final TestClock clock = new TestClock(Instant.now());
    private final List<String> waiting = new ArrayList<>();

    @TempDir
    Path folder;

    private static TestDatabase postgres;
    private static Vertx vertx;
    private static Database database;
    private DataFolder data;
    private Path files;
    private Authority authority;
    private DeviceCertificates certificates;
    private Announcements announcements;
    private RollOver rollOver;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        postgres = TestDatabase.start();
        database = postgres.database(vertx);
    }

    @AfterAll
    static void stop() {
        postgres.close();
        await(vertx.close());
    }

    @BeforeEach
    void open() {
        postgres.execute("TRUNCATE enrolment_code, device_certificate, device_enrolment, device_anchors,"
                + " signer_certificate");
        data = new DataFolder(folder.resolve("data"));
        files = folder.resolve("data/secrets/authority");
        authority = Authority.open(data, clock, new SecureRandom());
        certificates = new DeviceCertificates(database, authority, new Audit(database), clock);
        announcements = new Announcements(database, authority, clock);
        rollOver = node(authority);
    }

    private RollOver node(Authority of) {
        return new RollOver(
                database,
                new Rights(database, clock),
                of,
                keys -> Future.succeededFuture(keys.isEmpty() ? List.of() : waiting),
                DOCUMENTS,
                new Audit(database),
                new Blocking(vertx),
                clock);
    }

    private X509Certificate enrolled(String device) throws Exception {
        CertificateRequest request = CertificateRequest.parse(TestRequests.plain(TestRequests.p256()));
        X509Certificate certificate =
                await(database.inTransaction(connection -> certificates.enrol(connection, device, EPOCH, request)));
        certificates.changed(device);
        return certificate;
    }

    private DeviceIdentity judged(X509Certificate certificate) {
        return await(certificates.judge(Peer.showing(certificate)));
    }

    private Future<Announcements.Word> heard(DeviceIdentity device, long number) {
        return announcements.note(device, number).compose(noted -> announcements.word(device, number));
    }

    private static String refused(Future<?> attempt) {
        Throwable failure = catchThrowable(() -> await(attempt));
        while (failure != null && !(failure instanceof Refusal)) {
            failure = failure.getCause();
        }
        return failure == null ? "not refused" : String.valueOf(failure.getMessage());
    }

    @Test
    void issuers_are_replaced_without_losing_a_device() throws Exception {
        X509Certificate device = enrolled("analyser-1");
        X509Certificate root = authority.root();
        X509Certificate oldDevices = authority.issuer(Usage.DEVICES);
        OwnCertificates own = new OwnCertificates(authority, data, clock);
        OrderSigner signer = new OrderSigner(own);
        AllowlistSigner lists = new AllowlistSigner(own);
        String oldLists = lists.sign(new byte[0]).chain();
        String oldKey = signer.keyId();
        Credential oldServer = own.server("agents", Set.of("localhost"));

        // Announced: both are trusted, the old ones issue.
        assertThat(await(rollOver.rollIssuers(ANNA)).stage()).isEqualTo("ANNOUNCED");
        Announcement news = authority.announcement().orElseThrow();
        assertThat(news.number()).isEqualTo(1);
        assertThat(verifies(root, news.statement(), news.signatures().get(0).signature()))
                .isTrue();
        assertThat(DOCUMENTS.read(news.statement(), Anchors.class).getCertificate())
                .hasSize(7);
        assertThat(authority.issuer(Usage.DEVICES)).isEqualTo(oldDevices);
        assertThat(authority.trusted(Usage.DEVICES)).hasSize(2);
        assertThat(own.server("agents", Set.of("localhost")).leaf()).isEqualTo(oldServer.leaf());
        assertThat(lists.isOfToday(oldLists)).isTrue();

        // Not before the device has said that it pins them.
        assertThat(refused(rollOver.switchOver(ANNA, Set.of())))
                .contains("1 devices have not confirmed statement 1: analyser-1", "--lose analyser-1");
        DeviceIdentity identity = judged(device);
        assertThat(await(heard(identity, 0)).news()).contains(news);
        assertThat(refused(rollOver.switchOver(ANNA, Set.of()))).contains("analyser-1");
        assertThat(await(heard(identity, 1)).news()).isEmpty();
        assertThat(refused(rollOver.switchOver(ANNA, Set.of("analyser-1")))).contains("no device would be lost");
        assertThat(await(rollOver.switchOver(ANNA, Set.of())).stage()).isEqualTo("SWITCHED");

        // The new ones issue; the old certificate is still good, and its owner is asked to renew.
        assertThat(authority.issuer(Usage.DEVICES)).isNotEqualTo(oldDevices);
        assertThat(authority.root()).isEqualTo(root);
        own.server("agents", Set.of("localhost"))
                .leaf()
                .verify(authority.issuer(Usage.SERVERS).getPublicKey());
        assertThat(signer.keyId()).isNotEqualTo(oldKey);
        assertThat(lists.isOfToday(oldLists)).isFalse();
        assertThat(lists.isOfToday(lists.sign(new byte[0]).chain())).isTrue();
        assertThat(judged(device)).isEqualTo(identity);
        assertThat(await(heard(identity, 1)).renew()).isTrue();
        assertThat(refused(rollOver.retire(ANNA, Set.of())))
                .contains("1 devices still need the old authorities: analyser-1");
        Renewals renewals = new Renewals(
                database,
                authority,
                certificates,
                (connection, name, why) -> Future.succeededFuture(),
                new Audit(database),
                clock);
        X509Certificate next = await(renewals.renew(
                List.of(device), CertificateRequest.parse(TestRequests.plain(TestRequests.p256())), "192.0.2.7"));
        next.verify(authority.issuer(Usage.DEVICES).getPublicKey());
        // Until the new one is used, the old one may be.
        assertThat(refused(rollOver.retire(ANNA, Set.of()))).contains("analyser-1");
        DeviceIdentity renewed = judged(next);
        assertThat(await(heard(renewed, 1)).renew()).isFalse();

        // Nor while an order by the old signer is on its way.
        SignerCertificates signers = new SignerCertificates();
        waiting.add("analyser-7");
        postgres.execute("INSERT INTO signer_certificate VALUES ('" + oldKey + "', '\\x"
                + java.util.HexFormat.of().formatHex(oldServer.chain().get(1).getEncoded()) + "')");
        assertThat(signers).isNotNull();
        assertThat(refused(rollOver.retire(ANNA, Set.of()))).contains("analyser-7");
        waiting.clear();

        assertThat(await(rollOver.retire(ANNA, Set.of())).stage()).isEqualTo("STEADY");
        assertThat(authority.trusted(Usage.DEVICES)).containsExactly(authority.issuer(Usage.DEVICES));
        assertThat(authority.announcement().orElseThrow().number()).isEqualTo(2);
        assertThat(judged(next)).isEqualTo(renewed);
        assertThat(refused(certificates.judge(Peer.showing(device)))).contains("certificate-refused");
        assertThat(files.resolve("devices.key")).doesNotExist();
        assertThat(files.resolve("root.key")).exists();
        assertThat(Authority.open(data, clock, new SecureRandom()).issuer(Usage.DEVICES))
                .isEqualTo(authority.issuer(Usage.DEVICES));
        assertThat(postgres.value("SELECT string_agg(detail, ' | ' ORDER BY id) FROM audit_entry"
                        + " WHERE code = 'authority.changed'"))
                .contains("step=\"roll-issuers\"", "step=\"switch\"", "step=\"retire\" stage=STEADY number=2");
    }

    @Test
    void a_new_root_is_vouched_for_by_the_old_one_whose_key_is_elsewhere() throws Exception {
        Path safe = Files.move(files.resolve("root.key"), folder.resolve("root.key"));
        X509Certificate old = authority.root();

        RollOverStanding standing = await(rollOver.rollRoot(ANNA));

        assertThat(standing.stage()).isEqualTo("STATEMENT_UNSIGNED");
        assertThat(standing.toSign()).containsOnlyKeys("anchors-1");
        assertThat(authority.announcement()).isEmpty();
        assertThat(refused(rollOver.sign(ANNA, Map.of()))).contains("the signature of anchors-1 is missing");
        assertThat(refused(rollOver.sign(ANNA, Map.of("anchors-1", new byte[] {1, 2, 3}))))
                .contains("was not made by the key of CN=Fairlead root");
        assertThat(await(rollOver.sign(ANNA, openssl(safe, standing.toSign()))).stage())
                .isEqualTo("ANNOUNCED");

        Announcement news = authority.announcement().orElseThrow();
        assertThat(verifies(old, news.statement(), news.signatures().get(0).signature()))
                .isTrue();
        // The new root signs as well, for devices that enrol under it.
        assertThat(news.signatures()).hasSize(2);
        assertThat(authority.root()).isEqualTo(old);
        assertThat(await(rollOver.switchOver(ANNA, Set.of())).stage()).isEqualTo("SWITCHED");
        assertThat(authority.root()).isNotEqualTo(old);
        assertThat(authority.rootKeySha256()).isNotEqualTo(Authority.keySha256(old));
        // The new root's key is here, and its word counts by now.
        assertThat(await(rollOver.retire(ANNA, Set.of())).stage()).isEqualTo("STEADY");
    }

    @Test
    void new_issuers_under_a_root_whose_key_is_elsewhere_take_two_rounds_of_openssl() throws Exception {
        Path safe = Files.move(files.resolve("root.key"), folder.resolve("root.key"));

        RollOverStanding first = await(rollOver.rollIssuers(ANNA));
        assertThat(first.stage()).isEqualTo("ISSUERS_UNSIGNED");
        assertThat(first.toSign()).containsOnlyKeys("devices", "servers", "signers");
        RollOverStanding second = await(rollOver.sign(ANNA, openssl(safe, first.toSign())));
        assertThat(second.stage()).isEqualTo("STATEMENT_UNSIGNED");
        RollOverStanding third = await(rollOver.sign(ANNA, openssl(safe, second.toSign())));
        assertThat(third.stage()).isEqualTo("ANNOUNCED");

        for (String issuer : List.of("devices", "servers", "signers")) {
            assertThat(run(
                            "openssl",
                            "verify",
                            "-x509_strict",
                            "-CAfile",
                            files.resolve("root.crt").toString(),
                            files.resolve("2").resolve(issuer + ".crt").toString()))
                    .contains("OK");
        }
        assertThat(authority.trusted(Usage.SIGNERS)).hasSize(2);
    }

    @Test
    void what_is_begun_may_be_given_up_before_the_switch() throws Exception {
        X509Certificate devices = authority.issuer(Usage.DEVICES);
        Path key = Files.move(files.resolve("root.key"), folder.resolve("root.key"));
        assertThat(await(rollOver.rollIssuers(ANNA)).stage()).isEqualTo("ISSUERS_UNSIGNED");
        assertThat(refused(rollOver.rollRoot(ANNA))).contains("a roll-over is under way");
        assertThat(await(rollOver.cancel(ANNA)).stage()).isEqualTo("STEADY");
        assertThat(files.resolve("2")).doesNotExist();
        assertThat(refused(rollOver.cancel(ANNA))).contains("nothing to cancel");
        assertThat(refused(rollOver.switchOver(ANNA, Set.of()))).contains("is STEADY, this needs ANNOUNCED");

        Path back = Files.move(key, files.resolve("root.key"));
        assertThat(back).exists();
        assertThat(await(rollOver.rollIssuers(ANNA)).stage()).isEqualTo("ANNOUNCED");
        assertThat(await(rollOver.cancel(ANNA)).stage()).isEqualTo("STEADY");
        assertThat(authority.issuer(Usage.DEVICES)).isEqualTo(devices);
        assertThat(authority.trusted(Usage.DEVICES)).containsExactly(devices);
        assertThat(authority.announcement().orElseThrow().number()).isEqualTo(2);
    }

    @Test
    void a_switch_that_loses_devices_needs_all_their_names() throws Exception {
        assertThat(enrolled("analyser-1")).isNotNull();
        assertThat(enrolled("analyser-2")).isNotNull();
        X509Certificate third = enrolled("analyser-3");
        assertThat(await(rollOver.rollIssuers(ANNA)).active()).isEqualTo(3);
        assertThat(await(heard(judged(third), 1)).news()).isEmpty();

        assertThat(refused(rollOver.switchOver(ANNA, Set.of("analyser-1")))).contains("--lose analyser-1,analyser-2");
        assertThat(refused(rollOver.switchOver(ANNA, Set.of("analyser-1", "analyser-2", "analyser-3"))))
                .contains("--lose analyser-1,analyser-2");
        assertThat(await(rollOver.switchOver(ANNA, Set.of("analyser-1", "analyser-2")))
                        .stage())
                .isEqualTo("SWITCHED");
        assertThat(postgres.value("SELECT detail FROM audit_entry ORDER BY id DESC LIMIT 1"))
                .contains("lost=analyser-1, analyser-2");
    }

    @Test
    void a_device_that_enrols_anew_has_to_confirm_anew() throws Exception {
        DeviceIdentity before = judged(enrolled("analyser-1"));
        assertThat(await(rollOver.rollIssuers(ANNA)).unconfirmed()).containsExactly("analyser-1");
        assertThat(await(heard(before, 1)).news()).isEmpty();
        assertThat(await(rollOver.standing(ANNA)).unconfirmed()).isEmpty();

        CertificateRequest request = CertificateRequest.parse(TestRequests.plain(TestRequests.p256()));
        X509Certificate anew = await(database.inTransaction(
                connection -> certificates.enrol(connection, "analyser-1", EPOCH.replace('0', 'f'), request)));

        assertThat(anew).isNotNull();
        assertThat(await(rollOver.standing(ANNA)).unconfirmed()).containsExactly("analyser-1");
    }

    @Test
    void another_node_follows_at_once() throws Exception {
        Authority other = Authority.open(data, clock, new SecureRandom());
        Notifications notifications = new Notifications(vertx, postgres.appConnection(), Timers.of(vertx));
        CompletableFuture<Integer> trusted = new CompletableFuture<>();
        // Time stands still, so that nothing but the notification brings it.
        node(other).listenTo(notifications, (delay, call) -> () -> {});
        await(notifications.start());
        other.onChange(() -> trusted.complete(other.trusted(Usage.SERVERS).size()));

        assertThat(await(rollOver.rollRoot(ANNA)).stage()).isEqualTo("ANNOUNCED");

        assertThat(trusted.get(20, TimeUnit.SECONDS)).isEqualTo(2);
        assertThat(other.announcement().orElseThrow().number()).isEqualTo(1);
        // It may go on where the first one stopped.
        assertThat(await(node(other).switchOver(Actor.operatingSystem("ben"), Set.of()))
                        .stage())
                .isEqualTo("SWITCHED");
        await(notifications.close());
    }

    @Test
    void a_plan_that_cannot_be_read_stops_a_start_and_changes_nothing_in_a_running_node() throws Exception {
        assertThat(await(rollOver.rollIssuers(ANNA)).stage()).isEqualTo("ANNOUNCED");
        Files.writeString(files.resolve("plan.json"), "{");

        assertThat(catchThrowable(() -> Authority.open(data, clock, new SecureRandom())))
                .hasMessageContaining("plan.json cannot be read");
        assertThat(catchThrowable(authority::reload)).hasMessageContaining("plan.json cannot be read");
        assertThat(authority.trusted(Usage.DEVICES)).hasSize(2);
    }

    /** As the recipe in the operator's page says. */
    private Map<String, byte[]> openssl(Path key, Map<String, byte[]> toSign) throws Exception {
        Map<String, byte[]> signatures = new HashMap<>();
        for (Map.Entry<String, byte[]> one : toSign.entrySet()) {
            Path tbs = Files.write(folder.resolve(one.getKey() + ".tbs"), one.getValue());
            Path sig = folder.resolve(one.getKey() + ".sig");
            assertThat(run(
                            "openssl",
                            "dgst",
                            "-sha256",
                            "-sign",
                            key.toString(),
                            "-out",
                            sig.toString(),
                            tbs.toString()))
                    .isEmpty();
            signatures.put(one.getKey(), Files.readAllBytes(sig));
        }
        return signatures;
    }

    private static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes()).strip();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }

    private static boolean verifies(X509Certificate root, byte[] bytes, byte[] signature) throws Exception {
        Signature verifier = Signature.getInstance("SHA256withECDSA");
        verifier.initVerify(root.getPublicKey());
        verifier.update(bytes);
        return verifier.verify(signature);
    }
}
