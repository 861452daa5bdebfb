package io.fairlead.enterprise.console;

import io.fairlead.enterprise.account.AccountDetails;
import io.fairlead.enterprise.account.AccountRegister;
import io.fairlead.enterprise.account.AddressLimit;
import io.fairlead.enterprise.account.CertificateRegister;
import io.fairlead.enterprise.account.ClientCertificate;
import io.fairlead.enterprise.account.FailedCall;
import io.fairlead.enterprise.account.FailedCalls;
import io.fairlead.enterprise.account.Lifetime;
import io.fairlead.enterprise.account.Made;
import io.fairlead.enterprise.browser.Access;
import io.fairlead.enterprise.browser.Answer;
import io.fairlead.enterprise.browser.Doors;
import io.fairlead.enterprise.browser.Form;
import io.fairlead.enterprise.browser.Pages;
import io.fairlead.enterprise.browser.Toast;
import io.fairlead.enterprise.browser.Visit;
import io.fairlead.enterprise.notification.DeliveryHistory;
import io.fairlead.enterprise.people.Action;
import io.fairlead.enterprise.people.NewPerson;
import io.fairlead.soap.Fault;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The accounts of other systems, one by one. A password is on the page that answers its making, and on no other. */
public final class AccountPages implements Pages {
    private static final String PAGE = "console/account.jte";
    private static final String NEW = "console/accountNew.jte";
    private static final String ONE = "/integration/accounts/:account";

    private final AccountRegister accounts;
    private final CertificateRegister certificates;
    private final FailedCalls failedCalls;
    private final DeliveryHistory deliveries;
    private final Clock clock;

    public AccountPages(
            AccountRegister accounts,
            CertificateRegister certificates,
            FailedCalls failedCalls,
            DeliveryHistory deliveries,
            Clock clock) {
        this.accounts = accounts;
        this.certificates = certificates;
        this.failedCalls = failedCalls;
        this.deliveries = deliveries;
        this.clock = clock;
    }

    @Override
    public void mount(Doors doors) {
        Access manage = Access.to(Action.MANAGE_PEOPLE);
        doors.get("/new-account", manage, AccountPages::blank);
        doors.post("/new-account", manage, this::add);
        doors.get(
                ONE,
                Access.to(Action.SEE_PEOPLE),
                visit -> page(visit, Map.of(), null).map(view -> Answer.show(PAGE, view)));
        doors.post(ONE + "/rotate", manage, this::rotate);
        doors.post(ONE + "/forget-old", manage, this::forgetOld);
        doors.post(ONE + "/limit", manage, this::limit);
        doors.post(ONE + "/certificates", manage, this::addCertificate);
        doors.post(ONE + "/certificates/:certificate/remove", manage, this::removeCertificate);
        doors.post(ONE + "/disable", manage, this::disable);
        doors.post(ONE + "/enable", manage, this::enable);
    }

    private Future<AccountView> page(Visit visit, Map<String, Form> forms, @Nullable Made made) {
        return page(visit, visit.part("account"), forms, made);
    }

    private Future<AccountView> page(Visit visit, String name, Map<String, Form> forms, @Nullable Made made) {
        Future<AccountDetails> details = accounts.details(visit.actor(), name);
        Future<List<FailedCall>> failed = failedCalls.list(visit.actor(), name);
        Future<List<DeliveryHistory.Line>> told = deliveries.of(visit.actor(), name);
        return Future.all(details, failed, told)
                .map(all -> new AccountView(
                        details.result(), failed.result(), told.result(), visit.may(), forms, clock.instant(), made));
    }

    /** A customer's administrator adds his own customer's. */
    private static Future<Answer> blank(Visit visit) {
        List<String> customers = PeoplePages.ownCustomers(visit);
        return Future.succeededFuture(Answer.show(
                NEW, Form.filled(Map.of("days", "365", "customer", customers.size() == 1 ? customers.get(0) : ""))));
    }

