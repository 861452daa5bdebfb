package io.fairlead.enterprise.app;

import static io.fairlead.enterprise.kernel.TestDatabase.await;

import io.fairlead.enterprise.kernel.Blocking;
import io.fairlead.enterprise.kernel.DataFolder;
import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.enterprise.recording.Direction;
import io.fairlead.enterprise.recording.Ended;
import io.fairlead.enterprise.recording.Head;
import io.fairlead.enterprise.recording.Recorder;
import io.fairlead.enterprise.recording.Recording;
import io.fairlead.enterprise.recording.RecordingId;
import io.fairlead.enterprise.recording.RecordingKeys;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Writes a recording into a server's folder, as a stream would have left it; its time is the test's. */
final class TestRecording implements AutoCloseable, Recording.Listener {
    private final Vertx vertx = Vertx.vertx();
    private final AtomicLong nanos = new AtomicLong(1);
    private final Recording recording;

    TestRecording(Path folder, Head head) {
        DataFolder data = new DataFolder(folder);
        Recorder recorder = new Recorder(
                data.recordings(),
                RecordingKeys.open(data, true),
                0,
                new Blocking(vertx),
                Timers.of(vertx),
                Clock.systemUTC(),
                nanos::get,
                new SecureRandom());
        recording = await(recorder.start(new RecordingId(head.stream()), head, this));
    }

    TestRecording shown(byte[] bytes) {
        return took(recording.append(Direction.TO_VIEWER, Buffer.buffer(bytes)));
    }

    TestRecording typed(byte[] bytes) {
        return took(recording.append(Direction.TO_AGENT, Buffer.buffer(bytes)));
    }

    private TestRecording took(Recording.Taken taken) {
        if (taken == Recording.Taken.LOST) {
            throw new AssertionError("not recorded");
        }
        return this;
    }

    TestRecording after(Duration time) {
        nanos.addAndGet(time.toNanos());
        return this;
    }

    @Override
    public void drained() {
        // What a test writes is small.
    }

    @Override
    public void failed(Throwable why) {
        throw new AssertionError(why);
    }

    @Override
    public void close() {
        Ended unusedEnded = await(recording.close("the viewer left"));
        Void unused = await(vertx.close());
    }
}
