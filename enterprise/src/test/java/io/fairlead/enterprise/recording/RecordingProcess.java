package io.fairlead.enterprise.recording;

import io.fairlead.enterprise.kernel.Blocking;
import io.fairlead.enterprise.kernel.DataFolder;
import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.enterprise.recording.Recording.Taken;
import io.fairlead.statements.Ticket;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.Semaphore;

/**
 * A program that records: {@code DATA BYTES FRAME PAUSE}. It appends frames of so many bytes, so many milliseconds apart,
 * pauses when it shall, and prints after each {@code milliseconds bytes}.
 */
public final class RecordingProcess {
    private RecordingProcess() {}

    public static void main(String... arguments) throws Exception {
        DataFolder data = new DataFolder(Path.of(arguments[0]));
        long bytes = Long.parseLong(arguments[1]);
        Buffer frame = Buffer.buffer(new byte[Integer.parseInt(arguments[2])]);
        long pause = Long.parseLong(arguments[3]);
        Vertx vertx = Vertx.vertx();
        Semaphore room = new Semaphore(0);
        Recorder recorder = new Recorder(
                data.recordings(),
                RecordingKeys.open(data, false),
                0,
                new Blocking(vertx).ofThreads("recordings", 1),
                Timers.of(vertx),
                Clock.systemUTC(),
                System::nanoTime,
                new SecureRandom());
        Recording recording = RecordingRig.await(
                recorder.start(RecordingRig.ID, RecordingRig.head(Ticket.Kind.RFB), new Recording.Listener() {
                    @Override
                    public void drained() {
                        room.release();
                    }

                    @Override
                    public void failed(Throwable why) {
                        Runtime.getRuntime().halt(2);
                    }
                }));
        long began = System.nanoTime();
        for (long done = 0; done < bytes; done += frame.length()) {
            if (recording.append(Direction.TO_VIEWER, frame) == Taken.FULL) {
                room.acquire();
            }
            if (pause > 0) {
                System.out.println((System.nanoTime() - began) / 1_000_000 + " " + (done + frame.length()));
                Thread.sleep(pause);
            }
        }
        Ended ended = RecordingRig.await(recording.close("ended"));
        System.out.println((System.nanoTime() - began) / 1_000_000 + " " + ended.toViewer());
        RecordingRig.await(vertx.close());
    }
}
