package io.fairlead.enterprise.app;

import io.fairlead.enterprise.recording.Direction;
import io.fairlead.enterprise.recording.Ended;
import io.fairlead.enterprise.recording.Recording;
import io.fairlead.enterprise.recording.Recording.Taken;
import io.fairlead.enterprise.tunnel.StreamTap;
import io.fairlead.enterprise.tunnel.TapFailed;
import io.fairlead.statements.SignedText;
import io.fairlead.statements.StreamCause;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records what a stream carries: nothing is shown before the recording's beginning is on disk, and a full recording holds the
 * stream up until there is room. Thread-safe.
 */
final class RecordingTap implements StreamTap, Recording.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(RecordingTap.class);

    private final Function<Ended, Future<Void>> complete;
    private final Future<Recording> recording;
    private final List<Early> early = new ArrayList<>();
    private final List<Promise<Void>> held = new ArrayList<>();
    private boolean begun;
    private @Nullable TapFailed failure;

    /** What came before the recording had begun: a statement, or bytes that went some way. */
    private record Early(
            @Nullable SignedText said, @Nullable Direction direction, Buffer bytes, Promise<Void> kept) {}

    /**
     * @param start begins a recording that tells this one how it goes
     * @param complete takes note of its end
     */
    RecordingTap(Function<Recording.Listener, Future<Recording>> start, Function<Ended, Future<Void>> complete) {
        this.complete = complete;
        this.recording = start.apply(this);
        recording.onComplete(this::begun, this::failed);
    }

    @Override
    public synchronized Future<Void> take(boolean fromAgent, Buffer bytes) {
        Direction direction = fromAgent ? Direction.TO_VIEWER : Direction.TO_AGENT;
        if (failure != null) {
            return Future.failedFuture(failure);
        }
        if (begun) {
            return taken(recording.result().append(direction, bytes));
        }
        Promise<Void> later = Promise.promise();
        early.add(new Early(null, direction, bytes, later));
        return later.future();
    }

    private Future<Void> taken(Taken taken) {
        return switch (taken) {
            case MORE -> Future.succeededFuture();
            case FULL -> {
                Promise<Void> room = Promise.promise();
                held.add(room);
                yield room.future();
            }
            case LOST -> Future.failedFuture(new TapFailed(new IOException("nothing more is recorded")));
        };
    }

    @Override
    public synchronized void statement(SignedText said) {
        if (begun) {
            vouched(recording.result(), said);
        } else {
            early.add(new Early(said, null, Buffer.buffer(), Promise.promise()));
        }
    }

    /** Room is made by whoever brings bytes; what is lost, the next of them is told. */
    private static void vouched(Recording recording, SignedText said) {
        Taken taken = recording.transcript(said);
        LOG.debug("recording={} transcript={}", recording.id(), taken);
    }

    private synchronized void begun(Recording started) {
        begun = true;
        for (Early each : early) {
            if (each.said() != null) {
                vouched(started, each.said());
            } else {
                taken(started.append(Objects.requireNonNull(each.direction()), each.bytes()))
                        .onComplete(each.kept());
            }
        }
        early.clear();
    }

    @Override
    public void drained() {
        release().forEach(Promise::tryComplete);
    }

    @Override
    public void failed(Throwable why) {
        TapFailed told = new TapFailed(why);
        synchronized (this) {
            failure = told;
            early.forEach(each -> held.add(each.kept()));
            early.clear();
        }
        release().forEach(each -> each.tryFail(told));
    }

    private synchronized List<Promise<Void>> release() {
        List<Promise<Void>> all = List.copyOf(held);
        held.clear();
        return all;
    }

    @Override
    public Future<Void> close(StreamCause cause) {
        return recording.compose(one -> one.close(cause.words())).compose(complete);
    }
}
