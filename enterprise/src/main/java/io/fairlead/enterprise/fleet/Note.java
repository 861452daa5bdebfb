package io.fairlead.enterprise.fleet;

import java.time.Instant;

/**
 * A note on a device, as it reads now.
 *
 * @param writtenBy as the audit names people
 * @param version 1 as first written, one more with each edit
 * @param editedAt when this wording was written; the same as {@code writtenAt} when it was never edited
 */
public record Note(
        long id, DeviceId device, String writtenBy, Instant writtenAt, int version, Instant editedAt, String text) {
    public boolean isEdited() {
        return version > 1;
    }
}
