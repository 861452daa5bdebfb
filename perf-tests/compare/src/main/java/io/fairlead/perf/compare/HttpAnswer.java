package io.fairlead.perf.compare;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One answer of HTTP/1.1 after the other on a connection on which one request is under way at a time. */
final class HttpAnswer {
    private static final String LENGTH = "content-length: ";
    private static final String NOT_MODIFIED = "HTTP/1.1 304 ";

    private Buffer soFar = Buffer.buffer();

    /** Takes a piece; the whole answer as text when this was its last one, else null. */
    @Nullable
    String take(Buffer piece) {
        soFar = soFar.length() == 0 ? piece : soFar.appendBuffer(piece);
        String text = soFar.toString(StandardCharsets.ISO_8859_1);
        if (!whole(text)) {
            return null;
        }
        soFar = Buffer.buffer();
        return text;
    }

    /** A connection has begun anew. */
    void forget() {
        soFar = Buffer.buffer();
    }

    private static boolean whole(String text) {
        int head = text.indexOf("\r\n\r\n");
        if (head < 0) {
            return false;
        }
        if (text.startsWith(NOT_MODIFIED)) {
            return true;
        }
        int length = length(text, head);
        return length >= 0 ? text.length() >= head + 4 + length : text.endsWith("\r\n0\r\n\r\n");
    }

    /** -1 for one that comes in chunks. */
    private static int length(String text, int head) {
        for (int i = text.indexOf("\r\n"); i >= 0 && i < head; i = text.indexOf("\r\n", i + 2)) {
            if (text.regionMatches(true, i + 2, LENGTH, 0, LENGTH.length())) {
                int from = i + 2 + LENGTH.length();
                return Integer.parseInt(text, from, text.indexOf("\r\n", from), 10);
            }
        }
        return -1;
    }
}
