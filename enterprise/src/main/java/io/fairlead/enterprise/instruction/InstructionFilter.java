package io.fairlead.enterprise.instruction;

import io.fairlead.enterprise.fleet.DeviceId;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which instructions are wanted. What is null, or empty, is not asked about; all that is said has to fit.
 *
 * @param states one of these
 * @param createdBy as the audit names whoever asked
 * @param createdFrom asked for then or later
 * @param createdTo asked for before that
 */
public record InstructionFilter(
        @Nullable DeviceId device,
        @Nullable String kind,
        Set<Instruction.State> states,
        @Nullable String createdBy,
        @Nullable Instant createdFrom,
        @Nullable Instant createdTo) {
    public InstructionFilter {
        states = Set.copyOf(states);
    }
}
