package io.fairlead.enterprise.recording;

import io.fairlead.enterprise.kernel.Blocking;
import io.fairlead.enterprise.kernel.Timers;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.function.LongSupplier;

/** Begins recordings. Needs no database, and of the keys the public one only. */
public final class Recorder {
    private static final int KEY = 32;

    private final Places places;
    private final RecordingKeys keys;
    private final long floor;
    private final Blocking blocking;
    private final Timers timers;
    private final Clock clock;
    private final LongSupplier nanos;
    private final SecureRandom random;

    /**
     * @param folder exists, closed to other users
     * @param floor bytes of its disk that are not for recordings
     * @param blocking threads of its own: a slow disk must hold up nothing else
     * @param nanos a clock that nobody sets, as {@link System#nanoTime}
     */
    public Recorder(
            Path folder,
            RecordingKeys keys,
            long floor,
            Blocking blocking,
            Timers timers,
            Clock clock,
            LongSupplier nanos,
            SecureRandom random) {
        this.places = new Places(folder);
        this.keys = keys;
        this.floor = floor;
        this.blocking = blocking;
        this.timers = timers;
        this.clock = clock;
        this.nanos = nanos;
        this.random = random;
    }

    /**
     * Makes the file; when the future completes its beginning is forced. Until then nothing may be shown.
     *
     * @return fails with Refusal(STORAGE_FULL) when the rest of the disk is not for us, else with an IOException
     */
    public Future<Recording> start(RecordingId id, Head head, Recording.Listener listener) {
        return blocking.call(() -> create(id, head))
                .map(writer -> new Recording(id, writer, listener, blocking, timers, nanos));
    }

    private RecordingWriter create(RecordingId id, Head head) throws IOException {
        byte[] key = new byte[KEY];
        random.nextBytes(key);
        Chunk first = new Chunk();
        Buffer json = head.json();
        first.add(FrameKind.HEAD, 0, json, 0, json.length());
        FileHeader header = new FileHeader(id, clock.instant(), head.keepDays(), keys.seal(key));
        return RecordingWriter.create(places, floor, header, key, first);
    }
}
