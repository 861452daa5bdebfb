package io.fairlead.enterprise.console;

import io.fairlead.enterprise.remote.RemoteSession;
import io.fairlead.enterprise.remote.ServiceWords;
import io.fairlead.enterprise.remote.SessionLists;
import io.fairlead.enterprise.remote.SessionState;
import io.fairlead.enterprise.remote.Watcher;
import io.fairlead.enterprise.remote.Watchers;
import io.fairlead.statements.SessionService;
import io.fairlead.statements.StreamCause;
import io.vertx.core.json.JsonArray;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A viewer's page.
 *
 * @param watcher who looks on beside whoever asked for it; null for that one
 * @param control whether keys and pointer reach the instrument
 * @param millisLeft until the session ends by this server's clock; -1 while it is not granted
 */
public record ViewerView(
        RemoteSession session, @Nullable Watcher watcher, SessionService service, boolean control, long millisLeft) {
    static ViewerView of(Watchers.Viewing viewing, SessionService service, Instant now) {
        RemoteSession session = viewing.session();
        boolean control = service.mode() == SessionService.Mode.CONTROL;
        return new ViewerView(session, viewing.watcher(), service, control, left(session, now));
    }

    /** Where it stands for whoever views it. */
    static SessionState state(Watchers.Viewing viewing) {
        SessionState state = viewing.session().state();
        return state.isOver() || viewing.ended().isEmpty() ? state : SessionState.ENDED;
    }

    /** How it stands for whoever views it. */
    static String words(Watchers.Viewing viewing) {
        return viewing.session().state().isOver()
                ? words(viewing.session())
                : viewing.ended()
                        .map(cause -> "You watch no more: " + cause.words() + ".")
                        .orElseGet(() -> words(viewing.session()));
    }

    /** Milliseconds until the session ends by itself; -1 while it is not granted. */
    static long left(RemoteSession session, Instant now) {
        RemoteSession.@Nullable Grant grant = session.grant();
        return grant == null
                ? -1
                : Math.max(0, Duration.between(now, grant.until()).toMillis());
    }

    /** What may be used now, as {@code view/desktop}: a desktop that may be controlled may be looked at as well. */
    static JsonArray usable(RemoteSession session) {
        RemoteSession.@Nullable Grant grant = session.grant();
        JsonArray words = new JsonArray();
        if (grant != null) {
            for (SessionService given : grant.services()) {
                Arrays.stream(SessionService.Mode.values())
                        .map(mode -> new SessionService(given.name(), mode))
                        .filter(given::covers)
                        .forEach(covered -> words.add(ServiceWords.write(covered)));
            }
        }
        return words;
    }

    /** Whether the customer lets text be copied; the agent sees to it. */
    static boolean clipboard(RemoteSession session) {
        RemoteSession.@Nullable Grant grant = session.grant();
        return grant != null && SessionLists.read(grant.receipt()).clipboard();
    }

    public String word() {
        return ServiceWords.write(service);
    }

    public String who() {
        return Shown.who(session.requestedBy());
    }

    /** The words for each close code of a stream: {@code 4001=…} a line. */
    public static String causes() {
        return Arrays.stream(StreamCause.values())
                .map(cause -> cause.code() + "=" + cause.words())
                .collect(Collectors.joining("\n"));
    }

    /** How it stands, for whoever waits. */
    static String words(RemoteSession one) {
        StreamCause cause = one.cause();
        String detail = one.detail().isEmpty() ? "" : " (" + Shown.brief(one.detail()) + ")";
        return switch (one.state()) {
            case REQUESTED -> "Waiting for the instrument.";
            case ASKED -> "The person at the instrument is asked.";
            case GRANTED -> "Granted.";
            case DECLINED -> "The person at the instrument said no" + detail + ".";
            case UNANSWERED -> "Nobody at the instrument answered" + detail + ".";
            case REFUSED -> "The instrument does not allow this" + detail + ".";
            case WITHDRAWN -> "The request was taken back" + (cause == null ? "" : ": " + cause.words()) + detail + ".";
            case ENDED -> "The session is over" + (cause == null ? "" : ": " + cause.words()) + detail + ".";
        };
    }

    /** For the page as it opens. */
    public String words() {
        return words(viewing());
    }

    public SessionState state() {
        return state(viewing());
    }

    public boolean over() {
        return state().isOver();
    }

    private Watchers.Viewing viewing() {
        return new Watchers.Viewing(session, watcher);
    }
}
