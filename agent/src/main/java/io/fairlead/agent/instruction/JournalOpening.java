package io.fairlead.agent.instruction;

/** What became of opening a journal. */
public sealed interface JournalOpening {
    /** The journal, as it was left. */
    record Opened(Journal journal) implements JournalOpening {}

    /**
     * There is none that can be trusted to know what was run: the device has to be enrolled anew.
     *
     * @param reason for people
     */
    record ReEnrol(String reason) implements JournalOpening {}
}
