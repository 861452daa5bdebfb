package io.fairlead.enterprise.console;

import io.fairlead.enterprise.browser.Access;
import io.fairlead.enterprise.browser.Answer;
import io.fairlead.enterprise.browser.Doors;
import io.fairlead.enterprise.browser.Form;
import io.fairlead.enterprise.browser.FramePart;
import io.fairlead.enterprise.browser.MenuItem;
import io.fairlead.enterprise.browser.Pages;
import io.fairlead.enterprise.browser.Toast;
import io.fairlead.enterprise.browser.Visit;
import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.people.Action;
import io.fairlead.enterprise.remote.RemoteSessions;
import io.fairlead.enterprise.remote.SessionFilter;
import io.fairlead.enterprise.remote.SessionLists;
import io.fairlead.enterprise.remote.SessionRow;
import io.fairlead.enterprise.roster.Choices;
import io.fairlead.enterprise.roster.Roster;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All remote sessions that somebody may see, what is open now, and the end of all of it at once. */
public final class SessionListPages implements Pages {
    /** What pages hear of when something of a session has changed. */
    public static final String TOPIC = "sessions";

    private static final Access SEE = Access.to(Action.SEE_DATA);
    private static final Access END = Access.to(Action.STOP);
    private static final int SHOWN = 50;
    private static final int LONGEST = 100;
    private static final int LONGEST_REASON = 300;

    private final SessionLists lists;
    private final RemoteSessions sessions;
    private final Roster roster;

    public SessionListPages(SessionLists lists, RemoteSessions sessions, Roster roster) {
        this.lists = lists;
        this.sessions = sessions;
        this.roster = roster;
    }

    @Override
    public void mount(Doors doors) {
        doors.menu(new MenuItem("Remote", SessionListView.PATH, "remote", "s", SEE));
        doors.corner(new FramePart("/sessions/count", TOPIC, END));
        doors.get("/sessions", SEE, this::list);
        doors.get("/sessions/count", END, this::count);
        doors.get("/sessions/end", END, this::confirm);
        doors.post("/sessions/end", END, this::end);
    }

    private Future<Answer> list(Visit visit) {
        Form query = visit.query();
        SessionFilter filter = filter(query);
        String before = query.value("before").matches("[0-9a-f]{32}") ? query.value("before") : null;
        boolean ofCustomer =
                visit.may().grants().stream().allMatch(grant -> grant.role().isOfCustomer());
        Future<SessionRow.Page> page = query.ok()
                ? lists.search(visit.actor(), filter, before, SHOWN)
                : Future.succeededFuture(new SessionRow.Page(List.of(), false));
        Future<SessionRow.Page> open = lists.search(visit.actor(), SessionFilter.open(), null, SessionLists.MOST);
        Future<SessionLists.Open> his = lists.open(visit.actor());
        Future<Choices> choices = roster.choices(visit.actor());
        return Future.all(page, open, his, choices).map(all -> {
            SessionListView view = new SessionListView(
                    query,
                    page.result(),
                    open.result().rows(),
                    choices.result().customers().stream()
                            .map(Choices.Choice::value)
                            .toList(),
                    ofCustomer,
                    his.result().all());
            return query.ok() ? Answer.show("console/sessions.jte", view) : Answer.mend("console/sessions.jte", view);
        });
    }

    private static SessionFilter filter(Form query) {
        SessionFilter.Standing standing = switch (query.value("standing")) {
            case "open" -> SessionFilter.Standing.OPEN;
            case "over" -> SessionFilter.Standing.OVER;
            default -> SessionFilter.Standing.ALL;
        };
        String end = query.value("end");
        return new SessionFilter(
                standing,
                null,
                query.text("device", 0, LONGEST),
                query.text("customer", 0, LONGEST),
                query.text("person", 0, LONGEST),
                SessionWords.ends().containsKey(end) ? end : "");
    }

    private Future<Answer> count(Visit visit) {
        return lists.open(visit.actor()).map(open -> Answer.show("console/sessionCount.jte", open));
    }

    private Future<Answer> confirm(Visit visit) {
        return ending(visit, visit.query().value("device"), Form.blank())
                .map(view -> Answer.show("console/sessionEnd.jte", view));
    }

    private Future<SessionEndView> ending(Visit visit, String device, Form form) {
        return lists.endable(visit.actor(), device(device)).map(open -> new SessionEndView(open, device, form));
    }

    private static @Nullable DeviceId device(String typed) {
        return typed.isEmpty() ? null : DeviceHeads.id(typed);
    }

    private Future<Answer> end(Visit visit) {
        Form form = visit.form();
        String device = form.value("device");
        DeviceId only = device(device);
        String reason = SessionPages.reason(form, 1, LONGEST_REASON);
        if (!form.ok()) {
            return ending(visit, device, form).map(view -> Answer.mend("console/sessionEnd.jte", view));
        }
        return sessions.endAll(visit.actor(), only, reason)
                .map(count -> Answer.go(new SessionEndView(List.of(), device, form).back())
                        .saying(Toast.done(
                                count == 0
                                        ? "Nothing was open any more."
                                        : count == 1 ? "1 session is ended." : count + " sessions are ended.")))
                .recover(
                        failure -> failure instanceof Refusal
                                ? Future.failedFuture(failure)
                                : Future.succeededFuture(
                                        Answer.go(new SessionEndView(List.of(), device, form).back())
                                                .saying(
                                                        Toast.fault(
                                                                "Not all could be ended: the server failed. Look what is still open, and try again."))));
    }
}
