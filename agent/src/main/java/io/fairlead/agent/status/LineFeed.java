package io.fairlead.agent.status;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Reads whole lines from a place in a file on. A line that is not ended yet waits; of a line longer than 8 KiB the
 * beginning counts and the rest is passed over. One buffer for all files of a thread.
 */
final class LineFeed {
    static final int MAX_LINE = 8 << 10;
    private static final int MAX_BYTES_A_LOOK = 1 << 20;

    private final ByteBuffer buffer = ByteBuffer.allocate(64 << 10);

    /**
     * Where the next line begins.
     *
     * @param position in bytes
     * @param passing whether the line there is the rest of one that was too long
     */
    record Place(long position, boolean passing) {
        static final Place START = new Place(0, false);
    }

    /**
     * Gives the lines from a place on, at most 1 MiB, and returns the place behind them.
     *
     * @param ended whether nothing more will be written, so that a last line without an end counts
     */
    Place read(SeekableByteChannel file, Place from, Charset charset, boolean ended, Consumer<String> lines)
            throws IOException {
        int unit = unit(charset);
        Place at = from;
        while (at.position() - from.position() < MAX_BYTES_A_LOOK) {
            buffer.clear();
            file.position(at.position());
            while (buffer.hasRemaining() && file.read(buffer) > 0) {
                // A short read is not yet the end.
            }
            Place next = cut(at, charset, unit, ended, lines);
            if (next.position() == at.position()) {
                return at;
            }
            at = next;
        }
        return at;
    }

    /** The place behind all that is there; a line that is being written just now will be passed over. */
    Place end(SeekableByteChannel file, Charset charset) throws IOException {
        int unit = unit(charset);
        long end = file.size() / unit * unit;
        if (end == 0) {
            return Place.START;
        }
        buffer.clear().limit(unit);
        file.position(end - unit);
        while (buffer.hasRemaining() && file.read(buffer) > 0) {
            // A short read is not yet the end.
        }
        return new Place(end, !isLineEnd(buffer.array(), 0, charset, unit));
    }

    private Place cut(Place from, Charset charset, int unit, boolean ended, Consumer<String> lines) {
        byte[] bytes = buffer.array();
        int end = buffer.position() / unit * unit;
        boolean passing = from.passing();
        int begin = 0;
        for (int at = 0; at < end; at += unit) {
            if (isLineEnd(bytes, at, charset, unit)) {
                if (!passing) {
                    give(bytes, begin, Math.min(at - begin, MAX_LINE), charset, lines);
                }
                passing = false;
                begin = at + unit;
            }
        }
        boolean whole = ended && end < bytes.length / unit * unit;
        if (end - begin > MAX_LINE || (whole && end > begin)) {
            if (!passing) {
                give(bytes, begin, Math.min(end - begin, MAX_LINE), charset, lines);
            }
            passing = !whole;
            begin = end;
        }
        return new Place(from.position() + begin, passing);
    }

    private static int unit(Charset charset) {
        return charset.equals(StandardCharsets.UTF_16LE) || charset.equals(StandardCharsets.UTF_16BE) ? 2 : 1;
    }

    private static boolean isLineEnd(byte[] bytes, int at, Charset charset, int unit) {
        if (unit == 1) {
            return bytes[at] == '\n';
        }
        boolean little = charset.equals(StandardCharsets.UTF_16LE);
        return bytes[little ? at : at + 1] == '\n' && bytes[little ? at + 1 : at] == 0;
    }

    private static void give(byte[] bytes, int from, int length, Charset charset, Consumer<String> lines) {
        String line = new String(bytes, from, length, charset);
        if (line.endsWith("\r")) {
            line = line.substring(0, line.length() - 1);
        }
        if (!line.isBlank()) {
            lines.accept(line);
        }
    }
}
