package io.fairlead.enterprise.people;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A person in a list.
 *
 * @param roles that hold now, each once
 * @param trainingEnds when the first of the trainings ends that hold; null when none holds
 * @param waiting how many proposals about him wait for a second person
 */
public record PersonListed(
        Person person, List<Role> roles, @Nullable Instant trainingEnds, int waiting) {}
