package io.fairlead.enterprise.agentlane;

import io.fairlead.enterprise.file.ByteRange;
import io.fairlead.enterprise.file.DeviceTransfers;
import io.fairlead.enterprise.file.Put;
import io.fairlead.enterprise.file.TransferId;
import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.Devices;
import io.fairlead.enterprise.identity.DeviceCertificates;
import io.fairlead.enterprise.identity.DeviceIdentity;
import io.fairlead.enterprise.kernel.FailureMeaning;
import io.fairlead.enterprise.kernel.Ids;
import io.fairlead.enterprise.kernel.LoggedRefusals;
import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bytes of files, beside SOAP: PUT brings a chunk, HEAD tells where the next begins, GET fetches one. The doors are
 * the lane's: cipher and certificate at each request, and once more when the bytes have come, for they may take a while.
 *
 * <pre>
 *   PUT  Content-Range: bytes A-B/SIZE   204 on disk   200 and complete   409 elsewhere, Fairlead-Offset says where
 *   HEAD                                 200 with Fairlead-Offset
 *   GET  Range: bytes=A-B                206
 * </pre>
 *
 * A-B is always one whole chunk of {@link io.fairlead.enterprise.file.BlobStore#CHUNK} bytes, or the rest of the file.
 * What is refused is answered as {@link EstRoutes} does: a fixed text, Fairlead-Fault, Fairlead-Correlation, Retry-After.
 */
public final class FileRoutes {
    /** Where they are; the transfer's id follows. */
    public static final String PATH = "/agent/files/";

    private static final Logger LOG = LoggerFactory.getLogger(FileRoutes.class);
    private static final String OFFSET = "Fairlead-Offset";
    private final PeerDoor peers;
    private final Devices devices;
    private final DeviceTransfers transfers;
    private final ChunkBody body;
    private final LoggedRefusals logged;
    private final Ids correlations;
    private final ChunksHeld chunks = new ChunksHeld();

    public FileRoutes(
            DeviceCertificates certificates,
            Devices devices,
            DeviceTransfers transfers,
            Timers timers,
            Clock clock,
            Ids correlations) {
        this.peers = new PeerDoor(certificates);
        this.devices = devices;
        this.transfers = transfers;
        this.body = new ChunkBody(timers);
        this.logged = new LoggedRefusals(clock);
        this.correlations = correlations;
    }

    /** Serves one request below {@link #PATH}. */
    public void handle(HttpServerRequest request) {
        if (request.method().equals(HttpMethod.PUT)) {
            // Its bytes are taken when it is known whose they are.
            request.pause();
        }
        peers.judge(request)
                .map(identity -> new DeviceId(identity.device()))
                .compose(device -> devices.mustBeHeard(device).compose(heard -> serve(request, device)))
                .onFailure(failure -> refuse(request, failure));
    }

    private Future<Void> serve(HttpServerRequest request, DeviceId device) {
        TransferId id = FileRequest.id(request.path());
        if (request.method().equals(HttpMethod.HEAD)) {
            return transfers.expected(device, id).compose(offset -> told(request, 200, offset));
        }
        if (request.method().equals(HttpMethod.PUT)) {
            if (FileRequest.isEmptyFile(request)) {
                return empty(request, device, id);
            }
            FileRequest.Chunk chunk = FileRequest.chunk(request);
            return chunks.held(device, () -> put(request, device, id, chunk));
        }
        if (request.method().equals(HttpMethod.GET)) {
            ByteRange range = FileRequest.range(request);
            return chunks.held(device, () -> get(request, device, id, range));
        }
        throw new Refusal(Fault.NOT_FOUND, "method " + request.method());
    }

    private Future<Void> put(HttpServerRequest request, DeviceId device, TransferId id, FileRequest.Chunk chunk) {
        return body.read(request, chunk.range().length())
                .compose(bytes -> peers.judge(request)
                        .map(DeviceIdentity::device)
                        .compose(still -> transfers.put(device, id, chunk.range(), chunk.size(), bytes)))
                .compose(put -> answer(request, put));
    }

    /** Its offer has completed it already. */
    private Future<Void> empty(HttpServerRequest request, DeviceId device, TransferId id) {
        request.resume();
        return transfers.standing(device, id).compose(standing -> switch (standing.word()) {
            case COMPLETE -> told(request, 200, 0);
            case WANTED -> Future.failedFuture(new Refusal(Fault.INVALID, "the file is not empty"));
            case CANCELLED -> Future.failedFuture(new Refusal(Fault.TRANSFER_ENDED, "transfer=" + id));
        });
    }

    private Future<Void> answer(HttpServerRequest request, Put put) {
        if (put instanceof Put.Stored) {
            return told(request, 204, put.expected());
        }
        if (put instanceof Put.Completed) {
            return told(request, 200, put.expected());
        }
        if (put.expected() >= 0) {
            request.response().putHeader(OFFSET, Long.toString(put.expected()));
        }
        boolean elsewhere = put instanceof Put.Elsewhere;
        return Future.failedFuture(new Refusal(
                elsewhere ? Fault.OFFSET : Fault.DIGEST, "expected=" + put.expected() + " " + request.path()));
    }

    private Future<Void> get(HttpServerRequest request, DeviceId device, TransferId id, ByteRange range) {
        return transfers
                .get(device, id, range)
                .compose(fetched -> peers.judge(request)
                        .compose(still -> request.response()
                                .setStatusCode(206)
                                .putHeader(HttpHeaders.CONTENT_TYPE, "application/octet-stream")
                                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                                .putHeader(
                                        "Content-Range",
                                        "bytes " + range.first() + "-" + range.last() + "/" + fetched.size())
                                .end(Buffer.buffer(fetched.bytes()))));
    }

    private static Future<Void> told(HttpServerRequest request, int status, long offset) {
        return request.response()
                .setStatusCode(status)
                .putHeader(OFFSET, Long.toString(offset))
                .end();
    }

    private void refuse(HttpServerRequest request, Throwable failure) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) {
            LOG.debug("file=gone path={}", request.path(), failure);
            return;
        }
        Fault fault = FailureMeaning.fault(failure);
        String correlation = correlations.next();
        if (logged.take(fault)) {
            log(fault, correlation, failure);
        }
        response.setStatusCode(fault.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
                .putHeader("Fairlead-Fault", fault.key())
                .putHeader("Fairlead-Correlation", correlation);
        if (fault.retryAfterSeconds() > 0) {
            response.putHeader(HttpHeaders.RETRY_AFTER, Integer.toString(fault.retryAfterSeconds()));
        }
        boolean more = !request.isEnded();
        if (more) {
            response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        // To HEAD, Vert.x sends no body.
        response.end(fault.text()).onComplete(sent -> {
            if (more) {
                request.connection().close().onFailure(gone -> LOG.debug("file=close-failed", gone));
            }
        });
    }

    private static void log(Fault fault, String correlation, Throwable failure) {
        if (fault.blame() == Fault.Blame.SERVER) {
            LOG.warn(
                    "file=failed fault={} correlation={} cause={}",
                    fault.key(),
                    correlation,
                    FailureMeaning.name(failure),
                    FailureMeaning.isSilent(failure) ? null : failure);
        } else {
            LOG.info(
                    "file=refused fault={} correlation={} detail=\"{}\"",
                    fault.key(),
                    correlation,
                    FailureMeaning.detail(failure));
        }
    }
}
