package io.fairlead.enterprise.operator;

import io.fairlead.enterprise.people.Actor;
import io.fairlead.enterprise.people.Grants;
import io.fairlead.enterprise.people.Role;
import io.fairlead.enterprise.people.Scope;
import io.fairlead.enterprise.people.Widening;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;

/** What people may do. */
final class RightsCommands {
    private final Grants grants;

    RightsCommands(Grants grants) {
        this.grants = grants;
    }

    Map<String, Command> commands() {
        return Map.of(
                "people.grant", this::grant,
                "people.withdraw", this::withdraw,
                "people.train", this::train,
                "people.untrain", this::untrain,
                "people.proposals", this::proposals,
                "people.approve", this::approve,
                "people.reject", this::reject);
    }

    private Future<JsonObject> grant(Actor actor, Arguments arguments) {
        arguments.only("name", "role", "region", "customer", "model", "until");
        Scope scope = new Scope(
                arguments.optionalText("region").orElse(null),
                arguments.optionalText("customer").orElse(null),
                arguments.optionalText("model").orElse(null));
        Widening role = new Widening.OfRole(
                arguments.text("name"),
                role(arguments.text("role")),
                scope,
                arguments.moment("until").orElse(null));
        return grants.widen(actor, role).map(PeopleJson::widened);
    }

    private static Role role(String key) {
        return Role.ofKey(key)
                .orElseThrow(() -> new Refusal(
                        Fault.INVALID,
                        "there is no role " + (key.length() > 40 ? key.substring(0, 40) : key) + "; there are "
                                + String.join(
                                        ", ",
                                        Arrays.stream(Role.values())
                                                .map(Role::key)
                                                .toList())));
    }

    private Future<JsonObject> withdraw(Actor actor, Arguments arguments) {
        arguments.only("name", "id", "reason");
        return grants.withdraw(actor, arguments.text("name"), id(arguments), arguments.reason())
                .map(new JsonObject().put("withdrawn", id(arguments)));
    }

    private Future<JsonObject> train(Actor actor, Arguments arguments) {
        arguments.only("name", "model", "until", "evidence");
        Instant until =
                arguments.moment("until").orElseThrow(() -> new Refusal(Fault.INVALID, "argument until is missing"));
        Widening training = new Widening.OfTraining(
                arguments.text("name"), arguments.text("model"), until, arguments.text("evidence"));
        return grants.widen(actor, training).map(PeopleJson::widened);
    }

    private Future<JsonObject> untrain(Actor actor, Arguments arguments) {
        arguments.only("name", "id", "reason");
        return grants.withdrawTraining(actor, arguments.text("name"), id(arguments), arguments.reason())
                .map(new JsonObject().put("withdrawn", id(arguments)));
    }

    private Future<JsonObject> proposals(Actor actor, Arguments arguments) {
        arguments.only();
        return grants.waiting(actor)
                .map(list -> new JsonObject().put("proposals", Json.array(list, PeopleJson::proposal)));
    }

    private Future<JsonObject> approve(Actor actor, Arguments arguments) {
        arguments.only("id");
        return grants.approve(actor, id(arguments)).map(new JsonObject().put("approved", id(arguments)));
    }

    private Future<JsonObject> reject(Actor actor, Arguments arguments) {
        arguments.only("id", "reason");
        return grants.reject(actor, id(arguments), arguments.reason())
                .map(new JsonObject().put("rejected", id(arguments)));
    }

    private static long id(Arguments arguments) {
        if (arguments.number("id", 1, Long.MAX_VALUE, 0) == 0) {
            throw new Refusal(Fault.INVALID, "argument id is missing");
        }
        return arguments.number("id", 1, Long.MAX_VALUE, 0);
    }
}
