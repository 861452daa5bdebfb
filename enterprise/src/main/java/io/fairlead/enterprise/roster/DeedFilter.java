package io.fairlead.enterprise.roster;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which deeds are wanted. Null is not asked about.
 *
 * @param text stands in the device's id, customer or site, case aside; empty for any
 * @param who stands in the actor's name; empty for anybody
 * @param from not before
 * @param to before
 * @param people only what people did, not what devices and the server did by themselves
 * @param before only entries with an id below this one: the next page
 */
public record DeedFilter(
        String text,
        String who,
        @Nullable Instant from,
        @Nullable Instant to,
        boolean people,
        @Nullable Long before) {
    /** The same, below an id. */
    public DeedFilter before(long id) {
        return new DeedFilter(text, who, from, to, people, id);
    }
}
