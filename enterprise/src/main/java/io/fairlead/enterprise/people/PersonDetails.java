package io.fairlead.enterprise.people;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All that is on record of a person, without what was withdrawn. */
public record PersonDetails(Person person, List<Granted> grants, List<Trained> trainings, List<Proposal> waiting) {
    /** A role, also one that is over. */
    public record Granted(
            Grant grant, Instant at, String by, @Nullable String approvedBy) {}

    /** A training, also one that is out of date. */
    public record Trained(Training training, Instant at, String by) {}
}
