package io.fairlead.statements;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * What the customer's side decided about a request, signed by the device's key. Exactly these bytes are signed:
 *
 * <pre>
 *   fairlead receipt 1
 *   device analyser-7
 *   certificate 64 hexadecimal digits
 *   session 00112233445566778899aabbccddeeff
 *   request 64 hexadecimal digits
 *   decision granted
 *   service desktop control
 *   clipboard shared
 *   at 2026-11-21T12:00:00.123456Z
 *   until 2026-11-21T12:30:00.123456Z
 *   means companion
 *   approver lab3
 *   policy 64 hexadecimal digits
 *   nonce ffeeddccbbaa99887766554433221100
 *   number 17
 * </pre>
 *
 * @param certificate SHA-256 of the device's certificate (DER) whose key signs
 * @param request {@link SessionRequest#hash()} of what was shown
 * @param services what is granted, which may be less than was asked for; none in a refusal
 * @param clipboard whether text may be copied to and from desktops that are controlled; only a person allows it, and only then
 *     there is a line of it
 * @param at the decision, by the PC's clock, in microseconds
 * @param until the end of the grant, by the PC's clock; {@code at} in a refusal
 * @param approver the account that decided, as the system calls it, or what it could not verify; 300 characters at most
 * @param policy SHA-256 of the customer's {@code site.conf} as it was in force
 * @param nonce 128 random bits of the agent
 * @param number rises with each receipt of a device's enrolment, from 1
 */
public record Receipt(
        String device,
        String certificate,
        String session,
        String request,
        Decision decision,
        List<SessionService> services,
        boolean clipboard,
        Instant at,
        Instant until,
        Means means,
        String approver,
        String policy,
        String nonce,
        long number) {
    /** Bytes of one, at most. */
    public static final int MOST_BYTES = 4_096;

    private static final String LABEL = "fairlead receipt 1";
    private static final String SHARED = "shared";

    /** What was decided. */
    public enum Decision {
        GRANTED,
        DECLINED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Decision of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /** How it was decided. */
    public enum Means {
        /** The window on the instrument's desktop. */
        COMPANION("companion"),
        /** The agent's command line. */
        COMMAND_LINE("command line"),
        /** The customer's {@code site.conf} allows or denies it without asking. */
        POLICY_RULE("policy rule");

        private final String word;

        Means(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }

        static Means of(String word) {
            for (Means means : values()) {
                if (means.word.equals(word)) {
                    return means;
                }
            }
            throw new IllegalArgumentException("no such means");
        }
    }

    public Receipt {
        device = Form.name(device);
        certificate = Form.sha256(certificate);
        session = Form.id(session);
        request = Form.sha256(request);
        services = List.copyOf(services);
        SessionRequest.requireServices(services, decision == Decision.GRANTED ? 1 : 0);
        at = Form.micros(at);
        until = Form.micros(until);
        approver = Form.text(approver, SessionRequest.MOST_TEXT);
        policy = Form.sha256(policy);
        nonce = Form.id(nonce);
        if (number < 1 || until.isBefore(at)) {
            throw new IllegalArgumentException("a receipt that ends before it begins, or has no number");
        }
        if (decision == Decision.DECLINED && !(services.isEmpty() && until.equals(at))) {
            throw new IllegalArgumentException("a refusal that grants something");
        }
        if (clipboard
                && (means == Means.POLICY_RULE
                        || services.stream().noneMatch(service -> service.mode() == SessionService.Mode.CONTROL))) {
            throw new IllegalArgumentException("a clipboard without control of a desktop, or without a person's word");
        }
    }

    /** One that leaves the clipboard alone. */
    public Receipt(
            String device,
            String certificate,
            String session,
            String request,
            Decision decision,
            List<SessionService> services,
            Instant at,
            Instant until,
            Means means,
            String approver,
            String policy,
            String nonce,
            long number) {
        this(
                device,
                certificate,
                session,
                request,
                decision,
                services,
                false,
                at,
                until,
                means,
                approver,
                policy,
                nonce,
                number);
    }

    /** The bytes that are signed. */
    public byte[] statement() {
        StatementText.Writer lines = new StatementText.Writer(LABEL)
                .line("device", device)
                .line("certificate", certificate)
                .line("session", session)
                .line("request", request)
                .line("decision", decision.word());
        services.forEach(service -> lines.line("service", service));
        if (clipboard) {
            lines.line("clipboard", SHARED);
        }
        return lines.line("at", Form.time(at))
                .line("until", Form.time(until))
                .line("means", means.word())
                .line("approver", approver)
                .line("policy", policy)
                .line("nonce", nonce)
                .line("number", number)
                .bytes();
    }

    /** Reads the bytes back, to the last one. */
    public static Receipt of(byte[] statement) throws NotAStatement {
        StatementText.Reader lines = new StatementText.Reader(statement, LABEL, MOST_BYTES);
        String device = lines.line("device");
        String certificate = lines.line("certificate");
        String session = lines.line("session");
        String request = lines.line("request");
        Decision decision = lines.line("decision", Decision::of);
        List<SessionService> services = SessionRequest.services(lines);
        boolean clipboard = lines.has("clipboard") && lines.line("clipboard", SHARED::equals);
        Instant at = lines.line("at", Form::time);
        Instant until = lines.line("until", Form::time);
        Means means = lines.line("means", Means::of);
        String approver = lines.line("approver");
        String policy = lines.line("policy");
        String nonce = lines.line("nonce");
        long number = lines.line("number", text -> Form.number(text, 1));
        return lines.end(
                statement,
                () -> new Receipt(
                        device,
                        certificate,
                        session,
                        request,
                        decision,
                        services,
                        clipboard,
                        at,
                        until,
                        means,
                        approver,
                        policy,
                        nonce,
                        number),
                Receipt::statement);
    }

    /** Whether it allows this use at this moment. */
    public boolean grants(SessionService wanted, Instant now) {
        return decision == Decision.GRANTED
                && !now.isAfter(until)
                && services.stream().anyMatch(service -> service.covers(wanted));
    }
}
