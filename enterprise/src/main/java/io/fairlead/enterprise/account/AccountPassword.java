package io.fairlead.enterprise.account;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is on record of a password of an account, which is not the password.
 *
 * @param notAfter from when on it is not taken
 * @param usedAt to the hour; null when it never was
 * @param usedFrom the address then
 */
public record AccountPassword(
        long id,
        Instant madeAt,
        String madeBy,
        Instant notAfter,
        @Nullable Instant usedAt,
        @Nullable String usedFrom) {}
