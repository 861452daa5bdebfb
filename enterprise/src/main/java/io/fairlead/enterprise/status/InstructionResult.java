package io.fairlead.enterprise.status;

import io.fairlead.enterprise.instruction.Outcome;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import java.time.Instant;

/**
 * How an instruction ended.
 *
 * @param instruction its number, 1 or more
 * @param detail empty when there is nothing to say
 * @param finishedAt by the device's clock
 */
public record InstructionResult(long instruction, Outcome outcome, String detail, Instant finishedAt) {
    /** Throws a Refusal(INVALID) that says what is wrong. */
    public InstructionResult {
        if (instruction < 1) {
            throw new Refusal(Fault.INVALID, "an instruction's number is 1 or more");
        }
        Words.text("a result's detail", detail);
        Times.check("finishedAt", finishedAt);
    }
}
