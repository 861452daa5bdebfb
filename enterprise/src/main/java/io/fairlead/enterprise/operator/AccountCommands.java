package io.fairlead.enterprise.operator;

import io.fairlead.enterprise.account.Account;
import io.fairlead.enterprise.account.AccountCertificate;
import io.fairlead.enterprise.account.AccountPassword;
import io.fairlead.enterprise.account.AccountRegister;
import io.fairlead.enterprise.account.AddressLimit;
import io.fairlead.enterprise.account.CertificateRegister;
import io.fairlead.enterprise.account.ClientCertificate;
import io.fairlead.enterprise.account.FailedCall;
import io.fairlead.enterprise.account.FailedCalls;
import io.fairlead.enterprise.account.Lifetime;
import io.fairlead.enterprise.account.Made;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.enterprise.people.NewPerson;
import io.fairlead.enterprise.people.PersonFilter;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;

/** Accounts of other systems. What they may, is given and taken as of people: {@link RightsCommands}. */
public final class AccountCommands {
    private final AccountRegister register;
    private final CertificateRegister certificates;
    private final FailedCalls failedCalls;

    public AccountCommands(AccountRegister register, CertificateRegister certificates, FailedCalls failedCalls) {
        this.register = register;
        this.certificates = certificates;
        this.failedCalls = failedCalls;
    }

    public Map<String, Command> commands() {
        return Map.ofEntries(
                Map.entry("accounts", this::list),
                Map.entry("accounts.add", this::add),
                Map.entry("accounts.rotate", this::rotate),
                Map.entry("accounts.forget-old", this::forgetOld),
                Map.entry("accounts.limit", this::limit),
                Map.entry("accounts.disable", this::disable),
                Map.entry("accounts.enable", this::enable),
                Map.entry("accounts.failures", this::failures),
                Map.entry("accounts.certificates", this::certificates),
                Map.entry("accounts.certificates.add", this::addCertificate),
                Map.entry("accounts.certificates.remove", this::removeCertificate));
    }

    private Future<JsonObject> list(Actor actor, Arguments arguments) {
        arguments.only("search", "after", "limit");
        PersonFilter filter = new PersonFilter(
                arguments.optionalText("search").orElse(""),
                arguments.optionalText("after").orElse(null),
                (int) arguments.number("limit", 1, PersonFilter.MOST, 100));
        return register.list(actor, filter)
                .map(list -> new JsonObject().put("accounts", Json.array(list, AccountCommands::account)));
    }

    private static JsonObject account(Account account) {
        return PeopleJson.listed(account.listed())
                .put("addresses", new JsonArray(account.limit().texts()))
                .put("passwords", Json.array(account.passwords(), AccountCommands::password));
    }

    private static JsonObject password(AccountPassword one) {
        JsonObject json = new JsonObject()
                .put("id", one.id())
                .put("madeAt", one.madeAt().toString())
                .put("madeBy", one.madeBy())
                .put("notAfter", one.notAfter().toString());
        Json.known(json, "usedAt", one.usedAt());
        Json.known(json, "usedFrom", one.usedFrom());
        return json;
    }

    private Future<JsonObject> add(Actor actor, Arguments arguments) {
        arguments.only("name", "label", "organisation", "customer", "addresses", "days");
        String label = arguments.text("label");
        String customer = arguments.optionalText("customer").orElse(null);
        NewPerson account = new NewPerson(
                arguments.text("name"),
                label,
                arguments.optionalText("organisation").orElse(customer == null ? label : customer),
                customer);
        return register.add(actor, account, limit(arguments), lifetime(arguments))
                .map(AccountCommands::made);
    }

    private Future<JsonObject> rotate(Actor actor, Arguments arguments) {
        arguments.only("name", "overlap", "days");
        return register.rotate(actor, arguments.text("name"), lifetime(arguments))
                .map(AccountCommands::made);
    }

    private static Lifetime lifetime(Arguments arguments) {
        return new Lifetime((int) arguments.number("days", 1, Lifetime.LONGEST, Lifetime.USUAL), (int)
                arguments.number("overlap", 0, Lifetime.LONGEST_OVERLAP, Lifetime.USUAL_OVERLAP));
    }

