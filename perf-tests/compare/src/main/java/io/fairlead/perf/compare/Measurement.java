package io.fairlead.perf.compare;

import java.util.List;

/**
 * What a row found.
 *
 * @param notes lines for people: how it was measured, and what else was seen
 */
record Measurement(List<Finding> findings, List<String> notes) {
    Measurement {
        findings = List.copyOf(findings);
        notes = List.copyOf(notes);
    }
}
