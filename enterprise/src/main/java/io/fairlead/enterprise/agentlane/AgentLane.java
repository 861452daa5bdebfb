package io.fairlead.enterprise.agentlane;

import io.fairlead.enterprise.audit.Seals;
import io.fairlead.enterprise.file.DeviceTransfers;
import io.fairlead.enterprise.fleet.Devices;
import io.fairlead.enterprise.identity.Announcements;
import io.fairlead.enterprise.identity.DeviceCertificates;
import io.fairlead.enterprise.identity.DeviceIdentity;
import io.fairlead.enterprise.identity.Peer;
import io.fairlead.enterprise.instruction.Polls;
import io.fairlead.enterprise.kernel.FailureMeaning;
import io.fairlead.enterprise.kernel.Ids;
import io.fairlead.enterprise.kernel.LoggedRefusals;
import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.enterprise.reach.SiteChecks;
import io.fairlead.enterprise.remote.DeviceSessions;
import io.fairlead.enterprise.status.StatusService;
import io.fairlead.soap.Documents;
import io.fairlead.soap.Fault;
import io.fairlead.soap.SoapCodec;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Clock;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The agents' SOAP endpoint. A request passes four doors, and what a door refuses goes no further:
 * <pre>
 *   head (method, type, SOAPAction) → peer (cipher, certificate) → body (size, time, XML) → operation → peer again
 * </pre>
 * The peer is judged before its data is read, and once more before it is answered: a poll may be held for most of a
 * minute. A fault is SOAP 1.1 with HTTP 500 (section 6.2).
 */
public final class AgentLane {
    /** Where the endpoint is. */
    public static final String PATH = "/agent";

    private static final Logger LOG = LoggerFactory.getLogger(AgentLane.class);
    private static final String NAMESPACE = "urn:fairlead:agent-channel:1/";
    private static final CharSequence XML = HttpHeaders.createOptimized("text/xml; charset=utf-8");

    private final DeviceCertificates certificates;
    private final BoundedBody body;
    private final Envelopes envelopes;
    private final Map<String, Operation> operations;
    private final LoggedRefusals logged;
    private final Ids ids;
    private final MeterRegistry metrics;

    public AgentLane(
            DeviceCertificates certificates,
            Documents documents,
            StatusService status,
            Polls polls,
            Devices devices,
            DeviceTransfers transfers,
            DeviceSessions sessions,
            SiteChecks checks,
            Announcements announcements,
            Seals seals,
            Clock clock,
            Timers timers,
            Ids ids,
            MeterRegistry metrics) {
        this.certificates = certificates;
        this.body = new BoundedBody(timers);
        this.envelopes = new Envelopes(new SoapCodec(documents));
        this.operations = Map.of(
                NAMESPACE + "Report", new ReportOperation(envelopes, new StatusMessages(documents), status, clock),
                NAMESPACE + "Poll", new PollOperation(envelopes, polls, announcements, seals, clock),
                NAMESPACE + "Transfer", new TransferOperation(envelopes, devices, transfers, clock),
                NAMESPACE + "Session", new SessionOperation(envelopes, sessions, clock),
                NAMESPACE + "ReportReach", new ReachOperation(envelopes, checks, clock));
        this.logged = new LoggedRefusals(clock);
        this.ids = ids;
        this.metrics = metrics;
    }

    /** Serves one request to {@link #PATH}. */
    public void handle(HttpServerRequest request) {
        request.pause();
        serve(request).onComplete(answer -> send(request, 200, answer), failure -> refuse(request, failure));
    }

    private Future<Buffer> serve(HttpServerRequest request) {
        return Future.succeededFuture(request)
                .map(head -> Operation.named(head, operations))
                .compose(operation -> serve(request, PeerDoor.peer(request), operation));
    }

    private Future<Buffer> serve(HttpServerRequest request, Peer peer, Operation operation) {
        return (operation.servesHeld() ? certificates.recognise(peer) : certificates.judge(peer))
                .compose(device -> body.read(request)
                        .compose(envelope -> operation.serve(device, caller(request, device), envelope)))
                .compose(answer -> certificates.judge(peer).map(answer));
    }

    private static Caller caller(HttpServerRequest request, DeviceIdentity device) {
        return new Caller(address(request), device.notAfter(), request.response()::closed);
    }

    private static String address(HttpServerRequest request) {
        return request.remoteAddress().hostAddress();
    }

    private void refuse(HttpServerRequest request, Throwable failure) {
        if (request.response().closed()) {
            LOG.debug("gone address={}", address(request), failure);
            return;
        }
        Fault fault = FailureMeaning.fault(failure);
        String correlation = ids.next().substring(0, 16);
        metrics.counter("fairlead.agentlane.refused", "fault", fault.key()).increment();
        if (logged.take(fault)) {
            log(fault, correlation, address(request), failure);
        }
        HttpServerResponse response = request.response();
        if (fault.retryAfterSeconds() > 0) {
            response.putHeader(HttpHeaders.RETRY_AFTER, Integer.toString(fault.retryAfterSeconds()));
        }
        if (!request.isEnded()) {
            response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        send(request, 500, envelopes.fault(fault, correlation));
    }

    private static void log(Fault fault, String correlation, String address, Throwable failure) {
        if (fault.blame() == Fault.Blame.SERVER) {
            LOG.warn(
                    "refused fault={} correlation={} address={} cause={}",
                    fault.key(),
                    correlation,
                    address,
                    FailureMeaning.name(failure),
                    FailureMeaning.isSilent(failure) ? null : failure);
        } else {
            LOG.info(
                    "refused fault={} correlation={} address={} detail=\"{}\"",
                    fault.key(),
                    correlation,
                    address,
                    FailureMeaning.detail(failure));
        }
    }

    private static void send(HttpServerRequest request, int status, Buffer envelope) {
        HttpServerResponse response = request.response();
        if (response.closed()) {
            return;
        }
        boolean unread = !request.isEnded();
        response.setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, XML)
                .end(envelope)
                .onComplete(sent -> {
                    if (unread) {
                        request.connection().close();
                    }
                });
    }
}
