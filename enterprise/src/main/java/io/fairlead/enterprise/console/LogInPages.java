package io.fairlead.enterprise.console;

import static io.fairlead.enterprise.console.LogInVisits.object;
import static io.fairlead.enterprise.console.LogInVisits.text;

import io.fairlead.enterprise.browser.Access;
import io.fairlead.enterprise.browser.Answer;
import io.fairlead.enterprise.browser.Doors;
import io.fairlead.enterprise.browser.Pages;
import io.fairlead.enterprise.browser.Visit;
import io.fairlead.enterprise.login.Links;
import io.fairlead.enterprise.login.LogIns;
import io.fairlead.enterprise.login.Passkeys;
import io.fairlead.enterprise.login.Proxies;
import io.fairlead.enterprise.login.Session;
import io.fairlead.enterprise.login.Sessions;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Log-in, the passkey after it, log-out, and the page of one-time links. The pages are empty forms: {@code login.js} does
 * what they say, because the password must not leave the browser.
 */
public final class LogInPages implements Pages {
    private final LogIns logIns;
    private final Sessions sessions;
    private final Passkeys passkeys;
    private final Links links;
    private final LogInVisits visits;

    public LogInPages(LogIns logIns, Sessions sessions, Passkeys passkeys, Links links, Proxies proxies) {
        this.logIns = logIns;
        this.sessions = sessions;
        this.passkeys = passkeys;
        this.links = links;
        this.visits = new LogInVisits(sessions, proxies);
    }

    /**
     * The page that asks for name and password.
     *
     * @param to where to go afterwards
     * @param ended whether a session has ended, and the person has not ended it here
     */
    public record LogInView(String to, boolean ended) {}

    /**
     * The page that asks for a passkey.
     *
     * @param name who is asked
     * @param any whether he has one
     * @param again whether he is in already, and something asked for more
     */
    public record PasskeyView(String to, String name, boolean any, boolean again) {}

    @Override
    public void mount(Doors doors) {
        doors.get("/login", Access.ANYONE, this::page);
        doors.post("/login/first", Access.ANYONE, this::first);
        doors.post("/login/final", Access.ANYONE, this::last);
        doors.get("/login/passkey", Access.ANYONE, this::passkey);
        doors.post("/login/passkey/ask", Access.ANYONE, this::ask);
        doors.post("/login/passkey/answer", Access.ANYONE, this::answer);
        doors.post("/logout", Access.ANYONE, this::logOut);
        doors.get(Links.PATH, Access.ANYONE, visit -> shown(Answer.show("console/loginLink.jte", "")));
        doors.post(Links.PATH + "/look", Access.ANYONE, this::look);
        doors.post(Links.PATH + "/passkey", Access.ANYONE, this::askNew);
        doors.post(Links.PATH + "/use", Access.ANYONE, this::use);
    }

    private static Future<Answer> shown(Answer answer) {
        return Future.succeededFuture(answer);
    }

    private Future<Answer> page(Visit visit) {
        String to = LogInVisits.next(visit.query().value("to"));
        boolean ended = !visit.query().value("ended").isEmpty();
        return shown(
                visit.anybody().isPresent()
                        ? Answer.go(to)
                        : Answer.show("console/login.jte", new LogInView(to, ended)));
    }

    private Future<Answer> first(Visit visit) {
        return logIns.begin(text(visit.json(), "message"), visits.visitor(visit))
                .map(begun -> Answer.data(
                        new JsonObject().put("exchange", begun.exchange()).put("message", begun.message())))
                .recover(LogInVisits::told);
    }

    private Future<Answer> last(Visit visit) {
        JsonObject json = visit.json();
        String to = LogInVisits.next(text(json, "to"));
        return logIns.finish(text(json, "exchange"), text(json, "message"), Session.Kind.BROWSER, visits.visitor(visit))
                .map(in -> Answer.data(new JsonObject()
                                .put("message", in.message())
                                .put("next", in.opened().session().waiting() ? LogInStep.path(to) : to))
                        .loggedIn(in.opened().token().value())
                        .known(in.marks()))
                .recover(LogInVisits::told);
    }

    private Future<Answer> passkey(Visit visit) {
        String to = LogInVisits.next(visit.query().value("to"));
        return visits.found(visit).compose(found -> {
            if (found.isEmpty()) {
                return shown(Answer.go("/login"));
            }
            Session session = found.get();
            return passkeys.of(session.person())
                    .map(all -> session.confirmed()
                            ? Answer.go(to)
                            : Answer.show(
                                    "console/loginPasskey.jte",
                                    new PasskeyView(to, session.displayName(), !all.isEmpty(), !session.waiting())));
        });
    }

    private Future<Answer> ask(Visit visit) {
        return visits.session(visit).compose(passkeys::ask).map(Answer::data).recover(LogInVisits::told);
    }

    private Future<Answer> answer(Visit visit) {
        JsonObject json = visit.json();
        String to = LogInVisits.next(text(json, "to"));
        return visits.session(visit)
                .compose(session -> passkeys.confirm(session, object(json, "credential")))
                .map(opened -> Answer.data(new JsonObject().put("next", to))
                        .loggedIn(opened.token().value()))
                .recover(LogInVisits::told);
    }

    private Future<Answer> logOut(Visit visit) {
        return visits.found(visit)
                .compose(found -> found.map(sessions::logOut).orElseGet(Future::succeededFuture))
                .map(out -> Answer.go("/login").loggedOut());
    }

    private Future<Answer> look(Visit visit) {
        return links.look(text(visit.json(), "token"))
                .map(looked -> Answer.data(new JsonObject()
                        .put("person", looked.person())
                        .put("displayName", looked.displayName())
                        .put("passkeyNeeded", looked.passkeyNeeded())))
                .recover(LogInVisits::told);
    }

    private Future<Answer> askNew(Visit visit) {
        JsonObject json = visit.json();
        return links.askPasskey(text(json, "token"), newcomer(json))
                .map(Answer::data)
                .recover(LogInVisits::told);
    }

    private Future<Answer> use(Visit visit) {
        JsonObject json = visit.json();
        Links.NewPasskey passkey = json.getValue("credential") instanceof JsonObject credential
                ? new Links.NewPasskey(credential, text(json, "passkeyName"))
                : null;
        return links.use(text(json, "token"), LogInVisits.keys(json), passkey, newcomer(json))
                .map(person -> Answer.data(new JsonObject().put("person", person)))
                .recover(LogInVisits::told);
    }

    private static Links.@Nullable Newcomer newcomer(JsonObject json) {
        return Optional.ofNullable(json.getString("name"))
                .map(name -> new Links.Newcomer(name, text(json, "displayName"), text(json, "organisation")))
                .orElse(null);
    }
}
