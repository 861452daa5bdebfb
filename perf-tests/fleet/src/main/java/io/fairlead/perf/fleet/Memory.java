package io.fairlead.perf.fleet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * What each agent has to know after a restart, or the server takes it for a copy of itself: the rolling token of its newest
 * poll, and the highest instruction that it took. One file, mapped: what is written survives the end of the process,
 * however it ends, but no power cut, which an agent's own files do. A row belongs to one thread at a time.
 * <pre>
 *   row (64 bytes)   0  token, 32 hexadecimal digits; zeros for none
 *                   32  highest instruction journaled, 64 bits
 *                   40  free
 * </pre>
 */
public final class Memory {
    private static final int ROW = 64;
    private static final int TOKEN = 32;

    private final MappedByteBuffer rows;

    /** @param rows as many as the file is to have at least */
    Memory(Path file, int rows) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            this.rows = channel.map(
                    FileChannel.MapMode.READ_WRITE, 0, Math.max(channel.size(), (long) Math.max(1, rows) * ROW));
        }
    }

    /** What the agent's next poll has to carry; empty before the first one after enrolment. */
    public Optional<String> token(Identity agent) {
        int at = agent.row() * ROW;
        if (rows.get(at) == 0) {
            return Optional.empty();
        }
        byte[] token = new byte[TOKEN];
        ByteBuffer unused = rows.get(at, token);
        return Optional.of(new String(token, StandardCharsets.US_ASCII));
    }

    /**
     * Keeps the token of an answer. Before the next poll.
     *
     * @throws IllegalArgumentException for what is not of 32 characters
     */
    public void keepToken(Identity agent, String token) {
        byte[] bytes = token.getBytes(StandardCharsets.US_ASCII);
        if (bytes.length != TOKEN) {
            throw new IllegalArgumentException("a token of " + bytes.length + " characters");
        }
        ByteBuffer unused = rows.put(agent.row() * ROW, bytes);
    }

    /** The highest instruction that the agent took; 0 for none. */
    public long journaled(Identity agent) {
        return rows.getLong(agent.row() * ROW + TOKEN);
    }

    /** Keeps it. Before the next poll. */
    public void keepJournaled(Identity agent, long sequence) {
        ByteBuffer unused = rows.putLong(agent.row() * ROW + TOKEN, sequence);
    }
}
