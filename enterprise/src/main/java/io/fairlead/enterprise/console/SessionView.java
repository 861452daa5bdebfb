package io.fairlead.enterprise.console;

import io.fairlead.enterprise.browser.Form;
import io.fairlead.enterprise.people.Action;
import io.fairlead.enterprise.people.Entitlement;
import io.fairlead.enterprise.people.Scope;
import io.fairlead.enterprise.remote.RemoteSession;
import io.fairlead.enterprise.remote.RemoteSessions;
import io.fairlead.enterprise.remote.SessionLists;
import io.fairlead.enterprise.remote.SessionRow;
import io.fairlead.enterprise.remote.SessionState;
import io.fairlead.enterprise.remote.SessionStream;
import io.fairlead.enterprise.remote.Watchers;
import io.fairlead.statements.Receipt;
import io.fairlead.statements.SessionService;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One session, as it stands.
 *
 * @param scope of its device
 * @param his whether the visitor asked for it
 * @param watchers who looks on, or would like to
 * @param form of its end, with what was typed into it
 */
public record SessionView(
        SessionRow row,
        List<SessionStream> streams,
        Scope scope,
        Entitlement may,
        boolean his,
        WatchersView watchers,
        Form form) {
    public SessionView {
        streams = List.copyOf(streams);
    }

    /**
     * A step of its life.
     *
     * @param standing done, now, not or todo
     * @param at when; null when it was not, or is not known
     */
    public record Step(
            String label, String standing, @Nullable Instant at) {}

    public RemoteSession session() {
        return row.session();
    }

    public String path() {
        return SessionListView.PATH + "/" + session().id();
    }

    public String device() {
        return session().device().value();
    }

    /** How often it is read again, beside the hints: the bytes of open streams are told by nobody. */
    public String trigger() {
        return session().state() == SessionState.GRANTED
                ? "sse:sessions, every 5s"
                : session().state().isOver() ? "sse:sessions, every 60s" : "sse:sessions, every 10s";
    }

    public List<Step> steps() {
        SessionState state = session().state();
        RemoteSession.Grant grant = session().grant();
        boolean no = state.isOver() && grant == null;
        boolean asked = state == SessionState.ASKED;
        return List.of(
                new Step(
                        "Requested",
                        state == SessionState.REQUESTED ? "now" : "done",
                        session().requestedAt()),
                new Step("Asked", asked ? "now" : grant != null ? "done" : no ? answer(state) : "todo", null),
                new Step(
                        grant == null && no ? "Not granted" : "Granted",
                        grant == null ? (no ? "not" : "todo") : state == SessionState.GRANTED ? "now" : "done",
                        grant == null ? null : grant.at()),
                new Step("Over", state.isOver() ? "done" : "todo", session().endedAt()));
    }

    /** Whether somebody was asked who did not say yes. */
    private static String answer(SessionState state) {
        return state == SessionState.DECLINED || state == SessionState.UNANSWERED ? "done" : "not";
    }

    /**
     * A way into something of it.
     *
     * @param path of its viewer; empty for what a program on one's own PC uses
     * @param command by which that is connected; empty for what has a viewer
     */
    public record Way(String label, String path, String command) {}

    /** For whoever asked, while it stands: what was granted, or may be. For who looks on: its desktops. */
    public List<Way> ways() {
        if (watchers.watches() && !session().state().isOver()) {
            return Watchers.watchable(session()).stream().flatMap(this::ways).toList();
        }
        RemoteSession.Grant grant = session().grant();
        return !his || session().state().isOver()
                ? List.of()
                : (grant == null ? session().services() : grant.services())
                        .stream().flatMap(this::ways).toList();
    }

    private Stream<Way> ways(SessionService service) {
        String name = URLEncoder.encode(service.name(), StandardCharsets.UTF_8);
        return switch (service.mode()) {
            case CONTROL ->
                Stream.of(
                        new Way("Control " + service.name(), path() + "/desktop/" + name + "/control", ""),
                        new Way("Watch " + service.name(), path() + "/desktop/" + name + "/view", ""));
            case VIEW -> Stream.of(new Way("Watch " + service.name(), path() + "/desktop/" + name + "/view", ""));
            case TERMINAL -> Stream.of(new Way("Open " + service.name(), path() + "/terminal/" + name, ""));
            case USE ->
                Stream.of(new Way(
                        service.name(), "", "fairlead connect " + device() + " " + service.name() + " --listen 0"));
        };
    }

    /** When a request is taken back on which no word has come. */
    public Instant waitsUntil() {
        return session().requestedAt().plus(RemoteSessions.WAIT);
    }

    /** Seconds until a moment, never less than none. */
    public static long left(Instant until, Instant now) {
        return Math.max(0, Duration.between(now, until).toSeconds());
    }

    /** The same as a clock shows it. */
    public static String clock(long seconds) {
        return seconds >= 3_600
                ? String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3_600, seconds / 60 % 60, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
    }

    /** Whether he may ask to look on. */
    public boolean canAsk() {
        return !his
                && session().state() == SessionState.GRANTED
                && !Watchers.watchable(session()).isEmpty()
                && !watchers.watches()
                && may.may(Action.REQUEST_SESSION, scope);
    }

    public boolean canEnd() {
        return !session().state().isOver() && may.may(Action.STOP, scope);
    }

    /** Whether he may play what was recorded of a stream. */
    public boolean mayPlay(SessionStream stream) {
        return stream.openedAt() != null && may.may(Action.SEE_RECORDING, scope);
    }

    /** The customer's receipt; null while nothing is granted. */
    public @Nullable Receipt receipt() {
        RemoteSession.Grant grant = session().grant();
        return grant == null ? null : SessionLists.read(grant.receipt());
    }

    /** How it was decided. */
    public static String means(Receipt receipt) {
        return switch (receipt.means()) {
            case COMPANION -> "in the window on the instrument’s desktop";
            case COMMAND_LINE -> "by the command line at the instrument";
            case POLICY_RULE -> "by the rule of the site’s file, without asking";
        };
    }

    /** Whether text may be copied, in words; empty where no desktop may be controlled. */
    public static String clipboard(Receipt receipt) {
        boolean control =
                receipt.services().stream().anyMatch(service -> service.mode() == SessionService.Mode.CONTROL);
        return receipt.clipboard() ? "shared: text may be copied" : control ? "not shared" : "";
    }

    /** Where a stream stands, in words. */
    public static String standing(SessionStream stream) {
        if (stream.endedAt() != null) {
            return stream.cause() == null ? "ended" : stream.cause().words();
        }
        return stream.openedAt() == null ? "being connected" : "open";
    }

    /** How that looks. */
    public static String tone(SessionStream stream) {
        return stream.endedAt() != null ? "off" : stream.openedAt() == null ? "busy" : "good";
    }
}
