package io.fairlead.enterprise.console;

import io.fairlead.enterprise.allowlist.CustomerLinks;
import io.fairlead.enterprise.browser.Access;
import io.fairlead.enterprise.browser.Answer;
import io.fairlead.enterprise.browser.Doors;
import io.fairlead.enterprise.browser.Form;
import io.fairlead.enterprise.browser.Pages;
import io.fairlead.enterprise.browser.Toast;
import io.fairlead.enterprise.browser.Visit;
import io.fairlead.enterprise.people.Action;
import io.fairlead.firewall.Cidr;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Links by which customers' lists are fetched. A link is on the page that answers its making, and on no other. */
public final class AllowlistLinkPages implements Pages {
    private static final String PATH = "/allowlist/links";
    private static final String PAGE = "console/allowlistLinks.jte";
    private static final Map<Fault, String> MESSAGES = Map.of(
            Fault.FORBIDDEN,
            "customer: You may make links of your own customer only. Write its name as devices have it.",
            Fault.INVALID,
            "customer: No device and nobody is of this customer. Write its name as devices have it.",
            Fault.CONFLICT,
            "customer: This customer has " + CustomerLinks.MOST + " links: revoke one first.");

    private final CustomerLinks links;
    private final String url;

    /** @param url of the people's listener, without a path */
    public AllowlistLinkPages(CustomerLinks links, String url) {
        this.links = links;
        this.url = url;
    }

    private interface Showing {
        Answer show(String template, Object view);
    }

    @Override
    public void mount(Doors doors) {
        Access manage = Access.to(Action.MANAGE_PEOPLE);
        doors.get(PATH, manage, visit -> page(visit, blank(visit), Optional.empty(), Answer::show));
        doors.post(PATH, manage, this::make);
        doors.post(PATH + "/:id/revoke", manage, this::revoke);
    }

    private Future<Answer> page(Visit visit, Form form, Optional<CustomerLinks.Made> made, Showing showing) {
        return links.list(visit.actor()).map(all -> showing.show(PAGE, new AllowlistLinksView(all, form, made, url)));
    }

    private static Form blank(Visit visit) {
        List<String> customers = PeoplePages.ownCustomers(visit);
        return customers.size() == 1 ? Form.filled(Map.of("customer", customers.get(0))) : Form.blank();
    }

    private Future<Answer> make(Visit visit) {
        Form form = visit.form();
        // That there must be one is said after who may, as everywhere.
        String customer = form.text("customer", 0, 200);
        String purpose = form.text("purpose", 1, 300);
        List<Cidr> sources = AllowlistAddress.sources(form);
        if (!form.ok()) {
            return page(visit, form, Optional.empty(), Answer::mend);
        }
        return links.make(visit.actor(), customer.isEmpty() ? null : customer, purpose, sources)
                .compose(made -> page(visit, blank(visit), Optional.of(made), Answer::show))
                .recover(failure -> Mending.beside(form, failure, MESSAGES)
                        .compose(mended -> page(visit, mended, Optional.empty(), Answer::mend)));
    }

    private Future<Answer> revoke(Visit visit) {
        String id = visit.part("id");
        if (!id.matches("[0-9]{1,18}")) {
            throw new Refusal(Fault.NOT_FOUND, "no number of a link");
        }
        return links.revoke(visit.actor(), Long.parseLong(id))
                .map(customer -> Answer.go(PATH)
                        .saying(Toast.done(
                                "Revoked: that link of " + Shown.brief(customer) + " opens nothing any more.")));
    }
}
