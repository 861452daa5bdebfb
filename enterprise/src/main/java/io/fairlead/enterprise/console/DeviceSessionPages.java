package io.fairlead.enterprise.console;

import io.fairlead.enterprise.browser.Access;
import io.fairlead.enterprise.browser.Answer;
import io.fairlead.enterprise.browser.Doors;
import io.fairlead.enterprise.browser.Form;
import io.fairlead.enterprise.browser.Pages;
import io.fairlead.enterprise.browser.Toast;
import io.fairlead.enterprise.browser.Visit;
import io.fairlead.enterprise.people.Action;
import io.fairlead.enterprise.remote.RemoteSessions;
import io.fairlead.enterprise.remote.SessionFilter;
import io.fairlead.enterprise.remote.SessionLists;
import io.fairlead.enterprise.remote.SessionRow;
import io.fairlead.enterprise.remote.SessionWish;
import io.fairlead.enterprise.roster.ReportedPolicy;
import io.fairlead.enterprise.roster.Roster;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import java.util.Optional;

/** Asks an instrument for a remote session, and shows what came of those that were asked for. */
final class DeviceSessionPages implements Pages {
    private static final int SHOWN = 25;
    private static final String TEMPLATE = "console/deviceSessions.jte";

    private final DeviceHeads heads;
    private final RemoteSessions sessions;
    private final SessionLists lists;
    private final Roster roster;

    DeviceSessionPages(DeviceHeads heads, RemoteSessions sessions, SessionLists lists, Roster roster) {
        this.heads = heads;
        this.sessions = sessions;
        this.lists = lists;
        this.roster = roster;
    }

    @Override
    public void mount(Doors doors) {
        doors.get("/devices/:device/sessions", Access.to(Action.SEE_DATA), this::show);
        doors.post("/devices/:device/sessions", Access.to(Action.REQUEST_SESSION), this::ask);
    }

    private Future<Answer> show(Visit visit) {
        return view(visit, Form.blank())
                .map(view -> Answer.show(visit.fragment() ? "console/deviceSessionList.jte" : TEMPLATE, view));
    }

    private Future<DeviceSessionView> view(Visit visit, Form form) {
        boolean all = !visit.query().value("all").isEmpty();
        return heads.of(visit, DeviceTab.SESSIONS).compose(head -> {
            Future<SessionRow.Page> page = lists.search(
                    visit.actor(), SessionFilter.of(head.device().id()), null, all ? SessionLists.MOST : SHOWN);
            Future<Optional<ReportedPolicy>> policy =
                    roster.policy(visit.actor(), head.device().id());
            return Future.all(page, policy)
                    .map(both -> new DeviceSessionView(head, policy.result(), page.result(), form, all));
        });
    }

    private Future<Answer> ask(Visit visit) {
        Form form = visit.form();
        return view(visit, form).compose(view -> {
            SessionWish wish = DeviceSessionForm.wish(
                    form, visit.actor(), view.head().device().id(), view.desktops());
            return wish == null
                    ? Future.succeededFuture(Answer.mend(TEMPLATE, view))
                    : sessions.request(wish)
                            .map(one -> Answer.go("/sessions/" + one.id())
                                    .saying(Toast.done("The request is on its way to " + one.device() + ".")))
                            .recover(failure -> mended(view, form, failure));
        });
    }

    private static Future<Answer> mended(DeviceSessionView view, Form form, Throwable failure) {
        String why = whyNot(failure);
        if (why.isEmpty()) {
            return Future.failedFuture(failure);
        }
        form.fault("", why);
        return Future.succeededFuture(Answer.mend(TEMPLATE, view));
    }

    /** What keeps a device from being asked, for the form; empty for what has a page of its own. */
    private static String whyNot(Throwable failure) {
        return failure instanceof Refusal refusal
                ? switch (refusal.fault()) {
                    case DEVICE_MUTED -> "This device is muted: it takes no session until somebody unmutes it.";
                    case DEVICE_STOLEN -> "This device is reported stolen: it takes no session.";
                    case CERTIFICATE_REVOKED ->
                        "This device’s certificates are revoked or have ended: it cannot be reached until it is enrolled anew.";
                    case NOT_ENROLLED -> "No agent is enrolled for this device, so nobody can be asked.";
                    case CONFLICT ->
                        "Two machines have this device’s identity: it takes no session until somebody decides which one is the device.";
                    case INVALID -> "This does not fit into a request. Make the reason shorter.";
                    default -> "";
                }
                : "";
    }
}
