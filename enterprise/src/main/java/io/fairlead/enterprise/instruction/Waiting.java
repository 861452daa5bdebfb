package io.fairlead.enterprise.instruction;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Who waits for the answer to a poll.
 *
 * @param hold how long it is held at most
 * @param hungUp whether nobody waits any more; any thread may ask
 */
public record Waiting(Duration hold, BooleanSupplier hungUp) {}
