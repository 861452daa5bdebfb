package io.fairlead.enterprise.console;

import io.fairlead.enterprise.remote.RemoteSession;
import io.fairlead.enterprise.remote.SessionRow;
import io.fairlead.enterprise.remote.SessionState;
import io.fairlead.statements.SessionService;
import io.fairlead.statements.StreamCause;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Remote sessions in the words of people. */
public final class SessionWords {
    private static final Map<String, String> ENDS = new LinkedHashMap<>();

    static {
        ENDS.put("", "However it went");
        for (SessionState state : List.of(SessionState.DECLINED, SessionState.UNANSWERED, SessionState.REFUSED)) {
            ENDS.put(state.name(), capital(state(state)));
        }
        for (StreamCause cause : List.of(
                StreamCause.ENDED_AT_INSTRUMENT,
                StreamCause.ENDED_BY_ENGINEER,
                StreamCause.ENDED_BY_OPERATOR,
                StreamCause.EXPIRED,
                StreamCause.DEVICE_BARRED,
                StreamCause.RIGHTS_LOST)) {
            ENDS.put(cause.name(), capital(cause.words()));
        }
    }

    private SessionWords() {}

    /** The ends that one can look for, by the name of the state or the cause. */
    static Map<String, String> ends() {
        return ENDS;
    }

    /** Where it stands, in two words. */
    public static String state(SessionState state) {
        return switch (state) {
            case REQUESTED -> "on its way";
            case ASKED -> "being asked";
            case GRANTED -> "open";
            case DECLINED -> "declined";
            case UNANSWERED -> "not answered";
            case REFUSED -> "refused by the site’s rules";
            case WITHDRAWN -> "taken back";
            case ENDED -> "ended";
        };
    }

    /** How it looks: good, warn, bad, busy or off. */
    public static String tone(SessionState state) {
        return switch (state) {
            case REQUESTED, ASKED -> "busy";
            case GRANTED -> "good";
            case DECLINED, REFUSED, UNANSWERED -> "warn";
            case WITHDRAWN, ENDED -> "off";
        };
    }

    /** What it means now, as a sentence. */
    public static String says(RemoteSession one) {
        StreamCause cause = one.cause();
        return switch (one.state()) {
            case REQUESTED -> "The device has not taken the request yet.";
            case ASKED -> "The request is shown at the instrument; somebody there decides.";
            case GRANTED -> "The instrument’s people allow this now.";
            case DECLINED -> "The instrument’s people said no.";
            case UNANSWERED -> "Nobody at the instrument answered in time, which means no.";
            case REFUSED -> "The customer’s own rules at the instrument do not allow it. Nobody was asked.";
            case WITHDRAWN ->
                cause == StreamCause.EXPIRED
                        ? "No answer came from the device in time, so the request was taken back."
                        : "The request was taken back before it was granted" + because(cause);
            case ENDED -> "It is over" + because(cause);
        };
    }

    private static String because(@org.jspecify.annotations.Nullable StreamCause cause) {
        return cause == null ? "." : ": " + cause.words() + ".";
    }

    /** Why it is over, in a few words; empty while it is not, and when the state says all. */
    public static String cause(RemoteSession one) {
        StreamCause cause = one.cause();
        return cause == null ? "" : cause.words();
    }

    /** A service, and what may be done with it. */
    public static String service(SessionService service) {
        return switch (service.mode()) {
            case VIEW -> service.name() + ", view only";
            case CONTROL -> service.name() + ", view and control";
            case TERMINAL -> service.name() + ", terminal";
            case USE -> service.name();
        };
    }

    /** The same of several. */
    public static String services(List<SessionService> services) {
        return services.stream().map(SessionWords::service).collect(Collectors.joining("; "));
    }

    /** What was granted, or asked for when nothing was. */
    public static List<SessionService> about(RemoteSession one) {
        RemoteSession.Grant grant = one.grant();
        return grant == null ? one.services() : grant.services();
    }

    /** Who asked. */
    public static String who(SessionRow row) {
        String name = row.name();
        return name == null ? Shown.who(row.session().requestedBy()) : name;
    }

    /** How long it was, or was to be. */
    public static String length(RemoteSession one, Instant now) {
        RemoteSession.Grant grant = one.grant();
        if (grant == null) {
            return one.minutes() + " min asked";
        }
        Instant end = one.endedAt() == null ? now : one.endedAt();
        return Shown.span(Duration.between(grant.at(), end).truncatedTo(java.time.temporal.ChronoUnit.SECONDS));
    }

    private static String capital(String words) {
        return words.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + words.substring(1);
    }
}
