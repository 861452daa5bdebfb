package io.fairlead.statements;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;

/**
 * What the person at the instrument is asked to allow, exactly as it is shown to him; a {@link Receipt} names it by its
 * SHA-256.
 *
 * <pre>
 *   fairlead session request 1
 *   device analyser-7
 *   session 00112233445566778899aabbccddeeff
 *   requester Emil Sommer (emil)
 *   organisation Acme Instruments
 *   reason ticket 4711: pump 2 does not prime
 *   minutes 30
 *   service desktop control
 * </pre>
 *
 * @param session 32 hexadecimal digits
 * @param requester, organisation, reason plain text, 300 characters at most each
 * @param minutes from the yes, 1 to 480
 * @param services 1 to 8, each name once, in the order in which they are shown
 */
public record SessionRequest(
        String device,
        String session,
        String requester,
        String organisation,
        String reason,
        int minutes,
        List<SessionService> services) {
    /** Minutes that a session may last, at most. */
    public static final int MOST_MINUTES = 480;
    /** Characters of a text, at most. */
    public static final int MOST_TEXT = 300;
    /** Services that may be asked for at once. */
    public static final int MOST_SERVICES = 8;

    private static final String LABEL = "fairlead session request 1";

    public SessionRequest {
        device = Form.name(device);
        session = Form.id(session);
        requester = Form.text(requester, MOST_TEXT);
        organisation = Form.text(organisation, MOST_TEXT);
        reason = Form.text(reason, MOST_TEXT);
        services = List.copyOf(services);
        if (minutes < 1 || minutes > MOST_MINUTES) {
            throw new IllegalArgumentException("minutes are 1 to " + MOST_MINUTES);
        }
        requireServices(services, 1);
    }

    static void requireServices(List<SessionService> services, int least) {
        HashSet<String> names = new HashSet<>();
        if (services.size() < least
                || services.size() > MOST_SERVICES
                || !services.stream().allMatch(service -> names.add(service.name()))) {
            throw new IllegalArgumentException(least + " to " + MOST_SERVICES + " services, each once");
        }
    }

    static List<SessionService> services(StatementText.Reader lines) throws NotAStatement {
        List<SessionService> services = new ArrayList<>();
        while (lines.has("service")) {
            services.add(lines.line("service", SessionService::of));
        }
        return services;
    }

    /** The bytes that are hashed. */
    public byte[] statement() {
        StatementText.Writer lines = new StatementText.Writer(LABEL)
                .line("device", device)
                .line("session", session)
                .line("requester", requester)
                .line("organisation", organisation)
                .line("reason", reason)
                .line("minutes", minutes);
        services.forEach(service -> lines.line("service", service));
        return lines.bytes();
    }

    /** Their SHA-256, 64 hexadecimal digits. */
    public String hash() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(statement()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
