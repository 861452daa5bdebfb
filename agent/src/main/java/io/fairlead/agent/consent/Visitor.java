package io.fairlead.agent.consent;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** One connection at the door: one request is read, one reply is written. The door's thread's own. */
final class Visitor implements AutoCloseable {
    private final SocketChannel channel;
    private final Person person;
    private final long sinceNanos;
    private final ByteBuffer request = ByteBuffer.allocate(Wire.MOST_REQUEST);

    Visitor(SocketChannel channel, Person person, long sinceNanos) {
        this.channel = channel;
        this.person = person;
        this.sinceNanos = sinceNanos;
    }

    Person person() {
        return person;
    }

    long sinceNanos() {
        return sinceNanos;
    }

    /**
     * Reads on; empty while the line is not whole.
     *
     * @throws IOException when the line is too long or ends too early
     */
    Optional<String> read() throws IOException {
        int more = channel.read(request);
        for (int i = 0; i < request.position(); i++) {
            if (request.get(i) == '\n') {
                return Optional.of(new String(request.array(), 0, i, StandardCharsets.UTF_8));
            }
        }
        if (more < 0 || !request.hasRemaining()) {
            throw new IOException(more < 0 ? "half a line" : "a line too long");
        }
        return Optional.empty();
    }

    /** A reply is smaller than the socket's buffer; who reads so little that it does not fit gets a part. */
    void reply(String text) throws IOException {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
        int written = channel.write(bytes);
        if (written < 0 || bytes.hasRemaining()) {
            throw new IOException("a reply that is not read");
        }
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
