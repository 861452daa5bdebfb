package io.fairlead.enterprise.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CertificateRequestTest {
    @Test
    void the_public_key_is_taken() throws Exception {
        KeyPair key = TestRequests.p256();
        CertificateRequest request = CertificateRequest.parse(TestRequests.plain(key));
        assertThat(request.key()).isEqualTo(key.getPublic());
        assertThat(request.keySha256())
                .isEqualTo(CertificateRequest.parse(TestRequests.greedy(key)).keySha256())
                .matches("[0-9a-f]{64}");
    }

    @Test
    void other_keys_are_refused() throws Exception {
        refused(TestRequests.plain(TestRequests.ec("secp384r1")));
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(2048);
        KeyPair key = rsa.generateKeyPair();
        refused(TestRequests.signed(key, key, "SHA256withRSA"));
        KeyPair ed = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        refused(TestRequests.signed(ed, ed, "Ed25519"));
    }

    @Test
    void a_request_signed_by_another_key_is_refused() throws Exception {
        refused(TestRequests.signed(TestRequests.p256(), TestRequests.p256(), "SHA256withECDSA"));
    }

    @Test
    void a_weak_hash_is_refused() throws Exception {
        KeyPair key = TestRequests.p256();
        refused(TestRequests.signed(key, key, "SHA1withECDSA"));
    }

    @Test
    void whatever_is_no_request_is_refused() throws Exception {
        byte[] good = TestRequests.plain(TestRequests.p256());
        refused(new byte[0]);
        refused("hello".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        refused(Arrays.copyOf(good, good.length - 1));
        refused(Arrays.copyOf(good, good.length + 1));
        refused(new byte[CertificateRequest.LIMIT + 1]);
        refused(new byte[] {0x30, (byte) 0x84, 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff});
    }

    @Test
    void no_altered_request_passes_and_none_breaks_the_parser() throws Exception {
        byte[] good = TestRequests.plain(TestRequests.p256());
        Random random = new Random(7);
        for (int i = 0; i < 500; i++) {
            byte[] altered = good.clone();
            int at = random.nextInt(altered.length);
            altered[at] ^= (byte) (1 + random.nextInt(255));
            // Another spelling of the same numbers passes BER; another meaning must not pass the signature.
            try {
                CertificateRequest read = CertificateRequest.parse(altered);
                assertThat(read.key()).isEqualTo(CertificateRequest.parse(good).key());
            } catch (Refusal refusal) {
                assertThat(refusal.fault()).isEqualTo(Fault.REQUEST_REFUSED);
            }
        }
    }

    private static void refused(byte[] request) {
        assertThatThrownBy(() -> CertificateRequest.parse(request))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.fault()).isEqualTo(Fault.REQUEST_REFUSED));
    }
}
