package io.fairlead.agent.app;

import io.fairlead.agent.kernel.AuditEntry;
import java.util.Map;
import java.util.Set;

/** An entry of the local audit as people read it: when, what, on what, outcome. */
final class AuditText {
    /** Said by position, not by name. */
    private static final Set<String> SAID = Set.of("number", "kind", "outcome", "detail", "by", "reason", "cause");

    private AuditText() {}

    static String line(AuditEntry entry) {
        StringBuilder line = new StringBuilder(160);
        line.append(entry.at().toString(), 0, 19).append("Z  ").append(entry.code());
        add(line, " ", entry.value("number"), "");
        add(line, " ", entry.value("kind"), "");
        add(line, " by ", entry.value("by"), "");
        add(line, ": ", entry.value("outcome"), "");
        for (Map.Entry<String, String> each : entry.values().entrySet()) {
            if (!SAID.contains(each.getKey())) {
                add(line, "  ", each.getKey() + "=" + each.getValue(), "");
            }
        }
        add(line, "  (", entry.value("detail"), ")");
        add(line, "  (", entry.value("reason"), ")");
        add(line, "  (", entry.value("cause"), ")");
        return line.toString();
    }

    private static void add(StringBuilder line, String before, String text, String after) {
        if (!text.isEmpty()) {
            line.append(before).append(text).append(after);
        }
    }
}
