package io.fairlead.enterprise.agentlane;

import io.fairlead.enterprise.identity.DeviceCertificates;
import io.fairlead.enterprise.identity.DeviceIdentity;
import io.fairlead.enterprise.identity.TlsOptions;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLSession;

/** Who is there: the cipher and the certificate of a connection, judged anew at each request and each answer. */
final class PeerDoor {
    private final DeviceCertificates certificates;

    PeerDoor(DeviceCertificates certificates) {
        this.certificates = certificates;
    }

    Future<DeviceIdentity> judge(HttpServerRequest request) {
        return suitable(request).compose(session -> certificates.judge(TlsOptions.peerChain(session)));
    }

    /** As {@link #judge}, but an identity that is held passes: to take note of who holds it. */
    Future<DeviceIdentity> recognise(HttpServerRequest request) {
        return suitable(request).compose(session -> certificates.recognise(TlsOptions.peerChain(session)));
    }

    /** Until when the certificate is good of a peer that was judged. */
    static Instant certified(HttpServerRequest request) {
        List<X509Certificate> chain =
                Objects.requireNonNull(TlsOptions.peerChain(request.connection().sslSession()));
        return chain.get(0).getNotAfter().toInstant();
    }

    private static Future<SSLSession> suitable(HttpServerRequest request) {
        SSLSession session = request.connection().sslSession();
        if (session == null || !TlsOptions.acceptable(session)) {
            return Future.failedFuture(new Refusal(Fault.CIPHER_REFUSED, "another cipher suite"));
        }
        return Future.succeededFuture(session);
    }
}
