package io.fairlead.enterprise.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientCertificateTest {
    private static final Instant FROM = Instant.parse("2026-11-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2027-11-01T00:00:00Z");
    private static final TestCertificate ERP = TestCertificate.of("CN=erp,O=St. Mary", FROM, TO);

    @Test
    void a_certificate_is_read_from_pem_whatever_stands_around_it() throws Exception {
        ClientCertificate read =
                ClientCertificate.of("subject=CN = erp\r\n" + ERP.pem().replace("\n", "\r\n") + "\n");

        assertThat(read)
                .isEqualTo(new ClientCertificate(
                        HexFormat.of()
                                .formatHex(MessageDigest.getInstance("SHA-256")
                                        .digest(ERP.certificate().getEncoded())),
                        "O=St. Mary,CN=erp",
                        "EC P-256",
                        FROM,
                        TO));
    }

    @Test
    void what_is_no_single_certificate_is_refused_and_a_private_key_before_all() {
        refused("", "no certificate as PEM");
        refused("fla_secret", "no certificate as PEM");
        refused(ERP.pem() + ERP.pem(), "there are 2 certificates");
        refused(ERP.keyPem(), "private key");
        refused(ERP.pem() + ERP.keyPem(), "private key");
        refused(ERP.pem().replaceFirst("M", "A"), "damaged");
        refused("-----BEGIN CERTIFICATE-----\nAAAA=A\n-----END CERTIFICATE-----", "damaged");
        refused("x".repeat(ClientCertificate.LONGEST + 1), "longer than");
    }

    @ParameterizedTest
    @CsvSource({"RSA,2048,RSA 2048", "EC,secp256r1,EC P-256", "EC,secp384r1,EC P-384"})
    void keys_that_tls_takes_are_taken(String algorithm, String size, String name) {
        assertThat(made(TestCertificate.key(algorithm, size)).read().key()).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({
        "RSA,1024,RSA of 1024 bits",
        "EC,secp521r1,EC on another curve",
        "Ed25519,'',Ed25519 or Ed448",
    })
    void others_are_refused_with_what_is_taken(String algorithm, String size, String what) {
        refused(
                made(TestCertificate.key(algorithm, size)).pem(),
                "its key is " + what + ", which TLS does not take here: make one with EC P-256");
    }

    @Test
    void a_subject_is_a_line_for_people() {
        String subject = TestCertificate.of("CN=a\u202eb\u0007" + "c".repeat(400), FROM, TO)
                .read()
                .subject();

        assertThat(subject).startsWith("CN=a?b?ccc").hasSize(300);
    }

    private static TestCertificate made(KeyPair key) {
        return TestCertificate.of("CN=erp", key, FROM, TO);
    }

    private static void refused(String pem, String why) {
        assertThatThrownBy(() -> ClientCertificate.of(pem))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.fault()).isEqualTo(Fault.INVALID))
                .hasMessageContaining(why);
    }
}
