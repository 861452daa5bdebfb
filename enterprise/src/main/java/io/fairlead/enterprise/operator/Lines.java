package io.fairlead.enterprise.operator;

import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Lines of UTF-8 over a blocking channel, each ended by a line feed and bounded. Not for several threads at once. */
final class Lines {
    /** The longest line in bytes, its line feed included. */
    static final int LONGEST = 262_144;

    private final ReadableByteChannel in;
    private final WritableByteChannel out;
    private final int longest;
    private ByteBuffer buffer;

    Lines(ReadableByteChannel in, WritableByteChannel out, int longest) {
        this.in = in;
        this.out = out;
        this.longest = longest;
        this.buffer = ByteBuffer.allocate(Math.min(longest, 4_096)).flip();
    }

    /**
     * The next line without its end; empty at the end of the stream. What came without a line feed before the end was
     * never finished and counts for nothing.
     */
    Optional<String> next() throws IOException {
        int searched = buffer.position();
        while (true) {
            for (int at = searched; at < buffer.limit(); at++) {
                if (buffer.get(at) == '\n') {
                    return Optional.of(take(at));
                }
            }
            if (buffer.remaining() >= longest) {
                throw new Refusal(Fault.BODY_TOO_LARGE, "a line has more than " + longest + " bytes");
            }
            int begun = buffer.remaining();
            makeRoom();
            int read = in.read(buffer);
            buffer.flip();
            if (read < 0) {
                return Optional.empty();
            }
            searched = begun;
        }
    }

    void write(String line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            int written = out.write(bytes);
            assert written >= 0;
        }
    }

    private String take(int end) throws IOException {
        ByteBuffer line = buffer.slice(buffer.position(), end - buffer.position());
        buffer.position(end + 1);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(line).toString();
        } catch (CharacterCodingException notText) {
            throw new Refusal(Fault.INVALID, "a line is UTF-8", notText);
        }
    }

    /** Leaves the buffer ready to be filled behind what is unread, which then begins at 0. */
    private void makeRoom() {
        if (buffer.remaining() < buffer.capacity()) {
            buffer.compact();
            return;
        }
        ByteBuffer larger = ByteBuffer.allocate(Math.min(longest, buffer.capacity() * 2));
        buffer = larger.put(buffer);
    }
}
