package io.fairlead.enterprise.console;

import io.fairlead.enterprise.recording.Stored;
import io.fairlead.enterprise.remote.RecordedStream;
import io.fairlead.enterprise.remote.RemoteSession;
import io.fairlead.enterprise.remote.ServiceWords;
import io.fairlead.enterprise.remote.SessionRecordings;
import io.fairlead.statements.StreamCause;
import io.fairlead.statements.Ticket;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A recording's page.
 *
 * @param shown what its head says; null when it cannot be read
 * @param trouble why not; empty when it can
 */
public record RecordingView(
        RemoteSession session, RecordedStream one, SessionRecordings.@Nullable Shown shown, String trouble) {
    public String title() {
        return "Recording of " + one.service().name() + " at " + one.device();
    }

    public String service() {
        return ServiceWords.write(one.service());
    }

    public String path(String more) {
        return "/sessions/" + one.session() + "/recordings/" + one.id() + more;
    }

    /** Whether a page can replay it: a desktop or a terminal. */
    public boolean plays() {
        return shown != null && shown.kind() != Ticket.Kind.RAW;
    }

    public boolean terminal() {
        return shown != null && shown.kind() == Ticket.Kind.TERMINAL;
    }

    public String kind() {
        return shown == null ? "" : shown.kind().word();
    }

    /** Milliseconds. */
    public long length() {
        return shown == null ? 0 : shown.length().toMillis();
    }

    /** Who watched, in words. */
    public String person() {
        return shown == null || shown.person().isEmpty() ? Shown.who(one.viewer()) : shown.person();
    }

    /** Why it ended. */
    public String cause() {
        StreamCause cause = one.cause();
        return cause == null ? "it goes on" : cause.words();
    }

    /** Its file; empty when there is none. */
    public Optional<Stored> stored() {
        return Optional.ofNullable(one.stored());
    }
}
