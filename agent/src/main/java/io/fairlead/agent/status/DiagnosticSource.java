package io.fairlead.agent.status;

import java.time.Duration;
import java.util.List;

/** A diagnostic that an instruction may run by its name. */
public record DiagnosticSource(String name, List<String> command, Duration timeout) {
    public DiagnosticSource {
        ContractLimits.requireName(name);
        command = List.copyOf(command);
        CommandSource.requireProgram(command);
    }
}
