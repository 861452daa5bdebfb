package io.fairlead.enterprise.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.enterprise.kernel.DataFolder;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthorityTest {
    private final Clock clock = Clock.systemUTC();

    @TempDir
    Path folder;

    private Path secrets;
    private DataFolder data;

    @BeforeEach
    void make() {
        data = new DataFolder(folder.resolve("data"));
        secrets = folder.resolve("data/secrets");
    }

    private Authority open() {
        return Authority.open(data, clock, new SecureRandom());
    }

    @Test
    void the_first_start_makes_a_root_and_three_issuers_under_it() throws Exception {
        Authority authority = open();
        X509Certificate root = authority.root();
        root.verify(root.getPublicKey());
        assertThat(root.getBasicConstraints()).isEqualTo(1);
        assertThat(root.getSubjectX500Principal().getName()).startsWith("CN=Fairlead root ");
        assertThat(years(root)).isEqualTo(20);
        for (Usage usage : Usage.values()) {
            X509Certificate issuer = authority.issuer(usage);
            issuer.verify(root.getPublicKey());
            assertThat(issuer.getBasicConstraints()).isZero();
            assertThat(issuer.getExtendedKeyUsage()).containsExactly(usage.oid());
            assertThat(issuer.getSubjectX500Principal().getName()).startsWith("CN=Fairlead " + usage.word() + " ");
            assertThat(issuer.getKeyUsage()).containsExactly(keyUsage(5, 6));
            assertThat(years(issuer)).isEqualTo(10);
        }
    }

    @Test
    void its_files_are_for_the_servers_account_only() throws Exception {
        assertThat(open()).isNotNull();
        Path made = secrets.resolve("authority");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                .isEqualTo("rwx------");
        try (var files = Files.list(made)) {
            assertThat(files.toList())
                    .hasSize(8)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
        assertThat(Files.readString(made.resolve("root.key"))).startsWith("-----BEGIN PRIVATE KEY-----");
    }

    @Test
    void the_second_start_loads_the_same() throws Exception {
        Authority first = open();
        Authority second = open();
        assertThat(second.root()).isEqualTo(first.root());
        assertThat(second.rootKeySha256()).isEqualTo(first.rootKeySha256());
        assertThat(second.certificates()).isEqualTo(first.certificates());
        assertThat(first.fresh()).isTrue();
        assertThat(second.fresh()).isFalse();
    }

    @Test
    void all_works_when_the_root_key_has_been_taken_away() throws Exception {
        Authority first = open();
        Files.delete(secrets.resolve("authority/root.key"));
        Authority second = open();
        assertThat(second.root()).isEqualTo(first.root());
        X509Certificate device = second.device(TestRequests.p256().getPublic(), "analyser-1", "0".repeat(32));
        device.verify(first.issuer(Usage.DEVICES).getPublicKey());
    }

    @Test
    void a_first_start_that_broke_off_is_made_again() throws Exception {
        Path half = Files.createDirectory(secrets.resolve("authority.new"));
        Files.writeString(half.resolve("root.key"), "-----BEGIN PRIV");
        Authority authority = open();
        authority.issuer(Usage.SERVERS).verify(authority.root().getPublicKey());
        assertThat(half).doesNotExist();
        assertThat(open().root()).isEqualTo(authority.root());
    }

    @Test
    void an_authority_with_a_lost_or_damaged_file_is_refused_and_not_replaced() throws Exception {
        assertThat(open()).isNotNull();
        for (String name : List.of("devices.key", "signers.crt", "root.crt")) {
            Path file = secrets.resolve("authority").resolve(name);
            byte[] content = Files.readAllBytes(file);
            Files.delete(file);
            assertThatThrownBy(this::open).hasMessageContaining(name).hasMessageContaining("restore");
            Files.write(file, new byte[0]);
            assertThatThrownBy(this::open).hasMessageContaining(name).hasMessageContaining("restore");
            Files.write(file, content);
        }
        assertThat(open()).isNotNull();
    }

    @Test
    void files_of_another_authority_are_refused() throws Exception {
        assertThat(open()).isNotNull();
        Path other = folder.resolve("other/secrets");
        assertThat(Authority.open(new DataFolder(folder.resolve("other")), clock, new SecureRandom()))
                .isNotNull();
        Path key = secrets.resolve("authority/devices.key");
        byte[] own = Files.readAllBytes(key);
        Files.copy(other.resolve("authority/devices.key"), key, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(this::open).hasMessageContaining("not the key of devices.crt");
        Files.write(key, own);
        Files.copy(
                other.resolve("authority/servers.crt"),
                secrets.resolve("authority/servers.crt"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(this::open).hasMessageContaining("not signed by the root");
    }

    @Test
    void it_names_its_certificates_in_pkcs7_and_its_root_by_hash() throws Exception {
        Authority authority = open();
        var read = CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(authority.certificates()));
        assertThat(read)
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.COLLECTION)
                .containsExactlyInAnyOrder(
                        authority.root(),
                        authority.issuer(Usage.DEVICES),
                        authority.issuer(Usage.SERVERS),
                        authority.issuer(Usage.SIGNERS));
        byte[] hash = MessageDigest.getInstance("SHA-256")
                .digest(authority.root().getPublicKey().getEncoded());
        assertThat(Base64.getUrlDecoder().decode(authority.rootKeySha256())).isEqualTo(hash);
    }

    @Test
    void a_request_that_asks_for_more_gets_exactly_the_template() throws Exception {
        Authority authority = open();
        Instant before = clock.instant();
        var key = TestRequests.p256();
        CertificateRequest request = CertificateRequest.parse(TestRequests.greedy(key));
        X509Certificate device = authority.device(request.key(), "analyser-1", "0123456789abcdef".repeat(2));
        device.verify(authority.issuer(Usage.DEVICES).getPublicKey());
        assertThat(device.getPublicKey()).isEqualTo(key.getPublic());
        assertThat(device.getSubjectX500Principal().getName()).isEqualTo("CN=analyser-1");
        assertThat(device.getBasicConstraints()).isEqualTo(-1);
        assertThat(device.getKeyUsage()).containsExactly(keyUsage(0));
        assertThat(device.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
        assertThat(device.getSubjectAlternativeNames())
                .containsExactly(List.of(6, "urn:fairlead:enrolment:0123456789abcdef0123456789abcdef"));
        assertThat(device.getCriticalExtensionOIDs()).containsExactlyInAnyOrder("2.5.29.15", "2.5.29.19");
        assertThat(device.getNonCriticalExtensionOIDs())
                .containsExactlyInAnyOrder("2.5.29.14", "2.5.29.35", "2.5.29.37", "2.5.29.17");
        assertThat(device.getNotBefore().toInstant()).isBefore(before);
        assertThat(Duration.between(
                        device.getNotBefore().toInstant(), device.getNotAfter().toInstant()))
                .isEqualTo(Duration.ofDays(90));
        assertThat(device.getSerialNumber().bitLength()).isBetween(90, 128);
    }

    @Test
    void no_certificate_outlives_its_issuer() throws Exception {
        TestClock late = new TestClock(Instant.now());
        Authority authority = Authority.open(data, late, new SecureRandom());
        late.advance(Duration.ofDays(10 * 365 - 10));
        X509Certificate device = authority.device(TestRequests.p256().getPublic(), "analyser-1", "0".repeat(32));
        assertThat(device.getNotAfter())
                .isEqualTo(authority.issuer(Usage.DEVICES).getNotAfter());
    }

    private static long years(X509Certificate certificate) {
        return Duration.between(
                                certificate.getNotBefore().toInstant(),
                                certificate.getNotAfter().toInstant())
                        .toDays()
                / 365;
    }

    private static boolean[] keyUsage(int... bits) {
        boolean[] usage = new boolean[9];
        for (int bit : bits) {
            usage[bit] = true;
        }
        return usage;
    }
}
