package io.fairlead.agent.consent;

/** What a person at the instrument says to a question. */
public enum Verdict {
    /** Yes, to all of it. */
    APPROVE("approved", true),
    /** Yes, and text may be copied between here and there: where {@link Question#clipboard} says that this makes sense. */
    WITH_CLIPBOARD("approved with the clipboard", true),
    /** Yes, but he may only look: where {@link Question#viewOnly} says that this makes sense. */
    VIEW_ONLY("approved for viewing only", true),
    /** No. */
    DECLINE("declined", false),
    /** No, and no such question until midnight by the PC's clock. */
    NOT_TODAY("declined, and not asked again today", false);

    private final String word;
    private final boolean yes;

    Verdict(String word, boolean yes) {
        this.word = word;
        this.yes = yes;
    }

    /** In the past tense, for people. */
    String word() {
        return word;
    }

    boolean yes() {
        return yes;
    }
}
