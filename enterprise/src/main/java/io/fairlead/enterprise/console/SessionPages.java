package io.fairlead.enterprise.console;

import io.fairlead.enterprise.browser.Access;
import io.fairlead.enterprise.browser.Answer;
import io.fairlead.enterprise.browser.Doors;
import io.fairlead.enterprise.browser.Form;
import io.fairlead.enterprise.browser.Pages;
import io.fairlead.enterprise.browser.Toast;
import io.fairlead.enterprise.browser.Visit;
import io.fairlead.enterprise.fleet.Device;
import io.fairlead.enterprise.fleet.Devices;
import io.fairlead.enterprise.kernel.PlainText;
import io.fairlead.enterprise.people.Action;
import io.fairlead.enterprise.remote.RemoteSessions;
import io.fairlead.enterprise.remote.SessionLists;
import io.fairlead.enterprise.remote.SessionState;
import io.fairlead.enterprise.remote.SessionStream;
import io.fairlead.enterprise.remote.Watcher;
import io.fairlead.enterprise.remote.Watchers;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/** One remote session: where it stands, what goes through it, its receipt, its end. */
public final class SessionPages implements Pages {
    private static final Access SEE = Access.to(Action.SEE_DATA);
    private static final int LONGEST_REASON = 300;
    private static final String TEMPLATE = "console/session.jte";

    private final SessionLists lists;
    private final RemoteSessions sessions;
    private final Devices devices;
    private final Watchers watchers;

    public SessionPages(SessionLists lists, RemoteSessions sessions, Devices devices, Watchers watchers) {
        this.lists = lists;
        this.sessions = sessions;
        this.devices = devices;
        this.watchers = watchers;
    }

    @Override
    public void mount(Doors doors) {
        doors.get("/sessions/:session", SEE, this::show);
        doors.get("/sessions/:session/receipt", SEE, this::receipt);
        doors.post("/sessions/:session/end", Access.to(Action.STOP), this::end);
    }

    private Future<Answer> show(Visit visit) {
        return view(visit, Form.blank())
                .map(view -> Answer.show(visit.fragment() ? "console/sessionState.jte" : TEMPLATE, view));
    }

    private Future<SessionView> view(Visit visit, Form form) {
        return lists.get(visit.actor(), id(visit)).compose(row -> {
            Future<Device> device = devices.get(visit.actor(), row.session().device());
            Future<List<SessionStream>> streams = lists.streams(row);
            Future<List<Watcher>> all = watchers.of(row.session());
            return Future.all(device, streams, all)
                    .map(read -> new SessionView(
                            row,
                            streams.result(),
                            device.result().scope(),
                            visit.may(),
                            visit.actor().audited().equals(row.session().requestedBy()),
                            WatchersView.of(row.session(), all.result(), visit.actor()),
                            form));
        });
    }

    static String id(Visit visit) {
        String id = visit.part("session");
        if (!id.matches("[0-9a-f]{32}")) {
            throw new Refusal(Fault.NOT_FOUND, "not the id of a session");
        }
        return id;
    }

    private Future<Answer> receipt(Visit visit) {
        String id = id(visit);
        return lists.receipt(visit.actor(), id)
                .map(Buffer::buffer)
                .map(file -> Answer.file(
                        "attachment; filename=\"" + id + ".receipt\"",
                        "application/octet-stream",
                        file.length(),
                        sink -> sink.apply(file)))
                .recover(failure -> failure instanceof Refusal refusal && refusal.fault() == Fault.CONFLICT
                        ? Future.succeededFuture(Answer.go(SessionListView.PATH + "/" + id)
                                .saying(Toast.fault("This session has no receipt: nothing was granted.")))
                        : Future.failedFuture(failure));
    }

    private Future<Answer> end(Visit visit) {
        Form form = visit.form();
        String id = id(visit);
        String reason = reason(form, 0, LONGEST_REASON);
        if (!form.ok()) {
            return view(visit, form).map(view -> Answer.mend(TEMPLATE, view));
        }
        return sessions.end(visit.actor(), id, reason)
                .map(one -> Answer.go(SessionListView.PATH + "/" + id)
                        .saying(Toast.done(
                                one.state() == SessionState.WITHDRAWN
                                        ? "The request is taken back."
                                        : "The session is ended.")));
    }

    /** Why, on one line that can be shown as it is. */
    static String reason(Form form, int least, int most) {
        String reason = form.text("reason", least, most);
        if (!PlainText.is(reason)) {
            form.fault("reason", "Characters that turn writing round or hide are not taken here.");
        }
        return reason;
    }
}
