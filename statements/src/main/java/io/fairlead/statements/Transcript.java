package io.fairlead.statements;

/**
 * What the agent says of a stream's bytes, each minute and at its end, signed by the device's key. What counts is what
 * travels through the tunnel: bytes for the viewer behind the agent's filter, bytes from the viewer before it, without the
 * frames of WebSocket. Whoever records in between computes the same. Exactly these bytes are signed:
 *
 * <pre>
 *   fairlead transcript 1
 *   device analyser-7
 *   session 00112233445566778899aabbccddeeff
 *   stream 0123456789abcdef0123456789abcdef
 *   service desktop
 *   kind rfb
 *   number 3
 *   last no
 *   millis 180000
 *   sent 52428800 64 hexadecimal digits
 *   received 4711 64 hexadecimal digits
 * </pre>
 *
 * @param number from 1, rising by 1 within the stream
 * @param last whether the stream has ended: no byte follows
 * @param millis since the stream began, by a clock that nobody sets
 * @param sent by the agent, for the viewer; {@code received} from him
 */
public record Transcript(
        String device,
        String session,
        String stream,
        String service,
        Ticket.Kind kind,
        long number,
        boolean last,
        long millis,
        Side sent,
        Side received) {
    /** Bytes of one, at most. */
    public static final int MOST_BYTES = 1_024;

    private static final String LABEL = "fairlead transcript 1";

    /**
     * So many bytes from the stream's beginning, in one direction, and their SHA-256.
     *
     * @param sha256 64 hexadecimal digits
     */
    public record Side(long bytes, String sha256) {
        public Side {
            sha256 = Form.sha256(sha256);
            if (bytes < 0) {
                throw new IllegalArgumentException("fewer bytes than none");
            }
        }

        static Side of(String text) {
            int blank = text.indexOf(' ');
            return new Side(Form.number(text.substring(0, blank), 0), text.substring(blank + 1));
        }

        /** {@code BYTES SHA256}. */
        @Override
        public String toString() {
            return bytes + " " + sha256;
        }
    }

    public Transcript {
        device = Form.name(device);
        session = Form.id(session);
        stream = Form.id(stream);
        service = Form.name(service);
        if (number < 1 || millis < 0) {
            throw new IllegalArgumentException("a transcript without a number or a time");
        }
    }

    /** The bytes that are signed. */
    public byte[] statement() {
        return new StatementText.Writer(LABEL)
                .line("device", device)
                .line("session", session)
                .line("stream", stream)
                .line("service", service)
                .line("kind", kind.word())
                .line("number", number)
                .line("last", last ? "yes" : "no")
                .line("millis", millis)
                .line("sent", sent)
                .line("received", received)
                .bytes();
    }

    /** Reads the bytes back, to the last one. */
    public static Transcript of(byte[] statement) throws NotAStatement {
        StatementText.Reader lines = new StatementText.Reader(statement, LABEL, MOST_BYTES);
        String device = lines.line("device");
        String session = lines.line("session");
        String stream = lines.line("stream");
        String service = lines.line("service");
        Ticket.Kind kind = lines.line("kind", Ticket.Kind::of);
        long number = lines.line("number", text -> Form.number(text, 1));
        // Any other word than "no" would not be written so again.
        boolean last = !lines.line("last").equals("no");
        long millis = lines.line("millis", text -> Form.number(text, 0));
        Side sent = lines.line("sent", Side::of);
        Side received = lines.line("received", Side::of);
        return lines.end(
                statement,
                () -> new Transcript(device, session, stream, service, kind, number, last, millis, sent, received),
                Transcript::statement);
    }
}
