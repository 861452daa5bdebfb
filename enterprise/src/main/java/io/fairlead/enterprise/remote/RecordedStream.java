package io.fairlead.enterprise.remote;

import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.recording.Stored;
import io.fairlead.statements.SessionService;
import io.fairlead.statements.StreamCause;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A stream that was recorded.
 *
 * @param id of the stream, and of its recording
 * @param viewer who asked for it, as the audit names him
 * @param sha256 of the recording as it was noted when it ended; null while it goes on, and when a crash ended it
 * @param stored its file; null when it is not there, as when nothing was ever shown
 */
public record RecordedStream(
        String id,
        String session,
        DeviceId device,
        SessionService service,
        String viewer,
        Instant openedAt,
        @Nullable Instant endedAt,
        @Nullable StreamCause cause,
        @Nullable String sha256,
        @Nullable Stored stored) {
    RecordedStream with(@Nullable Stored file) {
        return new RecordedStream(id, session, device, service, viewer, openedAt, endedAt, cause, sha256, file);
    }
}
