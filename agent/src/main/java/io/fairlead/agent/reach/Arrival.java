package io.fairlead.agent.reach;

/**
 * Whether the enterprise has a report.
 *
 * @param taken whether it said that it is committed
 * @param words which server has it, or why none; one line
 */
public record Arrival(boolean taken, String words) {
    /** A sentence for the report itself. */
    String sentence() {
        return (taken ? "Reported to the enterprise: " : "Not reported to the enterprise: ") + words;
    }
}
