package io.fairlead.enterprise.notification;

import static io.fairlead.enterprise.kernel.TestDatabase.await;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A subscriber's end, with a certificate of its own making. Keeps what comes, and answers as the test says. */
final class TestReceiver {
    static final String TAKEN = "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>"
            + "<NotifyResponse xmlns=\"urn:fairlead:integration:1:consumer\"/></s:Body></s:Envelope>";

    final List<String> bodies = new CopyOnWriteArrayList<>();
    final List<String> heads = new CopyOnWriteArrayList<>();
    final AtomicInteger connections = new AtomicInteger();
    final String certificate;
    private final HttpServer server;
    private volatile Handler<HttpServerRequest> answer = request -> answer(request, 200, TAKEN);

    TestReceiver(Vertx vertx, String address, String name) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        KeyPair key = generator.generateKeyPair();
        certificate = pem("CERTIFICATE", certificate(name, key).getEncoded());
        HttpServerOptions options = new HttpServerOptions()
                .setSsl(true)
                .setKeyCertOptions(new PemKeyCertOptions()
                        .addCertValue(Buffer.buffer(certificate))
                        .addKeyValue(Buffer.buffer(
                                pem("PRIVATE KEY", key.getPrivate().getEncoded()))));
        server = await(listening(vertx.createHttpServer(options)).listen(0, address));
    }

    /** By http. */
    TestReceiver(Vertx vertx, String address) {
        certificate = "";
        server = await(listening(vertx.createHttpServer()).listen(0, address));
    }

    private HttpServer listening(HttpServer made) {
        return made.connectionHandler(opened -> {
                    int unused = connections.incrementAndGet();
                })
                .requestHandler(request -> {
                    heads.add(request.headers().entries().toString());
                    request.body().onSuccess(body -> {
                        bodies.add(body.toString(StandardCharsets.UTF_8));
                        answer.handle(request);
                    });
                });
    }

    private static X509Certificate certificate(String name, KeyPair key) throws Exception {
        X500Name subject = new X500Name("CN=" + name);
        Instant now = Instant.now();
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                subject,
                new BigInteger(64, new SecureRandom()),
                Date.from(now.minus(Duration.ofDays(1))),
                Date.from(now.plus(Duration.ofDays(1))),
                subject,
                key.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        builder.addExtension(
                Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName(GeneralName.dNSName, name)));
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate())));
    }

    private static String pem(String what, byte[] bytes) {
        return "-----BEGIN " + what + "-----\n" + Base64.getMimeEncoder().encodeToString(bytes) + "\n-----END " + what
                + "-----\n";
    }

    void answers(int status, String body) {
        answer = request -> answer(request, status, body);
    }

    void answers(Handler<HttpServerRequest> with) {
        answer = with;
    }

    private static void answer(HttpServerRequest request, int status, String body) {
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "text/xml; charset=utf-8")
                .end(body)
                .onFailure(gone -> {});
    }

    int port() {
        return server.actualPort();
    }

    /** The numbers of the notifications that came, call by call. */
    List<String> numbers() {
        return bodies.stream().map(TestReceiver::numbers).toList();
    }

    private static String numbers(String body) {
        return Pattern.compile("number>(\\d+)<")
                .matcher(body)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.joining(","));
    }
}
