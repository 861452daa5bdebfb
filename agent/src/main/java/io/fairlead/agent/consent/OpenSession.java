package io.fairlead.agent.consent;

/**
 * A remote session, as the person at the instrument sees it.
 *
 * @param id 32 hexadecimal digits
 * @param by who asked, and for whom he works, as the enterprise says
 * @param reason as the enterprise says
 * @param services what it is about
 * @param state such as "until 2026-11-21T12:30:00Z" or "not yet allowed"
 * @param streams connections that are open now
 */
public record OpenSession(String id, String by, String reason, String services, String state, int streams) {
    public OpenSession {
        by = PlainText.of(by);
        reason = PlainText.of(reason);
        services = PlainText.of(services);
        state = PlainText.of(state);
    }
}
