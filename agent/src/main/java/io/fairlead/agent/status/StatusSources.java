package io.fairlead.agent.status;

import java.util.List;

/** Everything that is watched, as {@code site.conf} names it. */
public record StatusSources(
        PcSource pc, List<LogSource> logs, List<ResultSource> results, List<CommandSource> commands) {
    public StatusSources {
        logs = List.copyOf(logs);
        results = List.copyOf(results);
        commands = List.copyOf(commands);
    }
}
