package io.fairlead.enterprise.console;

import static io.fairlead.enterprise.console.LogInVisits.object;
import static io.fairlead.enterprise.console.LogInVisits.text;

import io.fairlead.enterprise.browser.Access;
import io.fairlead.enterprise.browser.Answer;
import io.fairlead.enterprise.browser.Doors;
import io.fairlead.enterprise.browser.Pages;
import io.fairlead.enterprise.browser.Toast;
import io.fairlead.enterprise.browser.Visit;
import io.fairlead.enterprise.login.Confirmations;
import io.fairlead.enterprise.login.LogIns;
import io.fairlead.enterprise.login.Passkey;
import io.fairlead.enterprise.login.Passkeys;
import io.fairlead.enterprise.login.Proxies;
import io.fairlead.enterprise.login.Session;
import io.fairlead.enterprise.login.Sessions;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One's own account: passkeys, log-ins, password; and the confirmation of the command line. */
public final class LogInAccountPages implements Pages {
    // In this order: each calls itself by the names of those behind it as well.
    private static final Map<String, String> BROWSERS =
            inOrder("Edg/", "Edge", "OPR/", "Opera", "Firefox/", "Firefox", "Chrome/", "Chrome", "Safari/", "Safari");
    private static final Map<String, String> SYSTEMS = inOrder(
            "Android", "Android", "iPhone", "iPhone", "iPad", "iPad", "Windows", "Windows", "Mac OS", "macOS", "Linux",
            "Linux");

    private final LogIns logIns;
    private final Sessions sessions;
    private final Passkeys passkeys;
    private final Confirmations confirmations;
    private final LogInVisits visits;

    public LogInAccountPages(
            LogIns logIns, Sessions sessions, Passkeys passkeys, Confirmations confirmations, Proxies proxies) {
        this.logIns = logIns;
        this.sessions = sessions;
        this.passkeys = passkeys;
        this.confirmations = confirmations;
        this.visits = new LogInVisits(sessions, proxies);
    }

    private static Map<String, String> inOrder(String... pairs) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i], pairs[i + 1]);
        }
        return map;
    }

    /**
     * The page.
     *
     * @param here the session of this browser
     */
    public record AccountView(Session here, List<Passkey> passkeys, List<Session> sessions) {
        public boolean isHere(Session one) {
            return one.id().equals(here.id());
        }

        /** What it was begun with, in two words where it is one of the common browsers. */
        public String client(Session one) {
            String said = one.client();
            if (!said.startsWith("Mozilla/")) {
                return said;
            }
            return first(said, BROWSERS) + " on " + first(said, SYSTEMS);
        }

        private static String first(String said, Map<String, String> known) {
            return known.entrySet().stream()
                    .filter(each -> said.contains(each.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse("another");
        }
    }

    @Override
    public void mount(Doors doors) {
        doors.get("/account", Access.PERSON, this::page);
        doors.post("/account/passkey/ask", Access.PERSON, this::ask);
        doors.post("/account/passkey/add", Access.PERSON, this::add);
        doors.post("/account/passkey/:id/remove", Access.PERSON, this::remove);
        doors.post("/account/sessions/:id/close", Access.PERSON, this::close);
        doors.post("/account/sessions/close", Access.PERSON, this::everywhere);
        doors.post("/account/password", Access.PERSON, this::password);
        doors.get(
                Confirmations.PATH,
                Access.PERSON,
                visit -> visits.session(visit).map(session -> Answer.show("console/loginConfirm.jte", session)));
        doors.post(Confirmations.PATH + "/look", Access.PERSON, this::look);
        doors.post(Confirmations.PATH + "/ask", Access.PERSON, this::askForCode);
        doors.post(Confirmations.PATH + "/answer", Access.PERSON, this::confirm);
    }

    private Future<Answer> page(Visit visit) {
        return visits.session(visit)
                .compose(session -> passkeys.of(session.person())
                        .compose(keys -> sessions.of(session.person())
                                .map(all ->
                                        Answer.show("console/loginAccount.jte", new AccountView(session, keys, all)))));
    }

    private Future<Answer> ask(Visit visit) {
        return visits.session(visit).compose(passkeys::askNew).map(Answer::data).recover(LogInVisits::told);
    }

    private Future<Answer> add(Visit visit) {
        JsonObject json = visit.json();
        return visits.session(visit)
                .compose(session -> passkeys.add(session, object(json, "credential"), text(json, "name")))
                .map(added -> Answer.data(new JsonObject().put("next", "/account"))
                        .saying(Toast.done("The passkey is registered.")))
                .recover(LogInVisits::told);
    }

    private Future<Answer> remove(Visit visit) {
        return visits.session(visit)
                .compose(session -> passkeys.remove(session, visit.part("id")))
                .map(removed -> Answer.go("/account").saying(Toast.done("The passkey is removed.")))
                .recover(failure -> failure instanceof Refusal refusal && refusal.fault() == Fault.CONFLICT
                        ? Future.succeededFuture(Answer.go("/account")
                                .saying(Toast.fault("This is your last passkey, and what you may do needs one.")))
                        : Future.failedFuture(failure));
    }

    private Future<Answer> close(Visit visit) {
        return visits.session(visit)
                .compose(session -> sessions.close(session, visit.part("id"))
                        .map(closed -> session.id().equals(visit.part("id"))
                                ? Answer.go("/login").loggedOut()
                                : Answer.go("/account").saying(Toast.done("That log-in is closed."))))
                .recover(failure -> failure instanceof Refusal refusal && refusal.fault() == Fault.NOT_FOUND
                        ? Future.succeededFuture(
                                Answer.go("/account").saying(Toast.done("That log-in was over already.")))
                        : Future.failedFuture(failure));
    }

    private Future<Answer> everywhere(Visit visit) {
        return visits.session(visit)
                .compose(sessions::logOutEverywhere)
                .map(count -> Answer.go("/login").loggedOut());
    }

    private Future<Answer> password(Visit visit) {
        JsonObject json = visit.json();
        return visits.session(visit)
                .compose(session -> logIns.change(
                        session,
                        text(json, "exchange"),
                        text(json, "message"),
                        LogInVisits.keys(json),
                        visits.visitor(visit)))
                .map(message -> Answer.data(
                                new JsonObject().put("message", message).put("next", "/account"))
                        .saying(Toast.done("Your password is changed; all other log-ins are closed.")))
                .recover(LogInVisits::told);
    }

    private Future<Answer> look(Visit visit) {
        String code = text(visit.json(), "code");
        return visits.session(visit)
                .compose(session -> confirmations.look(session, code))
                .map(one -> Answer.data(new JsonObject()
                        .put("address", one.address())
                        .put("client", one.client())
                        .put("since", one.passwordAt().toString())))
                .recover(LogInVisits::told);
    }

    private Future<Answer> askForCode(Visit visit) {
        String code = text(visit.json(), "code");
        return visits.session(visit)
                .compose(session -> confirmations.ask(session, code))
                .map(Answer::data)
                .recover(LogInVisits::told);
    }

    private Future<Answer> confirm(Visit visit) {
        JsonObject json = visit.json();
        return visits.session(visit)
                .compose(session -> confirmations.confirm(session, text(json, "code"), object(json, "credential")))
                .map(confirmed -> Answer.data(new JsonObject()))
                .recover(LogInVisits::told);
    }
}