    private static JsonObject made(Made made) {
        return new JsonObject()
                .put("name", made.account())
                .put("password", made.secret().value())
                .put("notAfter", made.notAfter().toString());
    }

    private Future<JsonObject> forgetOld(Actor actor, Arguments arguments) {
        arguments.only("name");
        String name = arguments.text("name");
        return register.forgetOld(actor, name)
                .map(count -> new JsonObject().put("name", name).put("forgotten", count));
    }

    private Future<JsonObject> limit(Actor actor, Arguments arguments) {
        arguments.only("name", "addresses");
        String name = arguments.text("name");
        if (arguments.optionalText("addresses").isEmpty()) {
            return Future.failedFuture(
                    new Refusal(Fault.INVALID, "argument addresses is missing; empty, it is taken from anywhere"));
        }
        return register.limit(actor, name, limit(arguments))
                .map(changed -> new JsonObject().put("name", name).put("changed", changed));
    }

    /** Ranges with commas between them; none for anywhere. */
    private static AddressLimit limit(Arguments arguments) {
        String text = arguments.optionalText("addresses").orElse("").strip();
        return text.isEmpty()
                ? AddressLimit.NONE
                : AddressLimit.of(
                        Arrays.stream(text.split(",", -1)).map(String::strip).toList());
    }

    private Future<JsonObject> disable(Actor actor, Arguments arguments) {
        arguments.only("name", "reason");
        String name = arguments.text("name");
        return register.disable(actor, name, arguments.reason())
                .map(changed -> new JsonObject().put("name", name).put("changed", changed));
    }

    private Future<JsonObject> enable(Actor actor, Arguments arguments) {
        arguments.only("name");
        return register.enable(actor, arguments.text("name")).map(PeopleJson::widened);
    }

    private Future<JsonObject> failures(Actor actor, Arguments arguments) {
        arguments.only("name");
        return failedCalls
                .list(actor, arguments.text("name"))
                .map(list -> new JsonObject().put("failures", Json.array(list, AccountCommands::failed)));
    }

    private static JsonObject failed(FailedCall one) {
        return new JsonObject()
                .put("at", one.at().toString())
                .put("service", one.call().service())
                .put("operation", one.call().operation())
                .put("code", one.code())
                .put("why", one.why())
                .put("correlation", one.call().correlation())
                .put("address", one.address());
    }

    private Future<JsonObject> certificates(Actor actor, Arguments arguments) {
        arguments.only("name");
        return register.details(actor, arguments.text("name"))
                .map(account -> new JsonObject()
                        .put("certificates", Json.array(account.certificates(), AccountCommands::certificate)));
    }

    private static JsonObject certificate(AccountCertificate one) {
        JsonObject json = certificate(one.certificate(), one.notAfter())
                .put("addedAt", one.addedAt().toString())
                .put("addedBy", one.addedBy());
        Json.known(json, "usedAt", one.usedAt());
        Json.known(json, "usedFrom", one.usedFrom());
        return json;
    }

    private static JsonObject certificate(ClientCertificate one, Instant notAfter) {
        return new JsonObject()
                .put("sha256", one.sha256())
                .put("subject", one.subject())
                .put("key", one.key())
                .put("notBefore", one.notBefore().toString())
                .put("notAfter", notAfter.toString());
    }

    private Future<JsonObject> addCertificate(Actor actor, Arguments arguments) {
        arguments.only("name", "pem", "until");
        ClientCertificate one = ClientCertificate.of(arguments.text("pem"));
        return certificates
                .add(
                        actor,
                        arguments.text("name"),
                        one,
                        arguments.moment("until").orElse(null))
                .map(notAfter -> certificate(one, notAfter));
    }

    private Future<JsonObject> removeCertificate(Actor actor, Arguments arguments) {
        arguments.only("name", "certificate");
        String name = arguments.text("name");
        return certificates
                .remove(actor, name, arguments.text("certificate"))
                .map(sha256 -> new JsonObject().put("name", name).put("sha256", sha256));
    }
}
