package io.fairlead.statements;

import java.time.Duration;
import java.time.Instant;

/**
 * Lets one side of one stream through one relay, once: signed by the enterprise, so that the relay needs no database. It
 * travels in a header, never in a URL, and is written to no log. Exactly these bytes are signed:
 *
 * <pre>
 *   fairlead ticket 1
 *   id 128 random bits, 32 hexadecimal digits
 *   session 00112233445566778899aabbccddeeff
 *   stream 0123456789abcdef0123456789abcdef
 *   device analyser-7
 *   side agent
 *   bound 64 hexadecimal digits
 *   service desktop view
 *   kind rfb
 *   relay 128 bits
 *   rate 0
 *   recorded yes
 *   expires 2026-11-21T12:01:00.000000Z
 *   end 2026-11-21T12:30:00.000000Z
 *   key 00112233445566778899aabbccddeeff
 * </pre>
 *
 * @param id what makes it usable once
 * @param bound whom it is for: SHA-256 of the device's certificate (DER), or of the viewer's log-in
 * @param kind what the service speaks
 * @param relay the start of the relay that it is for: another one, or the same after a restart, refuses it
 * @param rate bits a second that the stream may carry, 0 for as many as there are
 * @param recorded whether it must be recorded
 * @param expires until when it may be used
 * @param end when the session is over, by the enterprise's clock
 * @param key the signer, 32 hexadecimal digits
 */
public record Ticket(
        String id,
        String session,
        String stream,
        String device,
        Side side,
        String bound,
        SessionService service,
        Kind kind,
        String relay,
        long rate,
        boolean recorded,
        Instant expires,
        Instant end,
        String key) {
    /** Bytes of one, at most. */
    public static final int MOST_BYTES = 1_024;
    /** How long one may be used. */
    public static final Duration LIFE = Duration.ofSeconds(60);

    private static final String LABEL = "fairlead ticket 1";

    /** Which end of the stream. */
    public enum Side {
        AGENT("agent"),
        VIEWER("viewer");

        private final String word;

        Side(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }

        static Side of(String word) {
            return word.equals(AGENT.word) ? AGENT : only(VIEWER, VIEWER.word, word);
        }
    }

    /** What a service speaks. */
    public enum Kind {
        /** A desktop, RFC 6143. */
        RFB("rfb"),
        /** A terminal that ends at the agent. */
        TERMINAL("terminal"),
        /** Any TCP service, which nobody can read. */
        RAW("raw");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }

        /** Reads its word; IllegalArgumentException when there is no such kind. */
        public static Kind of(String word) {
            for (Kind kind : values()) {
                if (kind.word.equals(word)) {
                    return kind;
                }
            }
            throw new IllegalArgumentException("no kind: rfb, terminal or raw");
        }
    }

    private static <T> T only(T value, String word, String text) {
        if (!text.equals(word)) {
            throw new IllegalArgumentException("not " + word);
        }
        return value;
    }

    public Ticket {
        id = Form.id(id);
        session = Form.id(session);
        stream = Form.id(stream);
        device = Form.name(device);
        bound = Form.sha256(bound);
        relay = Form.id(relay);
        key = Form.id(key);
        expires = Form.micros(expires);
        end = Form.micros(end);
        if (rate < 0) {
            throw new IllegalArgumentException("a rate below 0");
        }
    }

    /** The bytes that are signed. */
    public byte[] statement() {
        return new StatementText.Writer(LABEL)
                .line("id", id)
                .line("session", session)
                .line("stream", stream)
                .line("device", device)
                .line("side", side.word())
                .line("bound", bound)
                .line("service", service)
                .line("kind", kind.word())
                .line("relay", relay)
                .line("rate", rate)
                .line("recorded", recorded ? "yes" : "no")
                .line("expires", Form.time(expires))
                .line("end", Form.time(end))
                .line("key", key)
                .bytes();
    }

    /** Reads the bytes back, to the last one. */
    public static Ticket of(byte[] statement) throws NotAStatement {
        StatementText.Reader lines = new StatementText.Reader(statement, LABEL, MOST_BYTES);
        String id = lines.line("id");
        String session = lines.line("session");
        String stream = lines.line("stream");
        String device = lines.line("device");
        Side side = lines.line("side", Side::of);
        String bound = lines.line("bound");
        SessionService service = lines.line("service", SessionService::of);
        Kind kind = lines.line("kind", Kind::of);
        String relay = lines.line("relay");
        long rate = lines.line("rate", text -> Form.number(text, 0));
        boolean recorded = lines.line("recorded", text -> text.equals("yes") || !only(true, "no", text));
        Instant expires = lines.line("expires", Form::time);
        Instant end = lines.line("end", Form::time);
        String key = lines.line("key");
        return lines.end(
                statement,
                () -> new Ticket(
                        id, session, stream, device, side, bound, service, kind, relay, rate, recorded, expires, end,
                        key),
                Ticket::statement);
    }

    /** Whether both are the two sides of one stream, in everything that both say. */
    public boolean matches(Ticket other) {
        return side != other.side
                && session.equals(other.session)
                && stream.equals(other.stream)
                && device.equals(other.device)
                && service.equals(other.service)
                && kind == other.kind
                && relay.equals(other.relay)
                && rate == other.rate
                && recorded == other.recorded
                && end.equals(other.end);
    }
}
