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

/** Who is there: the cipher and the certificate of a connection; whether he may pass is judged anew at each request and answer. */
final class PeerDoor {
    private final DeviceCertificates certificates;

    PeerDoor(DeviceCertificates certificates) {
        this.certificates = certificates;
    }

    Future<DeviceIdentity> judge(HttpServerRequest request) {
        return Future.succeededFuture(request).map(PeerDoor::peer).compose(certificates::judge);
    }

    /**
     * Who is at the other end of a request's connection, for as long as it lasts.
     *
     * @throws Refusal CIPHER_REFUSED, NO_CERTIFICATE or CERTIFICATE_REFUSED
     */
    static Peer peer(HttpServerRequest request) {
        SSLSession session = request.connection().sslSession();
        if (session == null || !TlsOptions.acceptable(session)) {
            throw new Refusal(Fault.CIPHER_REFUSED, "another cipher suite");
        }
        return Peer.of(session);
    }
}
