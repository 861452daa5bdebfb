package io.fairlead.enterprise.status;

import java.time.Instant;

/**
 * A message that was refused.
 *
 * @param fault the stable key of the fault
 * @param body what is left of it, 64 KiB at most
 */
@SuppressWarnings("ArrayRecordComponent") // for people to look at, never compared
public record Quarantined(String epoch, long sequence, String fault, Instant receivedAt, byte[] body) {}
