package io.fairlead.enterprise.recording;

import io.fairlead.statements.Ticket;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A terminal's recording as asciicast v2: a header, an event "o" for what the terminal showed, and an event "r" when its
 * window became another size, a line of JSON each.
 * What was typed is not in it, for that has passwords in it which nobody saw. A character whose bytes came in two frames
 * is shown with the second; what is no UTF-8 becomes U+FFFD.
 */
public final class AsciicastExport implements Export {
    private final Playback playback;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private ByteBuffer left = ByteBuffer.allocate(0);
    private String header;
    private long micros;
    private boolean over;

    /** @param playback of a terminal, read by nobody else meanwhile; the caller closes it */
    public AsciicastExport(Playback playback) throws IOException {
        if (playback.head().kind() != Ticket.Kind.TERMINAL) {
            throw new IllegalArgumentException("only a terminal can be an asciicast");
        }
        TerminalSize size = TerminalSize.first(playback);
        this.playback = playback;
        this.header = new JsonObject()
                .put("version", 2)
                .put("width", size.columns())
                .put("height", size.rows())
                .put("timestamp", playback.started().getEpochSecond())
                .put("title", playback.head().device() + " " + playback.head().service())
                .encode();
    }

    @Override
    public byte[] next() throws IOException {
        if (!header.isEmpty()) {
            String first = header + "\n";
            header = "";
            return first.getBytes(StandardCharsets.UTF_8);
        }
        while (!over) {
            Frame frame = playback.next();
            over = frame == null;
            micros = frame == null ? micros : frame.at().toNanos() / 1000;
            if (frame != null && frame.direction() != Direction.TO_VIEWER) {
                Optional<TerminalSize> size = TerminalSize.of(frame);
                if (size.isPresent()) {
                    return event("r", size.get().columns() + "x" + size.get().rows());
                }
                continue;
            }
            String text = decode(frame == null ? new byte[0] : frame.bytes());
            if (!text.isEmpty()) {
                return event("o", text);
            }
        }
        return new byte[0];
    }

    private byte[] event(String kind, String what) {
        String event = new JsonArray()
                .add(BigDecimal.valueOf(micros, 6))
                .add(kind)
                .add(what)
                .encode();
        return (event + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private String decode(byte[] bytes) {
        ByteBuffer all = ByteBuffer.allocate(left.remaining() + bytes.length)
                .put(left)
                .put(bytes)
                .flip();
        CharBuffer text = CharBuffer.allocate(all.remaining() + 1);
        CoderResult decoded = decoder.decode(all, text, over);
        assert decoded.isUnderflow();
        if (over) {
            CoderResult flushed = decoder.flush(text);
            assert flushed.isUnderflow();
        }
        left = all.slice();
        return text.flip().toString();
    }
}
