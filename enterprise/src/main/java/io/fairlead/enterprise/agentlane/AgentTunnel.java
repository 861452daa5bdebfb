package io.fairlead.enterprise.agentlane;

import io.fairlead.enterprise.identity.DeviceCertificates;
import io.fairlead.enterprise.identity.TlsOptions;
import io.fairlead.enterprise.kernel.FailureMeaning;
import io.fairlead.enterprise.tunnel.Relay;
import io.fairlead.soap.Fault;
import io.vertx.core.http.HttpServerRequest;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The agents' end of streams: who comes is judged as at every other request, before the relay looks at his ticket. */
public final class AgentTunnel {
    private static final Logger LOG = LoggerFactory.getLogger(AgentTunnel.class);

    private final PeerDoor peers;
    private final Relay relay;

    public AgentTunnel(DeviceCertificates certificates, Relay relay) {
        this.peers = new PeerDoor(certificates);
        this.relay = relay;
    }

    /** Serves one request to {@link Relay#PATH}. */
    public void handle(HttpServerRequest request) {
        request.pause();
        peers.judge(request)
                .onSuccess(device -> relay.agent(
                        request,
                        Objects.requireNonNull(TlsOptions.peerChain(
                                        request.connection().sslSession()))
                                .get(0)))
                .onFailure(failure -> refuse(request, failure));
    }

    private static void refuse(HttpServerRequest request, Throwable failure) {
        Fault fault = FailureMeaning.fault(failure);
        LOG.info(
                "tunnel=refused fault={} address={}",
                fault.key(),
                request.remoteAddress().hostAddress());
        request.response()
                .setStatusCode(fault.status())
                .end(fault.text() + "\n")
                .onComplete(answered -> request.connection().close());
    }
}
