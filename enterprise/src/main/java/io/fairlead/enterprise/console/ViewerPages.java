package io.fairlead.enterprise.console;

import io.fairlead.enterprise.browser.Access;
import io.fairlead.enterprise.browser.Answer;
import io.fairlead.enterprise.browser.Doors;
import io.fairlead.enterprise.browser.LoggedIn;
import io.fairlead.enterprise.browser.Pages;
import io.fairlead.enterprise.browser.ViewerDoor;
import io.fairlead.enterprise.browser.Visit;
import io.fairlead.enterprise.people.Action;
import io.fairlead.enterprise.remote.RemoteSession;
import io.fairlead.enterprise.remote.RemoteSessions;
import io.fairlead.enterprise.remote.ServiceWords;
import io.fairlead.enterprise.remote.Streams;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.fairlead.statements.SessionService;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a session was granted for, in the browser of whoever asked for it. Others find nothing here.
 *
 * <pre>
 *   GET  desktop/NAME/MODE   the page, from the request on; its module waits for the answer
 *   GET  terminal/NAME       the same for a terminal
 *   GET  stands              {"state","left","services","words"}          asked by the module
 *   POST streams             {"service"} ─▶ {"stream","ticket"}           for one connection to /tunnel
 *   POST stop                ends the session
 * </pre>
 */
public final class ViewerPages implements Pages {
    private static final Access ENGINEER = Access.to(Action.REQUEST_SESSION);

    private static final Set<SessionService.Mode> DESKTOP =
            EnumSet.of(SessionService.Mode.VIEW, SessionService.Mode.CONTROL);

    private final RemoteSessions sessions;
    private final Streams streams;
    private final Clock clock;

    public ViewerPages(RemoteSessions sessions, Streams streams, Clock clock) {
        this.sessions = sessions;
        this.streams = streams;
        this.clock = clock;
    }

    @Override
    public void mount(Doors doors) {
        doors.get("/sessions/:session/desktop/:name/:mode", ENGINEER, this::desktop);
        doors.get("/sessions/:session/terminal/:name", ENGINEER, this::terminal);
        doors.get("/sessions/:session/stands", ENGINEER, this::stands);
        doors.post("/sessions/:session/streams", ENGINEER, this::stream);
        doors.post("/sessions/:session/stop", ENGINEER, this::stop);
    }

    private Future<Answer> desktop(Visit visit) {
        return page(visit, visit.part("mode"), DESKTOP, "console/viewerDesktop.jte");
    }

    private Future<Answer> terminal(Visit visit) {
        SessionService.Mode mode = SessionService.Mode.TERMINAL;
        return page(visit, mode.word(), EnumSet.of(mode), "console/viewerTerminal.jte");
    }

    private Future<Answer> page(Visit visit, String mode, Set<SessionService.Mode> modes, String template) {
        return own(visit).map(one -> {
            SessionService service = service(mode + "/" + visit.part("name"));
            if (!modes.contains(service.mode()) || one.services().stream().noneMatch(asked -> asked.covers(service))) {
                throw new Refusal(Fault.NOT_FOUND, "session " + one.id() + " is not about this");
            }
            return Answer.show(template, ViewerView.of(one, service, clock.instant()));
        });
    }

    private Future<Answer> stands(Visit visit) {
        return own(visit)
                .map(one -> Answer.data(new JsonObject()
                        .put("state", one.state().name())
                        .put("left", ViewerView.left(one, clock.instant()))
                        .put("services", ViewerView.usable(one))
                        .put("words", ViewerView.words(one))));
    }

    private Future<Answer> stream(Visit visit) {
        LoggedIn who = visit.who();
        return own(visit).compose(one -> {
            String word = visit.json().getValue("service") instanceof String text ? text : "";
            return streams.open(who.actor(), one.id(), service(word), stream -> ViewerDoor.boundTo(who, stream))
                    .map(made -> Answer.data(
                            new JsonObject().put("stream", made.stream()).put("ticket", made.ticket())));
        });
    }

    private Future<Answer> stop(Visit visit) {
        return own(visit)
                .compose(one -> sessions.end(visit.actor(), one.id(), ""))
                .map(ended -> Answer.nothing());
    }

    private Future<RemoteSession> own(Visit visit) {
        String id = visit.part("session");
        if (!id.matches("[0-9a-f]{32}")) {
            throw new Refusal(Fault.NOT_FOUND, "not the id of a session");
        }
        return sessions.own(visit.actor(), id);
    }

    private static SessionService service(String word) {
        return ServiceWords.read(word);
    }
}
