package io.fairlead.enterprise.instruction;

import io.fairlead.enterprise.fleet.DeviceId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An instruction as people see it.
 *
 * @param subject what it acts on; empty when there is nothing to say
 * @param journaledAt when a poll first said that the agent has it in its journal; null before
 * @param outcome null before the result
 * @param finishedAt by the device's clock, corrected
 * @param reportedAt by the server's clock
 * @param reason why, in the words of whoever asked; empty when none was given
 */
public record Instruction(
        DeviceId device,
        long sequence,
        String kind,
        String subject,
        State state,
        Instant notAfter,
        String createdBy,
        Instant createdAt,
        @Nullable Instant journaledAt,
        @Nullable Outcome outcome,
        @Nullable String detail,
        @Nullable Instant finishedAt,
        @Nullable Instant reportedAt,
        String reason) {
    /**
     * Where it stands. Only the result is stored; the rest follows from time and enrolment.
     *
     * <pre>
     *   WAITING ─ the agent journals it ─▶ JOURNALED ─ result ─▶ DONE FAILED REFUSED INTERRUPTED
     *      ├ not-after passes ─▶ EXPIRED        (a late result still counts)
     *      ├ somebody cancels ─▶ CANCELLED      (here as well)
     *      └ device enrols anew ─▶ VOID
     * </pre>
     */
    public enum State {
        WAITING,
        JOURNALED,
        EXPIRED,
        VOID,
        CANCELLED,
        DONE,
        FAILED,
        REFUSED,
        INTERRUPTED
    }
}
