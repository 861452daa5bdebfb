package io.fairlead.enterprise.audit;

import java.time.Instant;
import java.util.Optional;

/**
 * An entry as it was stored.
 *
 * @param id rises with time, but not in the order of commits, and with gaps
 * @param at the database's clock at the start of the transaction
 * @param code as {@link AuditCode#code()}; a text, since a newer server may have written it
 * @param number its place in the sealed chain; empty while it is so young that it is not sealed, and not tamper-evident
 */
public record AuditRow(
        long id, Instant at, String actor, String code, String subject, String detail, Optional<Long> number) {
    /** Whether it is sealed. */
    public boolean sealed() {
        return number.isPresent();
    }
}
