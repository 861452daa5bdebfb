package io.fairlead.enterprise.console;

import io.fairlead.enterprise.people.Pending;
import java.time.Instant;

/** Trainings that end soon or have ended. */
public record TrainingsView(Pending people, Instant now) {
    /** How one stands: warn or bad. */
    public String state(Pending.Ending ending) {
        return PersonView.state(ending.training().until(), now);
    }

    /** The same in words. */
    public String words(Pending.Ending ending) {
        return PersonView.words(state(ending));
    }

    /** How many there are that are not listed. */
    public int left() {
        return people.allTrainings() - people.trainings().size();
    }
}
