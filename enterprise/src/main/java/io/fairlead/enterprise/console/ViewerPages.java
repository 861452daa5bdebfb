package io.fairlead.enterprise.console;

import io.fairlead.enterprise.browser.Access;
import io.fairlead.enterprise.browser.Answer;
import io.fairlead.enterprise.browser.Doors;
import io.fairlead.enterprise.browser.LoggedIn;
import io.fairlead.enterprise.browser.Pages;
import io.fairlead.enterprise.browser.ViewerDoor;
import io.fairlead.enterprise.browser.Visit;
import io.fairlead.enterprise.people.Action;
import io.fairlead.enterprise.remote.RemoteSessions;
import io.fairlead.enterprise.remote.ServiceWords;
import io.fairlead.enterprise.remote.Streams;
import io.fairlead.enterprise.remote.Watchers;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.fairlead.statements.SessionService;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a session was granted for, in the browser of whoever asked for it, or whom he lets look on. Others find nothing here.
 *
 * <pre>
 *   GET  desktop/NAME/MODE   the page, from the request on; its module waits for the answer
 *   GET  terminal/NAME       the same for a terminal
 *   GET  stands              {"state","left","services","clipboard","words"}   asked by the module
 *   POST streams             {"service"} ─▶ {"stream","ticket"}           for one connection to /tunnel
 *   POST stop                ends the session; of who looks on, that he does
 * </pre>
 */
public final class ViewerPages implements Pages {
    private static final Access ENGINEER = Access.to(Action.REQUEST_SESSION);

    private static final Set<SessionService.Mode> DESKTOP =
            EnumSet.of(SessionService.Mode.VIEW, SessionService.Mode.CONTROL);

    private final RemoteSessions sessions;
    private final Watchers watchers;
    private final Streams streams;
    private final Clock clock;

    public ViewerPages(RemoteSessions sessions, Watchers watchers, Streams streams, Clock clock) {
        this.sessions = sessions;
        this.watchers = watchers;
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
        return viewing(visit).map(viewing -> {
            SessionService service = service(mode + "/" + visit.part("name"));
            boolean about = viewing.session().services().stream().anyMatch(asked -> asked.covers(service));
            boolean looks = viewing.watcher() == null || service.mode() == SessionService.Mode.VIEW;
            if (!modes.contains(service.mode()) || !about || !looks) {
                throw new Refusal(
                        Fault.NOT_FOUND, "session " + viewing.session().id() + " is not about this");
            }
            return Answer.show(template, ViewerView.of(viewing, service, clock.instant()));
        });
    }

    private Future<Answer> stands(Visit visit) {
        return viewing(visit)
                .map(viewing -> Answer.data(new JsonObject()
                        .put("state", ViewerView.state(viewing).name())
                        .put("left", ViewerView.left(viewing.session(), clock.instant()))
                        .put("services", ViewerView.usable(viewing.session()))
                        .put("clipboard", ViewerView.clipboard(viewing.session()))
                        .put("words", ViewerView.words(viewing))));
    }

    private Future<Answer> stream(Visit visit) {
        LoggedIn who = visit.who();
        return viewing(visit).compose(viewing -> {
            String word = visit.json().getValue("service") instanceof String text ? text : "";
            return streams.open(
                            who.actor(),
                            viewing.session().id(),
                            service(word),
                            stream -> ViewerDoor.boundTo(who, stream))
                    .map(made -> Answer.data(
                            new JsonObject().put("stream", made.stream()).put("ticket", made.ticket())));
        });
    }

    private Future<Answer> stop(Visit visit) {
        return viewing(visit)
                .compose(viewing -> viewing.watcher() == null
                        ? sessions.end(visit.actor(), viewing.session().id(), "")
                                .mapEmpty()
                        : watchers.end(
                                visit.actor(),
                                viewing.session().id(),
                                visit.actor().audited()))
                .map(ended -> Answer.nothing());
    }

    private Future<Watchers.Viewing> viewing(Visit visit) {
        String id = visit.part("session");
        if (!id.matches("[0-9a-f]{32}")) {
            throw new Refusal(Fault.NOT_FOUND, "not the id of a session");
        }
        return watchers.viewing(visit.actor(), id);
    }

    private static SessionService service(String word) {
        return ServiceWords.read(word);
    }
}
