package io.fairlead.enterprise.console;

import io.fairlead.enterprise.people.Actor;
import io.fairlead.enterprise.remote.RemoteSession;
import io.fairlead.enterprise.remote.Watcher;
import io.fairlead.statements.StreamCause;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Who looks on at a session beside whoever asked for it, or would like to.
 *
 * @param first whether the visitor is the one who asked for it: he decides
 * @param me the visitor, as the audit names him
 * @param over whether the session is
 */
public record WatchersView(String session, boolean over, boolean first, String me, List<Watcher> all) {
    public WatchersView {
        all = List.copyOf(all);
    }

    static WatchersView of(RemoteSession session, List<Watcher> all, Actor visitor) {
        boolean first = visitor.audited().equals(session.requestedBy());
        return new WatchersView(session.id(), session.state().isOver(), first, visitor.audited(), all);
    }

    public String path() {
        return SessionListView.PATH + "/" + session + "/watchers";
    }

    /** Those who look on now. */
    public List<Watcher> watching() {
        return over ? List.of() : all.stream().filter(Watcher::watches).toList();
    }

    /** Those who wait for an answer. */
    public List<Watcher> asking(Instant now) {
        return over ? List.of() : all.stream().filter(each -> each.waits(now)).toList();
    }

    /** Of the visitor himself. */
    public Optional<Watcher> mine() {
        return all.stream().filter(each -> each.person().equals(me)).findFirst();
    }

    /** Whether the visitor looks on. */
    public boolean watches() {
        return mine().filter(Watcher::watches).isPresent();
    }

    /**
     * What came of his question, in a sentence; empty when he has not asked.
     *
     * @param who whoever asked for the session
     */
    public String says(String who, Instant now) {
        return mine().map(his -> switch (his.state()) {
                    case ASKED -> his.waits(now) ? who + " is being asked." : who + " did not answer: that is a no.";
                    case ALLOWED -> "You may watch.";
                    case DECLINED -> who + " said no.";
                    case UNANSWERED -> who + " did not answer: that is a no.";
                    case ENDED -> {
                        StreamCause cause = his.cause();
                        yield "You watch no more" + (cause == null ? "." : ": " + cause.words() + ".");
                    }
                })
                .orElse("");
    }

    /** Whether an answer is waited for. */
    public boolean waits(Instant now) {
        return mine().filter(his -> his.waits(now)).isPresent();
    }

    public static String name(Watcher one) {
        String name = one.name();
        return name == null ? Shown.who(one.person()) : name + " (" + Shown.who(one.person()) + ")";
    }
}
