package io.fairlead.perf.simulations;

import java.time.Duration;

/**
 * What is to be played.
 *
 * @param agents how many
 * @param span how long it goes on
 * @param period from one message of an agent to its next
 */
record Wanted(Kind kind, int agents, Duration span, Duration period) {}
