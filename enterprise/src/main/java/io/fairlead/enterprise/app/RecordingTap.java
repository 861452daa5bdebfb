package io.fairlead.enterprise.app;

import io.fairlead.enterprise.recording.Direction;
import io.fairlead.enterprise.recording.Recording;
import io.fairlead.enterprise.recording.Recording.Taken;
import io.fairlead.enterprise.tunnel.StreamTap;
import io.fairlead.enterprise.tunnel.TapFailed;
import io.fairlead.statements.StreamCause;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Records what a stream carries: nothing is shown before the recording's beginning is on disk, and a full recording holds the
 * stream up until there is room. Thread-safe.
 */
final class RecordingTap implements StreamTap, Recording.Listener {
    private final Future<Recording> recording;
    private final List<Early> early = new ArrayList<>();
    private final List<Promise<Void>> held = new ArrayList<>();
    private boolean begun;
    private @Nullable TapFailed failure;

    /** What came before the recording had begun. */
    private record Early(Direction direction, Buffer bytes, Promise<Void> kept) {}

    /** @param start begins a recording that tells this one how it goes */
    RecordingTap(Function<Recording.Listener, Future<Recording>> start) {
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
        early.add(new Early(direction, bytes, later));
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

    private synchronized void begun(Recording started) {
        begun = true;
        early.forEach(
                each -> taken(started.append(each.direction(), each.bytes())).onComplete(each.kept()));
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
        return recording.compose(one -> one.close(cause.words())).mapEmpty();
    }
}
