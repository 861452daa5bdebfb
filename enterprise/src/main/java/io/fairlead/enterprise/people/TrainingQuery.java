package io.fairlead.enterprise.people;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A page of trainings on record that somebody wants. What is null is not asked about; all that is said has to fit.
 *
 * @param untilFrom out of date then or later; of years that PostgreSQL knows
 * @param untilTo out of date before that
 * @param page from 1; one beyond the last is answered with the last
 * @param size 1 to 500
 */
public record TrainingQuery(
        @Nullable String person,
        @Nullable String model,
        @Nullable Instant untilFrom,
        @Nullable Instant untilTo,
        Sort sort,
        boolean descending,
        int page,
        int size) {
    /** By what trainings are put in order; equal ones by id. */
    public enum Sort {
        ID("t.id"),
        PERSON("t.person"),
        MODEL("t.model"),
        UNTIL("t.until");

        private final String column;

        Sort(String column) {
            this.column = column;
        }

        String orderBy(boolean descending) {
            String way = descending ? " DESC" : "";
            return this == ID ? column + way : column + way + ", t.id" + way;
        }
    }

    /** Throws a Refusal(INVALID) that says what is wrong. */
    public TrainingQuery {
        PersonQuery.mustBePage(page, size);
    }
}
