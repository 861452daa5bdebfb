package io.fairlead.enterprise.people;

/** Whether somebody may, and when not, what he lacks: of several lacks the one that is easiest to mend. */
public enum Judgement {
    ALLOWED("may"),
    /** Everything is there but the passkey; of an account, but that it is taken from some addresses only. */
    NOT_CONFIRMED("needs a passkey, or of an account a limit to addresses"),
    TRAINING_EXPIRED("the training is out of date"),
    TRAINING_MISSING("no training for this model is on record"),
    /** Some role of his may do it, but elsewhere. */
    ELSEWHERE("not in this region, at this customer or on this model"),
    /** He may give roles, but not this one, or not there. */
    BEYOND_HIS_OWN("this is more than one with his own roles may give"),
    NO_ROLE("no role allows it"),
    DISABLED("this person is disabled");

    private final String text;

    Judgement(String text) {
        this.text = text;
    }

    /** For people, as the end of a sentence. */
    public String text() {
        return text;
    }

    public boolean isAllowed() {
        return this == ALLOWED;
    }
}
