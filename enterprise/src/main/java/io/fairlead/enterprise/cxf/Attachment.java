package io.fairlead.enterprise.cxf;

import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The bytes behind an envelope, on their way: nothing of them is read before somebody asks. It is the message's last part;
 * one behind it is refused. On the request's event loop only.
 */
public final class Attachment {
    /** The most bytes that can be asked for at once. */
    public static final int MOST = 131_072;
    /** In which they have to come, or the file's rest: 4,096 bytes a second. */
    static final Duration SLOWEST = Duration.ofSeconds(32);
    /** Bytes behind the last part, which mean nothing. */
    private static final int MOST_BEHIND = 1_024;

    private static final byte[] NOTHING = new byte[0];

    private final BodyWindow window;
    private final byte[] delimiter;
    private final String contentId;
    private final Timers timers;
    private volatile boolean ended;

    Attachment(BodyWindow window, byte[] delimiter, String contentId, Timers timers) {
        this.window = window;
        this.delimiter = delimiter;
        this.contentId = contentId;
        this.timers = timers;
    }

    String contentId() {
        return contentId;
    }

    /** Whether all of it was read, with whatever follows. On any thread. */
    public boolean isEnded() {
        return ended;
    }

    /**
     * The next bytes; one call after the other.
     *
     * @return {@link #MOST}, fewer only at the end, none behind it; fails with Refusal: BYTES_TOO_SLOW, MALFORMED; with
     *     IOException when the caller has gone
     */
    public Future<byte[]> next() {
        if (ended) {
            return Future.succeededFuture(NOTHING);
        }
        Timers.Timer slow = timers.after(
                SLOWEST,
                () -> window.fail(new Refusal(
                        Fault.BYTES_TOO_SLOW, "fewer than " + MOST + " bytes in " + SLOWEST.toSeconds() + " s")));
        return window.read(this::chunk)
                .compose(bytes -> bytes.length > 0 ? Future.succeededFuture(bytes) : window.read(this::behind))
                .onComplete(done -> slow.cancel());
    }

    private byte @Nullable [] chunk() {
        int end = window.find(delimiter);
        if (end >= 0) {
            return window.take(Math.min(end, MOST));
        }
        // What stands here cannot be the beginning of a delimiter.
        return window.length() - delimiter.length >= MOST ? window.take(MOST) : null;
    }

    private byte @Nullable [] behind() {
        int closed = delimiter.length + 2;
        if (window.length() >= closed && !(window.at(closed - 2) == '-' && window.at(closed - 1) == '-')) {
            throw new Refusal(Fault.MALFORMED, "a part behind the attachment");
        }
        if (window.length() > closed + MOST_BEHIND) {
            throw new Refusal(Fault.BODY_TOO_LARGE, "more than " + MOST_BEHIND + " bytes behind the last part");
        }
        if (!window.isEnded()) {
            return null;
        }
        if (window.length() < closed) {
            throw new Refusal(Fault.MALFORMED, "the last part is not closed");
        }
        ended = true;
        return NOTHING;
    }
}
