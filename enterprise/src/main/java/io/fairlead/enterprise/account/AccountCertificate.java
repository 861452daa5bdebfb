package io.fairlead.enterprise.account;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A certificate of an account, as lists show it.
 *
 * @param notAfter from when on it is not taken: its own end, or an earlier one that was said
 * @param usedAt to the hour; null when it never was
 * @param usedFrom the address then
 */
public record AccountCertificate(
        ClientCertificate certificate,
        Instant notAfter,
        Instant addedAt,
        String addedBy,
        @Nullable Instant usedAt,
        @Nullable String usedFrom) {}
