package io.fairlead.enterprise.agentlane;

import java.time.Instant;
import java.util.function.BooleanSupplier;

/**
 * The other end of a request.
 *
 * @param address from which it came
 * @param certified until when its certificate is good
 * @param hungUp whether nobody waits for the answer any more
 */
record Caller(String address, Instant certified, BooleanSupplier hungUp) {}
