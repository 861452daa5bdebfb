package io.fairlead.agent.status;

import java.time.Duration;
import java.util.List;

/**
 * A program whose output is read as a probe.
 *
 * @param command the program and its arguments; no shell is between
 * @param timeout after which it is killed with all that it started
 * @param period from one run to the next; zero: with each sample
 */
public record CommandSource(
        String name, List<String> command, Duration timeout, Duration period, List<LinePattern> patterns) {
    public CommandSource {
        ContractLimits.requireName(name);
        command = List.copyOf(command);
        patterns = List.copyOf(patterns);
        requireProgram(command);
    }

    /** Whether another entry runs the same program under the same name; what is read out of it does not matter. */
    public boolean runsLike(CommandSource other) {
        return name.equals(other.name) && command.equals(other.command) && timeout.equals(other.timeout);
    }

    static void requireProgram(List<String> command) {
        if (command.isEmpty() || command.get(0).isBlank()) {
            throw new IllegalArgumentException("command is empty: it is a list of the program and its arguments");
        }
    }
}
