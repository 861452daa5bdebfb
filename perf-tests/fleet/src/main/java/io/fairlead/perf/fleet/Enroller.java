package io.fairlead.perf.fleet;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Makes devices by EST (RFC 7030) with one-time codes, as an agent does: the authorities over a connection on which nothing
 * secret is said, the code and the certificate request over one that these authorities vouch for. Unlike agents, devices
 * enrolled one after the other share connections. Blocks; several threads may enrol at once.
 */
final class Enroller {
    private static final String EST = "/.well-known/est/";
    private static final Duration READ = Duration.ofSeconds(30);
    private static final int BUSY = 503;
    private static final int MOST_TRIES = 60;

    /** A device as the server made it; not kept yet. */
    record Issued(String device, PrivateKey key, X509Certificate certificate, Authorities authorities) {
        Identity inRow(int row) throws CertificateException {
            return new Identity(row, device, key.getEncoded(), certificate.getEncoded(), authorities);
        }
    }

    private @Nullable Authorities authorities;
    private @Nullable HttpClient pinned;

    /** @param known of an earlier run; null when they are to be asked for */
    Enroller(@Nullable Authorities known) {
        this.authorities = known;
    }

    /** @throws IOException when the server cannot be reached, is another, or refuses */
    Issued enrol(String device, EnrolmentString code) throws IOException, InterruptedException {
        try {
            HttpClient client = clientFor(code);
            KeyPair key = newKey();
            HttpResponse<byte[]> answer = patiently(
                    client,
                    HttpRequest.newBuilder(at(code, "simpleenroll"))
                            .timeout(READ)
                            .header("Authorization", "Basic " + base64(code.codeId() + ":" + code.secret()))
                            .header("Content-Type", "application/pkcs10")
                            .header("Content-Transfer-Encoding", "base64")
                            .POST(HttpRequest.BodyPublishers.ofByteArray(
                                    Base64.getMimeEncoder().encode(request(key))))
                            .build());
            X509Certificate issued = certificates(answer, code).get(0);
            Authorities pinnedCas = known();
            X509Certificate issuer = pinnedCas.issuerOf(issued);
            assert issuer != null;
            if (!issued.getPublicKey().equals(key.getPublic())
                    || !issued.getSubjectX500Principal().getName().contains("CN=" + device)) {
                throw new CertificateException("a certificate for another device or key than " + device);
            }
            return new Issued(device, key.getPrivate(), issued, pinnedCas);
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IOException(code.server() + " issued what " + device + " cannot use: " + e.getMessage(), e);
        }
    }

    /** Those that the strings' root vouches for; once something was enrolled. */
    synchronized Authorities known() {
        if (authorities == null) {
            throw new IllegalStateException("nothing was enrolled yet");
        }
        return authorities;
    }

    private synchronized HttpClient clientFor(EnrolmentString code)
            throws IOException, InterruptedException, GeneralSecurityException {
        if (authorities == null) {
            HttpClient provisional = client(new Anybody());
            HttpResponse<byte[]> answer = patiently(
                    provisional,
                    HttpRequest.newBuilder(at(code, "cacerts")).timeout(READ).build());
            authorities = Authorities.find(certificates(answer, code), code.rootKeyHash());
        } else if (!authorities.rootKeyHash().equals(code.rootKeyHash())) {
            throw new IOException("these identities are another enterprise's than " + code.server()
                    + "'s; remove their folder, or name another");
        }
        if (pinned == null) {
            pinned = client(authorities.servers());
        }
        return pinned;
    }

    private static HttpClient client(TrustManager believed) throws GeneralSecurityException {
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, new TrustManager[] {believed}, null);
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(10))
                .sslContext(tls)
                .build();
    }

    /** Asks again where the server puts off. */
    private static HttpResponse<byte[]> patiently(HttpClient client, HttpRequest request)
            throws IOException, InterruptedException {
        for (int tries = 1; ; tries++) {
            HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() != BUSY || tries == MOST_TRIES) {
                return answer;
            }
            long seconds = answer.headers().firstValueAsLong("Retry-After").orElse(1);
            Thread.sleep(Duration.ofSeconds(Math.max(1, seconds)).toMillis());
        }
    }

    private static List<X509Certificate> certificates(HttpResponse<byte[]> answer, EnrolmentString code)
            throws IOException, CertificateException {
        if (answer.statusCode() != 200) {
            throw new IOException(code.server() + " answered HTTP " + answer.statusCode() + " "
                    + answer.headers().firstValue("Fairlead-Fault").orElse(""));
        }
        List<X509Certificate> certificates =
                Authorities.read(Base64.getMimeDecoder().decode(answer.body()));
        if (certificates.isEmpty()) {
            throw new CertificateException("no certificate in the answer");
        }
        return certificates;
    }

    private static URI at(EnrolmentString code, String name) {
        return URI.create("https://" + code.server() + EST + name);
    }

    private static KeyPair newKey() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static byte[] request(KeyPair key) throws OperatorCreationException, IOException {
        return new JcaPKCS10CertificationRequestBuilder(new X500Principal("CN=Fairlead device"), key.getPublic())
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate()))
                .getEncoded();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }
}
