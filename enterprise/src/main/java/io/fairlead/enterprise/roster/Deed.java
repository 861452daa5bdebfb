package io.fairlead.enterprise.roster;

import io.fairlead.enterprise.fleet.DeviceId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that was done to a device: an entry of the audit, with what the viewer wants to know of it.
 *
 * @param id of the entry, for {@link DeedFilter#before}
 * @param actor as the audit names it
 * @param name of the person, as people know him; null when it was none of ours
 * @param code as the audit has it
 * @param about what the instruction or transfer was that the entry is about, such as "upload analyser.log"; null for
 *     another entry
 * @param reason why it was asked for, in the words of whoever did; null where none is known
 */
public record Deed(
        long id,
        Instant at,
        String actor,
        @Nullable String name,
        @Nullable String organisation,
        String code,
        DeviceId device,
        String customer,
        String site,
        String detail,
        @Nullable String about,
        @Nullable String reason) {
    /** A page of them, the newest first. */
    public record Page(List<Deed> deeds, boolean more) {
        /** The id of the oldest; throws when there is none. */
        public long last() {
            return deeds.get(deeds.size() - 1).id();
        }
    }

    /**
     * How many there are.
     *
     * @param newest the highest id of them; 0 when there is none
     */
    public record Count(long deeds, long newest) {}
}
