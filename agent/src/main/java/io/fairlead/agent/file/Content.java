package io.fairlead.agent.file;

import io.fairlead.agent.host.DiskFloor;
import io.fairlead.agent.kernel.Durable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** A content that is prepared in this room's own folder, while the disk has room for it and somebody wants it. */
final class Content extends OutputStream {
    private static final int BUFFER = 65_536;

    private final Path file;
    private final FileChannel channel;
    private final DiskFloor disks;
    private final BooleanSupplier wanted;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);

    /** Begins anew what an earlier try left. */
    Content(Path file, DiskFloor disks, BooleanSupplier wanted) throws IOException {
        this.file = file;
        this.disks = disks;
        this.wanted = wanted;
        this.channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING),
                Durable.ownerOnly(file));
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        int at = from;
        while (at < from + length) {
            int piece = Math.min(buffer.remaining(), from + length - at);
            buffer.put(bytes, at, piece);
            at += piece;
            if (!buffer.hasRemaining()) {
                drain();
            }
        }
    }

    private void drain() throws IOException {
        if (!wanted.getAsBoolean()) {
            throw new InterruptedIOException("no longer wanted");
        }
        if (!disks.room(file, buffer.position())) {
            throw new IOException("the disk is full");
        }
        buffer.flip();
        while (buffer.hasRemaining()) {
            if (channel.write(buffer) == 0) {
                throw new IOException("the disk takes nothing");
            }
        }
        buffer.clear();
    }

    /** Writes what is left, and forces it to disk. */
    void complete() throws IOException {
        drain();
        channel.force(true);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
