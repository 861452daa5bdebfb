package io.fairlead.enterprise.app;

import io.fairlead.enterprise.kernel.Blocking;
import io.fairlead.enterprise.kernel.DataFolder;
import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.enterprise.recording.Ended;
import io.fairlead.enterprise.recording.Head;
import io.fairlead.enterprise.recording.Recorder;
import io.fairlead.enterprise.recording.RecordingId;
import io.fairlead.enterprise.recording.RecordingKeys;
import io.fairlead.enterprise.recording.Recordings;
import io.fairlead.enterprise.tunnel.StreamTap;
import io.fairlead.statements.Ticket;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The room of recordings: a stream's has the stream's id. */
record RecordingRoom(
        Recorder recorder,
        Recordings recordings,
        Blocking reading,
        Function<String, Future<String>> viewers,
        BiFunction<Ticket, Ended, Future<Void>> complete,
        int keepDays) {
    private static final Logger LOG = LoggerFactory.getLogger(RecordingRoom.class);
    /** A recording writes one after the other. */
    private static final int THREADS = 4;

    private static final long MIB = 1L << 20;

    /**
     * Opens the folder and the key; blocks.
     *
     * @param viewers who watches a stream, in words
     * @param complete takes note of recordings that are complete
     */
    static RecordingRoom open(
            DataFolder folder,
            EnterpriseConfig.Files config,
            Function<String, Future<String>> viewers,
            BiFunction<Ticket, Ended, Future<Void>> complete,
            Blocking anywhere,
            Timers timers,
            Clock clock,
            SecureRandom random)
            throws IOException {
        Path path = folder.recordings();
        RecordingKeys keys = RecordingKeys.open(folder, Recordings.any(path));
        Recordings recordings = new Recordings(path, keys);
        int never = recordings.sweep(clock.instant());
        LOG.info("recordings=open never-began={}", never);
        return new RecordingRoom(
                new Recorder(
                        path,
                        keys,
                        config.floorMegabytes() * MIB,
                        anywhere.ofThreads("recordings", THREADS),
                        timers,
                        clock,
                        System::nanoTime,
                        random),
                recordings,
                // Not the writers' threads: who reads must not hold up who records.
                anywhere.ofThreads("playback", THREADS),
                viewers,
                complete,
                config.recordingDays());
    }

    /** Records a stream from now on. Who watches is looked up: the relay does not know it. */
    StreamTap tap(Ticket ticket) {
        return new RecordingTap(
                listener -> viewers.apply(ticket.stream())
                        .compose(person ->
                                recorder.start(new RecordingId(ticket.stream()), head(ticket, person), listener)),
                ended -> complete.apply(ticket, ended));
    }

    private Head head(Ticket ticket, String person) {
        return new Head(
                ticket.session(),
                ticket.stream(),
                ticket.device(),
                ticket.kind(),
                ticket.service().name(),
                person,
                keepDays);
    }
}
