package io.fairlead.agent.instruction;

import io.fairlead.contract.agent.Outcome;
import java.time.Instant;

/** How an instruction ended, and when by the agent's clock. */
record Result(long number, Outcome outcome, Instant finishedAt, String detail) {}
