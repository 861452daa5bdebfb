package io.fairlead.enterprise.console;

import io.fairlead.enterprise.browser.Access;
import io.fairlead.enterprise.browser.Answer;
import io.fairlead.enterprise.browser.Doors;
import io.fairlead.enterprise.browser.Pages;
import io.fairlead.enterprise.browser.Toast;
import io.fairlead.enterprise.browser.Visit;
import io.fairlead.enterprise.people.Action;
import io.fairlead.enterprise.remote.RemoteSessions;
import io.fairlead.enterprise.remote.Watchers;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;

/**
 * Looking on at a session of another.
 *
 * <pre>
 *   POST watch      asks whoever asked for the session; answers with the session's page
 *   POST leave      takes that back, or looks on no more
 *   GET  watchers   for whoever asked for the session: who asks, who looks on     a part of his pages, read again and again
 *   POST watchers   his word on PERSON: DEED is allow, decline or stop; answers with the same
 * </pre>
 */
public final class SessionWatchPages implements Pages {
    private static final Access ENGINEER = Access.to(Action.REQUEST_SESSION);
    private static final String PART = "console/sessionWatchers.jte";

    private final RemoteSessions sessions;
    private final Watchers watchers;

    public SessionWatchPages(RemoteSessions sessions, Watchers watchers) {
        this.sessions = sessions;
        this.watchers = watchers;
    }

    @Override
    public void mount(Doors doors) {
        doors.post("/sessions/:session/watch", ENGINEER, this::ask);
        doors.post("/sessions/:session/leave", ENGINEER, this::leave);
        doors.get("/sessions/:session/watchers", ENGINEER, this::show);
        doors.post("/sessions/:session/watchers", ENGINEER, this::decide);
    }

    private Future<Answer> ask(Visit visit) {
        String id = SessionPages.id(visit);
        return watchers.ask(visit.actor(), id)
                .map(asked -> asked == Watchers.Asked.ASKED ? page(id) : page(id).saying(Toast.fault(asked.words())));
    }

    private Future<Answer> leave(Visit visit) {
        String id = SessionPages.id(visit);
        return watchers.end(visit.actor(), id, visit.actor().audited()).map(ended -> page(id));
    }

    private static Answer page(String id) {
        return Answer.go(SessionListView.PATH + "/" + id);
    }

    private Future<Answer> show(Visit visit) {
        return sessions.own(visit.actor(), SessionPages.id(visit))
                .compose(one ->
                        watchers.of(one).map(all -> Answer.show(PART, WatchersView.of(one, all, visit.actor()))));
    }

    private Future<Answer> decide(Visit visit) {
        String id = SessionPages.id(visit);
        String person = visit.form().value("person");
        Future<Boolean> done = switch (visit.form().value("deed")) {
            case "allow" -> watchers.answer(visit.actor(), id, person, true);
            case "decline" -> watchers.answer(visit.actor(), id, person, false);
            case "stop" -> sessions.own(visit.actor(), id).compose(one -> watchers.end(visit.actor(), id, person));
            default -> throw new Refusal(Fault.INVALID, "deed is allow, decline or stop");
        };
        // What came too late, the part itself shows.
        return done.compose(counts -> visit.fragment() ? show(visit) : Future.succeededFuture(page(id)));
    }
}
