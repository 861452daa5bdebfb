package io.fairlead.agent.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.agent.link.Identity;
import io.fairlead.contract.agent.Protection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What leaves sealed is opened by OpenSSL with the customer's key, and by nobody without it. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SealingTest {
    private static final int CHUNK = 131_072;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"rsa:2048", "ec -pkeyopt ec_paramgen_curve:P-256", "ec -pkeyopt ec_paramgen_curve:P-384"})
    void a_file_is_opened_by_the_customers_key_and_is_whole(String key) throws Exception {
        X509Certificate certificate = certificate(key, 1);
        FilesRig rig = new FilesRig(folder.resolve("agent"));
        rig.encryptTo = Optional.of(certificate);
        byte[] content = FilesRig.random(1_000_003);
        Files.write(rig.out.resolve("run.log"), content);
        Path sealed = folder.resolve("sealed");
        try (FilesEnterprise enterprise = new FilesEnterprise(folder);
                Transfers transfers =
                        rig.transfers(FilesEnterprise.AUTHORITY.identity(enterprise.address(), "device-1"))) {
            transfers.start();
            FilesRig.done(transfers.upload(FilesRig.upload(FilesRig.id(1), "run.log")));
            FilesRig.await(
                    "complete",
                    () -> enterprise.uploads.containsKey(FilesRig.id(1))
                            && enterprise.uploads.get(FilesRig.id(1)).complete);
            FilesEnterprise.Upload upload = enterprise.uploads.get(FilesRig.id(1));
            assertThat(upload.offer.getProtection()).isEqualTo(Protection.CMS);
            assertThat(upload.offer.getName()).isEqualTo("run.log.p7m");
            Files.copy(upload.file, sealed);
        }
        assertThat(openssl("cms -decrypt -binary -inform DER -in sealed -inkey key.pem -out opened"))
                .isZero();
        assertThat(folder.resolve("opened")).hasBinaryContent(content);

        byte[] bytes = Files.readAllBytes(sealed);
        bytes[bytes.length / 2]++;
        Files.write(sealed, bytes);
        assertThat(openssl("cms -decrypt -binary -inform DER -in sealed -inkey key.pem -out forged"))
                .as("a byte was changed on the way")
                .isNotZero();
    }

    @Test
    void a_stop_in_the_middle_seals_nothing_anew_and_what_arrives_is_opened() throws Exception {
        FilesRig rig = new FilesRig(folder.resolve("agent"));
        rig.encryptTo = Optional.of(certificate("rsa:2048", 1));
        byte[] content = FilesRig.random(16 * CHUNK + 3);
        Files.write(rig.out.resolve("run.log"), content);
        String id = FilesRig.id(1);
        try (FilesEnterprise enterprise = new FilesEnterprise(folder)) {
            Identity identity = FilesEnterprise.AUTHORITY.identity(enterprise.address(), "device-1");
            // So slow that it cannot have ended before it is stopped.
            rig.rate = OptionalLong.of(CHUNK);
            try (Transfers transfers = rig.transfers(identity)) {
                transfers.start();
                FilesRig.done(transfers.upload(FilesRig.upload(id, "run.log")));
                FilesRig.await("begun", () -> enterprise.bytesIn.get() > 2 * CHUNK);
            }
            assertThat(enterprise.uploads.get(id).complete).isFalse();
            // What is sealed already no longer needs the file.
            Files.delete(rig.out.resolve("run.log"));
            rig.rate = OptionalLong.empty();
            try (Transfers transfers = rig.transfers(identity)) {
                transfers.start();
                FilesRig.await("complete", () -> enterprise.uploads.get(id).complete);
                FilesRig.await("forgotten", () -> transfers.progress().isEmpty());
            }
            assertThat(enterprise.bytesIn.get())
                    .isBetween(enterprise.uploads.get(id).offset, enterprise.uploads.get(id).offset + CHUNK);
            assertThat(rig.data).isEmptyDirectory();
            Files.copy(enterprise.uploads.get(id).file, folder.resolve("sealed"));
        }
        assertThat(openssl("cms -decrypt -binary -inform DER -in sealed -inkey key.pem -out opened"))
                .isZero();
        assertThat(folder.resolve("opened")).hasBinaryContent(content);
    }

    @Test
    void a_certificate_that_is_over_seals_nothing() throws Exception {
        Sealing sealing = new Sealing(certificate("rsa:2048", 1));

        assertThatThrownBy(() ->
                        sealing.over(new ByteArrayOutputStream(), Instant.now().plusSeconds(3 * 86_400)))
                .isInstanceOf(NotPossible.class)
                .hasMessageContaining("is valid from");
    }

    @Test
    void a_short_key_and_one_of_another_kind_are_not_taken() throws Exception {
        assertThat(Sealing.fault(certificate("rsa:1024", 1)))
                .hasValueSatisfying(why -> assertThat(why).contains("2048"));
        assertThat(Sealing.fault(certificate("ed25519", 1))).contains("its key is neither RSA nor EC");
        assertThat(Sealing.fault(certificate("rsa:2048", 1))).isEmpty();
    }

    private X509Certificate certificate(String key, int days) throws Exception {
        assertThat(openssl("req -x509 -newkey " + key + " -nodes -subj /CN=customer -days " + days
                        + " -keyout key.pem -out cert.pem"))
                .isZero();
        try (InputStream in = Files.newInputStream(folder.resolve("cert.pem"))) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    private int openssl(String arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments.split(" ")));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("openssl.log").toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }
}
