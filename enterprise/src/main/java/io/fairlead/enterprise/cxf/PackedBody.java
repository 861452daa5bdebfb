package io.fairlead.enterprise.cxf;

import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A body of multipart/related as XOP has it (W3C XOP 1.0, RFC 2046 section 5.1), read as far as it takes to judge the call:
 * <pre>
 *   (≤ 1,024 bytes) --boundary  head (≤ 8,192)  envelope  --boundary  head (≤ 8,192) │ attachment  --boundary--
 *                                                        --boundary--                │
 * </pre>
 * The envelope comes first, and at most one part behind it. CXF is not asked to read any of this.
 */
public final class PackedBody {
    private static final byte[] LINE = {'\r', '\n'};
    private static final byte[] BLANK_LINE = {'\r', '\n', '\r', '\n'};
    private static final int MOST_BEFORE = 1_024;

    private final BodyWindow window;
    private final byte[] delimiter;
    private final int mostEnvelope;
    private final Timers timers;
    private final Timers.Timer deadline;

    /**
     * What was read.
     *
     * @param type of the envelope's part; null for a body that is nothing but an envelope
     * @param contentId of the envelope's part; empty when it has none
     * @param attachment null when there is none
     */
    public record Packed(
            Buffer envelope,
            @Nullable MediaType type,
            String contentId,
            @Nullable Attachment attachment) {
        /** A body without parts. */
        public static Packed bare(Buffer envelope) {
            return new Packed(envelope, null, "", null);
        }
    }

    private PackedBody(HttpServerRequest request, String boundary, int mostEnvelope, Timers timers) {
        this.window = new BodyWindow(request, LINE);
        this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.US_ASCII);
        this.mostEnvelope = mostEnvelope;
        this.timers = timers;
        this.deadline = timers.after(
                HeldBody.DEADLINE,
                () -> window.fail(new Refusal(Fault.BODY_TOO_SLOW, "no envelope in " + HeldBody.DEADLINE)));
    }

    /**
     * Reads a request that is paused up to the first byte of its attachment, in {@link HeldBody#DEADLINE}.
     *
     * @param mostEnvelope bytes of the envelope
     * @return fails with Refusal: BODY_TOO_LARGE, BODY_TOO_SLOW, MALFORMED, CONTENT_TYPE; with IOException when the caller
     *     has gone
     */
    public static Future<Packed> read(HttpServerRequest request, String boundary, int mostEnvelope, Timers timers) {
        PackedBody body = new PackedBody(request, boundary, mostEnvelope, timers);
        return body.packed().onComplete(done -> body.deadline.cancel());
    }

    private Future<Packed> packed() {
        return window.read(() -> before(MOST_BEFORE, Fault.MALFORMED))
                .compose(preamble -> head())
                .compose(root -> window.read(() -> before(mostEnvelope, Fault.BODY_TOO_LARGE))
                        .compose(envelope -> attachment()
                                .map(found -> new Packed(
                                        Buffer.buffer(envelope), root.type(), root.contentId(), found.attachment()))));
    }

    /** What stands before the next delimiter; both are gone then. */
    private byte @Nullable [] before(int most, Fault fault) {
        int end = window.find(delimiter);
        if (end > most || (end < 0 && window.length() > most + delimiter.length)) {
            throw new Refusal(fault, "more than " + most + " bytes before a delimiter");
        }
        if (end < 0) {
            return null;
        }
        byte[] before = window.take(end);
        window.drop(delimiter.length);
        return before;
    }

    private Future<PartHead> head() {
        return window.read(() -> {
            int end = window.find(BLANK_LINE);
            if (end > PartHead.MOST || (end < 0 && window.length() > PartHead.MOST + BLANK_LINE.length)) {
                throw new Refusal(Fault.MALFORMED, "more than " + PartHead.MOST + " bytes of a part's head");
            }
            if (end < 0) {
                return null;
            }
            byte[] block = window.take(end);
            window.drop(BLANK_LINE.length);
            return PartHead.parse(block);
        });
    }

    private record Found(@Nullable Attachment attachment) {}

    /** Behind the envelope's delimiter: another part, or the end. */
    private Future<Found> attachment() {
        return window.read(() -> window.length() < 2 ? null : window.at(0) == '-' && window.at(1) == '-')
                .compose(last -> last
                        ? window.read(this::nothingBehind).map(new Found(null))
                        : head().map(head -> new Found(new Attachment(window, delimiter, head.contentId(), timers))));
    }

    private @Nullable Boolean nothingBehind() {
        if (window.length() > MOST_BEFORE) {
            throw new Refusal(Fault.BODY_TOO_LARGE, "more than " + MOST_BEFORE + " bytes behind the last part");
        }
        return window.isEnded() ? true : null;
    }
}