    private Future<Answer> add(Visit visit) {
        Form form = visit.form();
        PersonWords words = PersonWords.ofNew(form);
        AddressLimit limit = AccountWords.limit(form);
        long days = form.number("days", 1, Lifetime.LONGEST);
        if (!form.ok()) {
            return Future.succeededFuture(Answer.mend(NEW, form));
        }
        String customer = words.customer().isEmpty() ? null : words.customer();
        NewPerson account = new NewPerson(words.name(), words.displayName(), words.organisation(), customer);
        return accounts.add(visit.actor(), account, limit, new Lifetime((int) days, Lifetime.USUAL_OVERLAP))
                .compose(made -> page(visit, words.name(), Map.of(), made))
                .map(view -> Answer.show(PAGE, view))
                .recover(failure -> Mending.beside(
                                form,
                                failure,
                                Map.of(
                                        Fault.CONFLICT,
                                                "name: An account or a person has this name, or had it. Choose another one.",
                                        Fault.FORBIDDEN,
                                                "customer: You may add accounts of your own customer only. Write its name as devices have it."))
                        .map(mended -> Answer.mend(NEW, mended)));
    }

    private Future<Answer> rotate(Visit visit) {
        Form form = visit.form();
        Lifetime lifetime = AccountWords.lifetime(form);
        return form.ok()
                ? accounts.rotate(visit.actor(), visit.part("account"), lifetime)
                        .compose(made -> page(visit, Map.of(), made))
                        .map(view -> Answer.show(PAGE, view))
                        .recover(
                                failure -> mended(
                                        visit,
                                        "rotate",
                                        failure,
                                        Map.of(
                                                Fault.CONFLICT,
                                                "overlap: There are two passwords already: forget the old one first, or end both at once with 0.")))
                : mend(visit, "rotate");
    }

    private Future<Answer> forgetOld(Visit visit) {
        return accounts.forgetOld(visit.actor(), visit.part("account"))
                .map(count -> gone(
                        visit,
                        count == 0 ? "There was no old password." : "From now on only the newest password is taken."));
    }

    private Future<Answer> limit(Visit visit) {
        AddressLimit limit = AccountWords.limit(visit.form());
        return visit.form().ok()
                ? accounts.limit(visit.actor(), visit.part("account"), limit)
                        .map(changed -> gone(
                                visit,
                                limit.isThere()
                                        ? "Taken from these addresses only, from now on."
                                        : "Taken from anywhere, from now on."))
                        .recover(failure -> mended(visit, "limit", failure, Map.of()))
                : mend(visit, "limit");
    }

    private Future<Answer> addCertificate(Visit visit) {
        Form form = visit.form();
        Optional<ClientCertificate> certificate = AccountWords.certificate(form);
        @Nullable Instant until = AccountWords.until(form);
        return form.ok() && certificate.isPresent()
                ? certificates
                        .add(visit.actor(), visit.part("account"), certificate.get(), until)
                        .map(end -> gone(visit, "It may call with this certificate from now on."))
                        .recover(failure -> mended(
                                visit,
                                "certificate",
                                failure,
                                Map.of(
                                        Fault.CONFLICT,
                                                "pem: This account has as many certificates as it can, or another account has"
                                                        + " this one: remove one first.",
                                        Fault.INVALID,
                                                "until: The certificate must not have ended. Write a day before its own"
                                                        + " end, at most three years ahead, or none.")))
                : mend(visit, "certificate");
    }

    private Future<Answer> removeCertificate(Visit visit) {
        return certificates
                .remove(visit.actor(), visit.part("account"), visit.part("certificate"))
                .map(removed -> gone(visit, "No further call with this certificate is taken."));
    }

    private Future<Answer> disable(Visit visit) {
        String reason = visit.form().text("reason", 3, 300);
        return visit.form().ok()
                ? accounts.disable(visit.actor(), visit.part("account"), reason)
                        .map(fresh -> gone(visit, "Disabled; its calls are refused."))
                        .recover(failure -> mended(visit, "disable", failure, Map.of()))
                : mend(visit, "disable");
    }

    private Future<Answer> enable(Visit visit) {
        return accounts.enable(visit.actor(), visit.part("account"))
                .map(widened -> gone(
                        visit,
                        widened.isInEffect()
                                ? "Its calls are taken again."
                                : "Proposed. It has effect once another administrator approves of it."))
                .recover(failure -> mended(visit, "enable", failure, Map.of()));
    }

    private Future<Answer> mend(Visit visit, String form) {
        return page(visit, Map.of(form, visit.form()), null).map(view -> Answer.mend(PAGE, view));
    }

    private Future<Answer> mended(Visit visit, String form, Throwable failure, Map<Fault, String> messages) {
        return Mending.beside(visit.form(), failure, messages).compose(mended -> mend(visit, form));
    }

    private static Answer gone(Visit visit, String said) {
        return Answer.go("/integration/accounts/" + visit.part("account")).saying(Toast.done(said));
    }
}
