package io.fairlead.enterprise.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.enterprise.kernel.DataFolder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnCertificatesTest {
    private final TestClock clock = new TestClock(Instant.now());

    @TempDir
    Path folder;

    private DataFolder data;

    private Authority authority;
    private OwnCertificates certificates;

    @BeforeEach
    void open() throws Exception {
        data = new DataFolder(folder.resolve("data"));
        authority = Authority.open(data, clock, new SecureRandom());
        certificates = new OwnCertificates(authority, data, clock);
    }

    @Test
    void a_listeners_certificate_has_its_names_and_addresses() throws Exception {
        Credential server = certificates.server("agents", Set.of("agents.example.org", "127.0.0.1", "::1"));
        X509Certificate leaf = server.leaf();
        assertThat(server.chain()).containsExactly(leaf, authority.issuer(Usage.SERVERS));
        leaf.verify(authority.issuer(Usage.SERVERS).getPublicKey());
        assertThat(leaf.getSubjectAlternativeNames().stream()
                        .map(List::toString)
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrder("[2, agents.example.org]", "[7, 127.0.0.1]", "[7, 0:0:0:0:0:0:0:1]");
        assertThat(leaf.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
        assertThat(leaf.getBasicConstraints()).isEqualTo(-1);
    }

    @Test
    void it_stays_the_same_until_two_thirds_of_its_life_are_over() throws Exception {
        Set<String> names = Set.of("localhost", "127.0.0.1", "::1");
        Credential first = certificates.server("agents", names);
        clock.advance(Duration.ofDays(59));
        assertThat(new OwnCertificates(authority, data, clock)
                        .server("agents", names)
                        .leaf())
                .isEqualTo(first.leaf());
        clock.advance(Duration.ofDays(1));
        Credential second = certificates.server("agents", names);
        assertThat(second.leaf()).isNotEqualTo(first.leaf());
        assertThat(second.leaf().getNotAfter().toInstant())
                .isAfter(clock.instant().plus(Duration.ofDays(89)));
    }

    @Test
    void other_names_make_another() throws Exception {
        Credential first = certificates.server("agents", Set.of("localhost"));
        assertThat(certificates
                        .server("agents", Set.of("localhost", "agents.example.org"))
                        .leaf())
                .isNotEqualTo(first.leaf());
        assertThat(certificates.server("people", Set.of("localhost")).leaf()).isNotEqualTo(first.leaf());
    }

    @Test
    void a_damaged_file_is_replaced() throws Exception {
        Credential first = certificates.server("agents", Set.of("localhost"));
        Files.writeString(data.secretPath("own-agents.pem"), "-----BEGIN PRIVATE KEY-----\nAAAA");
        Credential second = certificates.server("agents", Set.of("localhost"));
        assertThat(second.leaf()).isNotEqualTo(first.leaf());
        assertThat(certificates.server("agents", Set.of("localhost")).leaf()).isEqualTo(second.leaf());
    }

    @Test
    void an_order_is_signed_so_that_its_certificate_verifies_it() throws Exception {
        OrderSigner signer = new OrderSigner(certificates);
        byte[] order = "<Order/>".getBytes(StandardCharsets.UTF_8);
        SignedBytes signed = signer.sign(order);
        X509Certificate certificate = Pem.certificate(signed.certificate());
        certificate.verify(authority.issuer(Usage.SIGNERS).getPublicKey());
        assertThat(certificate.getExtendedKeyUsage()).containsExactly("2.25.198713.1");
        assertThat(signed.bytes()).isSameAs(order);
        assertThat(verifies(certificate, signed)).isTrue();
        byte[] hash = MessageDigest.getInstance("SHA-256")
                .digest(certificate.getPublicKey().getEncoded());
        assertThat(signed.keyId())
                .isEqualTo(HexFormat.of().formatHex(hash, 0, 16))
                .isEqualTo(signer.keyId());
        assertThat(signer.certificate()).isEqualTo(signed.certificate());
    }

    @Test
    void many_threads_sign_at_once() throws Exception {
        OrderSigner signer = new OrderSigner(certificates);
        X509Certificate certificate = Pem.certificate(signer.certificate());
        List<SignedBytes> all = IntStream.range(0, 200)
                .parallel()
                .mapToObj(i -> signer.sign(("order " + i).getBytes(StandardCharsets.UTF_8)))
                .toList();
        for (SignedBytes signed : all) {
            assertThat(verifies(certificate, signed)).isTrue();
        }
    }

    @Test
    void the_signers_key_survives_a_restart_and_is_replaced_in_time() throws Exception {
        OrderSigner signer = new OrderSigner(certificates);
        String first = signer.keyId();
        assertThat(new OrderSigner(new OwnCertificates(authority, data, clock)).keyId())
                .isEqualTo(first);
        clock.advance(Duration.ofDays(500));
        assertThat(signer.keyId()).isNotEqualTo(first);
        SignedBytes signed = signer.sign(new byte[] {1});
        assertThat(verifies(Pem.certificate(signed.certificate()), signed)).isTrue();
    }

    @Test
    void keys_are_kept_as_pkcs8() throws Exception {
        Credential server = certificates.server("agents", Set.of("localhost"));
        assertThat(Pem.key(Files.readAllBytes(data.secretPath("own-agents.pem"))))
                .isEqualTo(server.key());
        assertThat(KeyFactory.getInstance("EC")
                        .getKeySpec(server.key(), java.security.spec.ECPrivateKeySpec.class)
                        .getParams()
                        .getOrder()
                        .bitLength())
                .isEqualTo(256);
    }

    private static boolean verifies(X509Certificate certificate, SignedBytes signed) throws Exception {
        Signature verifier = Signature.getInstance("SHA256withECDSA");
        verifier.initVerify(certificate.getPublicKey());
        verifier.update(signed.bytes());
        return verifier.verify(signed.signature());
    }
}
