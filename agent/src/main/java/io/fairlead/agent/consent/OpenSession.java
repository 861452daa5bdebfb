package io.fairlead.agent.consent;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * A remote session, as the person at the instrument sees it.
 *
 * @param id 32 hexadecimal digits
 * @param by who asked, and for whom he works, as the enterprise says
 * @param reason as the enterprise says
 * @param services what it is about
 * @param until the end of what is allowed, by the PC's clock; empty while nobody has agreed
 * @param streams connections that are open now
 * @param watchers who looks on beside whoever asked, as the enterprise says; empty when nobody does
 */
public record OpenSession(
        String id, String by, String reason, String services, Optional<Instant> until, int streams, String watchers) {
    public OpenSession {
        by = PlainText.of(by);
        reason = PlainText.of(reason);
        services = PlainText.of(services);
        watchers = PlainText.of(watchers);
    }

    /** Such as "until 2026-11-21T12:30:00Z" or "not yet allowed". */
    public String state() {
        return until.map(end -> "until " + end.truncatedTo(ChronoUnit.SECONDS)).orElse("not yet allowed");
    }
}
