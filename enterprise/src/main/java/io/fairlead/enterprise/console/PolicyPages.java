package io.fairlead.enterprise.console;

import io.fairlead.enterprise.browser.Access;
import io.fairlead.enterprise.browser.Answer;
import io.fairlead.enterprise.browser.Doors;
import io.fairlead.enterprise.browser.MenuItem;
import io.fairlead.enterprise.browser.Pages;
import io.fairlead.enterprise.browser.Visit;
import io.fairlead.enterprise.people.Action;
import io.fairlead.enterprise.roster.Roster;
import io.vertx.core.Future;

/** What each site lets the enterprise do, as its agents report it from the customer's own file. */
public final class PolicyPages implements Pages {
    private static final Access SEE = Access.to(Action.SEE_DATA);

    private final Roster roster;

    public PolicyPages(Roster roster) {
        this.roster = roster;
    }

    @Override
    public void mount(Doors doors) {
        doors.menu(new MenuItem("Policy", "/policy", "policy", "y", SEE));
        doors.get("/policy", SEE, this::list);
    }

    private Future<Answer> list(Visit visit) {
        String customer = visit.query().value("customer").replaceAll("\\p{Cntrl}", " ");
        return roster.policies(visit.actor(), customer.isEmpty() ? null : customer)
                .map(policies -> Answer.show("console/policy.jte", new PolicyView(policies)));
    }
}
