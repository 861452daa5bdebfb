package io.fairlead.agent.consent;

import java.time.Instant;

/**
 * A question that waits for an answer.
 *
 * @param id four characters that can be told apart and typed
 * @param since by the PC's clock
 * @param until when silence becomes a no, by the PC's clock; the agent measures the time by a second clock as well
 */
public record Asked(String id, Question question, Instant since, Instant until) {}
