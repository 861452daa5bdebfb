package io.fairlead.enterprise.reach;

import java.time.Instant;

/**
 * A check as it was taken.
 *
 * @param receivedAt by this server's clock
 */
public record KeptCheck(Instant receivedAt, SiteCheck check) {}
