package io.fairlead.agent.status;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * How a log's bytes become text. A byte order mark always wins; AUTO without one is UTF-8. Bytes that are none of the
 * encoding become U+FFFD.
 */
public enum LogEncoding {
    AUTO(StandardCharsets.UTF_8),
    UTF_8(StandardCharsets.UTF_8),
    UTF_16LE(StandardCharsets.UTF_16LE),
    UTF_16BE(StandardCharsets.UTF_16BE),
    ISO_8859_1(StandardCharsets.ISO_8859_1),
    WINDOWS_1252(Charset.forName("windows-1252"));

    private final Charset charset;

    LogEncoding(Charset charset) {
        this.charset = charset;
    }

    /** The first bytes of a file, as many as a mark may have. */
    static byte[] head(SeekableByteChannel file) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(3);
        file.position(0);
        while (head.hasRemaining() && file.read(head) > 0) {
            // A short read is not yet the end.
        }
        return Arrays.copyOf(head.array(), head.position());
    }

    /** The charset of text whose first bytes are these. */
    Charset charset(byte[] head) {
        int mark = mark(head);
        if (mark == 3) {
            return StandardCharsets.UTF_8;
        }
        if (mark == 2) {
            return head[0] == (byte) 0xFF ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
        }
        return charset;
    }

    /** The length of the byte order mark at the start, in bytes; 0 where there is none. */
    static int mark(byte[] head) {
        if (head.length >= 3 && head[0] == (byte) 0xEF && head[1] == (byte) 0xBB && head[2] == (byte) 0xBF) {
            return 3;
        }
        boolean little = head.length >= 2 && head[0] == (byte) 0xFF && head[1] == (byte) 0xFE;
        boolean big = head.length >= 2 && head[0] == (byte) 0xFE && head[1] == (byte) 0xFF;
        return little || big ? 2 : 0;
    }
}
