package io.fairlead.enterprise.audit;

import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.enterprise.identity.Authority;
import io.fairlead.enterprise.identity.Credential;
import io.fairlead.enterprise.identity.OwnCertificates;
import io.fairlead.enterprise.kernel.DataFolder;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A receiver that asks for a certificate, as most do in earnest. */
class SyslogClientCertificateTest {
    @TempDir
    Path folder;

    private TestSeal rig;
    private Sealer sealer;
    private Credential siem;
    private Issuer issuer;
    private SyslogForwarder forwarder;

    @BeforeEach
    void start() throws Exception {
        rig = new TestSeal(folder.resolve("own"));
        sealer = rig.sealer();
        DataFolder data = new DataFolder(folder.resolve("siem"));
        siem = new OwnCertificates(Authority.open(data, Clock.systemUTC(), new SecureRandom()), data, Clock.systemUTC())
                .server("siem", Set.of("localhost"));
        write("ca.pem", "CERTIFICATE", siem.chain().get(1).getEncoded());
        issuer = new Issuer("CN=Clients of the receiver");
    }

    @AfterEach
    void stop() {
        if (forwarder != null) {
            forwarder.stop();
        }
        rig.close();
    }

    @Test
    void a_receiver_that_asks_for_a_certificate_is_shown_ours() throws Exception {
        show(issuer, Duration.ofDays(1));
        try (SyslogReceiver receiver = new SyslogReceiver(siem, 0, issuer.certificate)) {
            record(3);
            forward(receiver.port());
            until(() -> forwarder.confirmed() == 3);

            assertThat(receiver.shown).contains("CN=fl-1");
            assertThat(forwarder.trouble()).isEmpty();
        }
    }

    @Test
    void anothers_certificate_and_an_expired_one_lose_nothing_and_a_good_one_is_taken_without_a_new_start()
            throws Exception {
        show(new Issuer("CN=Somebody else"), Duration.ofDays(1));
        try (SyslogReceiver receiver = new SyslogReceiver(siem, 0, issuer.certificate)) {
            record(3);
            forward(receiver.port());
            until(() -> said("by CN=Somebody else in " + folder.resolve("client.crt")));

            show(issuer, Duration.ofDays(-1));
            until(() -> said("the certificate in " + folder.resolve("client.crt") + " ended at "));

            Files.writeString(folder.resolve("client.key"), "half a");
            Files.writeString(folder.resolve("client.crt"), "half a");
            until(() -> said("client.crt holds no certificate"));
            record(2);
            assertThat(receiver.messages).isEmpty();
            assertThat(forwarder.confirmed()).isZero();

            show(issuer, Duration.ofDays(1));
            until(() -> forwarder.confirmed() == 5);
            assertThat(receiver.messages.stream().filter(one -> one.contains("[audit@32473 number=")))
                    .hasSize(5);
            until(() -> forwarder.trouble().isEmpty());
        }
    }

    @Test
    void where_none_is_configured_the_trouble_says_so() throws Exception {
        try (SyslogReceiver receiver = new SyslogReceiver(siem, 0, issuer.certificate)) {
            record(1);
            forward(receiver.port());
            until(() -> said("no certificate is configured to be shown to the receiver"));
            assertThat(receiver.messages).isEmpty();
        }
    }

    private boolean said(String part) {
        return forwarder.trouble().filter(trouble -> trouble.contains(part)).isPresent();
    }

    private void record(int rows) {
        rig.record(rows);
        assertThat(await(sealer.seal())).isEqualTo(rows);
    }

    private void forward(int port) {
        Path certificate = folder.resolve("client.crt");
        forwarder = new SyslogForwarder(
                rig.vertx,
                rig.database,
                new SyslogTarget(
                        "localhost",
                        port,
                        folder.resolve("ca.pem"),
                        Files.exists(certificate)
                                ? Optional.of(new SyslogTarget.Client(certificate, folder.resolve("client.key")))
                                : Optional.empty()),
                "fl-1",
                sealer::works,
                Clock.systemUTC(),
                Duration.ofMillis(50));
        forwarder.start();
    }

    /** @param life from now on; negative for one that has ended */
    private void show(Issuer by, Duration life) throws Exception {
        KeyPair key = newKey();
        Instant begun = Instant.now().minus(Duration.ofDays(2));
        X509Certificate certificate =
                by.issue("CN=fl-1", key, begun, Instant.now().plus(life), false);
        write("client.key", "PRIVATE KEY", key.getPrivate().getEncoded());
        write("client.crt", "CERTIFICATE", certificate.getEncoded());
    }

    private void write(String name, String label, byte[] der) throws IOException {
        Files.writeString(
                folder.resolve(name),
                "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + label
                        + "-----\n");
    }

    private static KeyPair newKey() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair();
    }

    private static final class Issuer {
        private final X500Name name;
        private final KeyPair key = newKey();
        private final X509Certificate certificate;

        Issuer(String name) throws Exception {
            this.name = new X500Name(name);
            Instant now = Instant.now();
            this.certificate = issue(name, key, now.minus(Duration.ofDays(3)), now.plus(Duration.ofDays(3)), true);
        }

        X509Certificate issue(String subject, KeyPair of, Instant from, Instant to, boolean issuer) throws Exception {
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    name,
                    new BigInteger(64, new SecureRandom()),
                    Date.from(from),
                    Date.from(to),
                    new X500Name(subject),
                    of.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(issuer));
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate())));
        }
    }

    private static void until(BooleanSupplier reached) throws InterruptedException {
        for (int i = 0; i < 400 && !reached.getAsBoolean(); i++) {
            Thread.sleep(50);
        }
        assertThat(reached.getAsBoolean()).isTrue();
    }
}
