package io.fairlead.enterprise.people;

import java.util.List;

/**
 * What waits for somebody among the people, as far as one viewer is concerned.
 *
 * @param proposals that he may decide, the oldest first
 * @param trainings of people whom he may see, and his own, that end within {@link PendingPeople#SOON} or have ended; those
 *     that end nearest to today first, before or after it
 * @param allTrainings how many there are of these, shown here or not
 */
public record Pending(List<Proposal> proposals, List<Ending> trainings, int allTrainings) {
    public Pending {
        proposals = List.copyOf(proposals);
        trainings = List.copyOf(trainings);
    }

    /** A training that ends soon or has ended, and no other of the same person for that model lasts longer. */
    public record Ending(String person, String displayName, Training training) {}

    public boolean isEmpty() {
        return proposals.isEmpty() && trainings.isEmpty();
    }
}
