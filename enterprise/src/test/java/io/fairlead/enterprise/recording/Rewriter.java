package io.fairlead.enterprise.recording;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Somebody who has the recording's key: he reads all frames, changes them, and encrypts and chains them anew. */
final class Rewriter {
    /** A frame in his hands. */
    record Edit(FrameKind kind, long micros, byte[] bytes) {
        Edit at(long time) {
            return new Edit(kind, time, bytes);
        }

        Edit of(byte[] other) {
            return new Edit(kind, micros, other);
        }

        Edit as(FrameKind other) {
            return new Edit(other, micros, bytes);
        }
    }

    private final RecordingId id;
    private final FileHeader header;
    private final byte[] key;
    private final List<Edit> frames = new ArrayList<>();

    Rewriter(Path file, RecordingKeys keys) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        this.id = new RecordingId(String.valueOf(file.getFileName()).replace(Places.ENDED, ""));
        this.header = FileHeader.read(id, channel);
        this.key = keys.unseal(header.sealedKey());
        try (Playback playback = new Playback(channel, true, header, key)) {
            for (Piece piece = playback.piece(); piece != null; piece = playback.piece()) {
                frames.add(new Edit(piece.kind(), piece.micros(), piece.bytes()));
            }
        }
    }

    List<Edit> frames() {
        return new ArrayList<>(frames);
    }

    /** Writes what he made of it, a chunk for every three frames, and opens that. */
    Playback rewrite(Path folder, List<Edit> edited) throws IOException {
        Path file = folder.resolve(id + Places.ENDED);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(header.bytes());
        ChunkSeal seal = new ChunkSeal(id, key);
        byte[] before = seal.hash(header.bytes(), header.length());
        byte[] record = new byte[ChunkSeal.OVERHEAD + Chunk.MOST];
        for (int i = 0; i < edited.size(); i += 3) {
            Chunk chunk = new Chunk();
            for (Edit each : edited.subList(i, Math.min(i + 3, edited.size()))) {
                chunk.add(each.kind(), each.micros(), Buffer.buffer(each.bytes()), 0, each.bytes().length);
            }
            int sealed = seal.seal(i / 3, before, i + 3 < edited.size() ? chunk : chunk.end(), record);
            before = seal.hash(record, sealed);
            all.write(record, 0, sealed);
        }
        Files.write(file, all.toByteArray());
        return new Playback(FileChannel.open(file), true, header, key);
    }
}
