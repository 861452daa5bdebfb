package io.fairlead.enterprise.console;

import io.fairlead.enterprise.browser.Access;
import io.fairlead.enterprise.browser.Answer;
import io.fairlead.enterprise.browser.Doors;
import io.fairlead.enterprise.browser.MenuItem;
import io.fairlead.enterprise.browser.Pages;
import io.fairlead.enterprise.browser.Toast;
import io.fairlead.enterprise.browser.Visit;
import io.fairlead.enterprise.login.LockOut;
import io.fairlead.enterprise.people.Action;
import io.vertx.core.Future;
import java.util.List;

/** Addresses from which too many log-ins have failed. */
public final class LogInBlockedPages implements Pages {
    private static final String PATH = "/lockouts";

    private final LockOut lockOut;

    public LogInBlockedPages(LockOut lockOut) {
        this.lockOut = lockOut;
    }

    /** The page. */
    public record BlockedView(List<LockOut.Blocked> blocked) {}

    @Override
    public void mount(Doors doors) {
        Access access = Access.to(Action.UNBLOCK);
        doors.get(PATH, access, this::page);
        doors.post(PATH + "/unblock", access, this::unblock);
        doors.menu(new MenuItem("Blocked", PATH, "blocked", "b", access));
    }

    private Future<Answer> page(Visit visit) {
        return lockOut.list(visit.actor())
                .map(blocked -> Answer.show("console/loginBlocked.jte", new BlockedView(blocked)));
    }

    private Future<Answer> unblock(Visit visit) {
        String counter = visit.form().value("counter");
        return lockOut.unblock(visit.actor(), counter)
                .map(was ->
                        Answer.go(PATH).saying(Toast.done(was ? "It may try again." : "It was not blocked any more.")));
    }
}
