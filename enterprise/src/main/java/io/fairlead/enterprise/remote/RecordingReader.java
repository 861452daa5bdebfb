package io.fairlead.enterprise.remote;

import io.fairlead.enterprise.kernel.Blocking;
import io.fairlead.enterprise.recording.Export;
import io.fairlead.enterprise.recording.Playback;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.util.function.Function;

/** Reads one recording in some form, from its beginning to its end. For one reader, who asks for one piece at a time. */
public final class RecordingReader {
    private static final int PIECE = 64 * 1024;

    private final Playback playback;
    private final Export export;
    private final Blocking blocking;

    RecordingReader(Playback playback, Export export, Blocking blocking) {
        this.playback = playback;
        this.export = export;
        this.blocking = blocking;
    }

    /** 64 KiB or a little more; less at the end, and none behind it. */
    public Future<byte[]> next() {
        return blocking.call(() -> {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            while (out.size() < PIECE) {
                byte[] piece = export.next();
                if (piece.length == 0) {
                    break;
                }
                out.writeBytes(piece);
            }
            return out.toByteArray();
        });
    }

    /** Gives all of it to whoever takes it, as fast as he does; closes it. */
    public Future<Void> into(Function<Buffer, Future<Void>> sink) {
        return rest(sink).eventually(this::close);
    }

    private Future<Void> rest(Function<Buffer, Future<Void>> sink) {
        return next().compose(bytes -> bytes.length == 0
                ? Future.succeededFuture()
                : sink.apply(Buffer.buffer(bytes)).compose(taken -> rest(sink)));
    }

    /** Lets go of it. */
    public Future<Void> close() {
        return blocking.call(() -> {
            playback.close();
            return null;
        });
    }
}
