package io.fairlead.enterprise.status;

import java.time.Instant;

/**
 * Something that happened.
 *
 * @param observedAt by the device's clock, corrected
 * @param receivedAt by the server's clock
 */
public record PastEvent(String code, Severity severity, String text, Instant observedAt, Instant receivedAt) {}
