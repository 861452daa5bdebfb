package io.fairlead.enterprise.browser;

import io.fairlead.enterprise.people.Action;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Pages to try the frame with. */
final class StylePages implements Pages {
    @Override
    public void mount(Doors doors) {
        doors.menu(new MenuItem("Overview", "/", "overview", "o", Access.PERSON));
        doors.menu(new MenuItem("Parts", "/style", "devices", "p", Access.PERSON));
        doors.menu(new MenuItem("People", "/people", "people", "e", Access.to(Action.SEE_PEOPLE)));
        doors.menu(new MenuItem("Audit", "/audit", "audit", "a", Access.to(Action.SEE_AUDIT)));
        doors.get(
                "/login",
                Access.ANYONE,
                visit -> Future.succeededFuture(
                        Answer.show("browser/trouble.jte", new Trouble(200, "Log in", "Here.", ""))));
        doors.get("/style", Access.PERSON, visit -> shown(Form.filled(Map.of("hours", "12"))));
        doors.post("/style", Access.PERSON, visit -> {
            Form form = visit.form();
            String name = form.text("name", 1, 20);
            long hours = form.number("hours", 0, 99);
            form.lines("note", 0, 100);
            return form.ok()
                    ? Future.succeededFuture(
                            Answer.go("/style").saying(Toast.done("Saved " + name + ", " + hours + " h. “§ü”")))
                    : Future.succeededFuture(Answer.mend("browser/style.jte", form));
        });
        doors.post(
                "/style/part",
                Access.PERSON,
                visit -> Future.succeededFuture(
                        Answer.show("browser/loading.jte", "").saying(Toast.done("Sent – by htmx"))));
        AtomicInteger hints = new AtomicInteger();
        doors.get(
                "/style/hints",
                Access.PERSON,
                visit -> Future.succeededFuture(
                        Answer.show("browser/style-part.jte", "<b>hint</b> " + hints.incrementAndGet())));
        doors.post(
                "/enter",
                Access.ANYONE,
                visit -> Future.succeededFuture(
                        Answer.go("/style").loggedIn(visit.form().value("token"))));
        doors.post(
                "/logout",
                Access.PERSON,
                visit -> Future.succeededFuture(Answer.go("/login").loggedOut()));
        doors.get("/audit", Access.to(Action.SEE_AUDIT), visit -> shown(Form.blank()));
        doors.get("/broken", Access.PERSON, visit -> {
            throw new IllegalStateException("secret detail");
        });
        doors.get(
                "/missing", Access.PERSON, visit -> Future.failedFuture(new Refusal(Fault.NOT_FOUND, "secret detail")));
    }

    private static Future<Answer> shown(Form form) {
        return Future.succeededFuture(Answer.show("browser/style.jte", form));
    }
}
