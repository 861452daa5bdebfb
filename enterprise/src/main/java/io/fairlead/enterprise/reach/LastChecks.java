package io.fairlead.enterprise.reach;

import org.jspecify.annotations.Nullable;

/**
 * What is kept of a device's checks.
 *
 * @param newest null while there was none
 * @param before the one before it; null while there was none
 */
public record LastChecks(
        @Nullable KeptCheck newest, @Nullable KeptCheck before) {}
