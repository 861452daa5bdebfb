package io.fairlead.enterprise.agentlane;

import io.fairlead.enterprise.identity.DeviceCertificates;
import io.fairlead.enterprise.identity.DeviceIdentity;
import io.fairlead.enterprise.identity.Peer;
import io.fairlead.enterprise.identity.TlsOptions;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import javax.net.ssl.SSLSession;

/** Who is there: the cipher and the certificate of a connection, judged anew at each request and each answer. */
final class PeerDoor {
    private final DeviceCertificates certificates;

    PeerDoor(DeviceCertificates certificates) {
        this.certificates = certificates;
    }

    Future<DeviceIdentity> judge(HttpServerRequest request) {
        return suitable(request).compose(session -> certificates.judge(Peer.of(session)));
    }

    /** As {@link #judge}, but an identity that is held passes: to take note of who holds it. */
    Future<DeviceIdentity> recognise(HttpServerRequest request) {
        return suitable(request).compose(session -> certificates.recognise(Peer.of(session)));
    }

    private static Future<SSLSession> suitable(HttpServerRequest request) {
        SSLSession session = request.connection().sslSession();
        if (session == null || !TlsOptions.acceptable(session)) {
            return Future.failedFuture(new Refusal(Fault.CIPHER_REFUSED, "another cipher suite"));
        }
        return Future.succeededFuture(session);
    }
}
