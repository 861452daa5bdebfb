package io.fairlead.enterprise.recording;

import java.time.Instant;

/**
 * A recording as its folder knows it, without a key.
 *
 * @param ended whether it was ended: otherwise it is being recorded, or a crash ended it
 * @param lastWritten when bytes of it were forced last
 * @param bytes on disk
 */
public record Stored(
        RecordingId id, Instant started, Instant keepUntil, boolean ended, Instant lastWritten, long bytes) {}
