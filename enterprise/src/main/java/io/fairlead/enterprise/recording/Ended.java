package io.fairlead.enterprise.recording;

import java.time.Duration;

/**
 * A recording that is complete and forced.
 *
 * @param length from its beginning to its end
 * @param toViewer bytes; {@code toAgent} as well
 * @param sha256 of its last chunk, which vouches for all before it, 64 hexadecimal digits: whoever keeps it, as the audit
 *     does, will know the file again ({@link Vouchers})
 */
public record Ended(RecordingId id, Duration length, long toViewer, long toAgent, String sha256) {}
