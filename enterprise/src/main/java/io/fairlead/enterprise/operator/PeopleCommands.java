package io.fairlead.enterprise.operator;

import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.DeviceViewers;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.enterprise.people.Grants;
import io.fairlead.enterprise.people.NewPerson;
import io.fairlead.enterprise.people.People;
import io.fairlead.enterprise.people.PersonFilter;
import io.fairlead.enterprise.people.Widening;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** Who the people are. */
final class PeopleCommands {
    private final People people;
    private final Grants grants;
    private final DeviceViewers viewers;

    PeopleCommands(People people, Grants grants, DeviceViewers viewers) {
        this.people = people;
        this.grants = grants;
        this.viewers = viewers;
    }

    Map<String, Command> commands() {
        return Map.of(
                "people", this::list,
                "people.show", this::show,
                "people.add", this::add,
                "people.change", this::change,
                "people.disable", this::disable,
                "people.enable", this::enable,
                "people.who", this::who);
    }

    private Future<JsonObject> list(Actor actor, Arguments arguments) {
        arguments.only("search", "after", "limit");
        PersonFilter filter = new PersonFilter(
                arguments.optionalText("search").orElse(""),
                arguments.optionalText("after").orElse(null),
                (int) arguments.number("limit", 1, PersonFilter.MOST, 100));
        return people.list(actor, filter)
                .map(list -> new JsonObject().put("people", Json.array(list, PeopleJson::listed)));
    }

    private Future<JsonObject> show(Actor actor, Arguments arguments) {
        arguments.only("name");
        return people.details(actor, arguments.text("name")).map(PeopleJson::details);
    }

    private Future<JsonObject> add(Actor actor, Arguments arguments) {
        arguments.only("name", "displayName", "organisation", "customer");
        NewPerson person = new NewPerson(
                arguments.text("name"),
                arguments.text("displayName"),
                arguments.text("organisation"),
                arguments.optionalText("customer").orElse(null));
        return people.add(actor, person).map(PeopleJson::person);
    }

    /** What is not given stays as it is. */
    private Future<JsonObject> change(Actor actor, Arguments arguments) {
        arguments.only("name", "displayName", "organisation");
        String name = arguments.text("name");
        return people.get(actor, name)
                .compose(person -> people.change(
                        actor,
                        name,
                        arguments.optionalText("displayName").orElse(person.displayName()),
                        arguments.optionalText("organisation").orElse(person.organisation())))
                .map(PeopleJson::person);
    }

    private Future<JsonObject> disable(Actor actor, Arguments arguments) {
        arguments.only("name", "reason");
        String name = arguments.text("name");
        return people.disable(actor, name, arguments.reason())
                .map(changed -> new JsonObject().put("name", name).put("changed", changed));
    }

    private Future<JsonObject> enable(Actor actor, Arguments arguments) {
        arguments.only("name");
        return grants.widen(actor, new Widening.Enabling(arguments.text("name")))
                .map(PeopleJson::widened);
    }

    /** Who may see a device, and why. */
    private Future<JsonObject> who(Actor actor, Arguments arguments) {
        arguments.only("device");
        return viewers.of(actor, new DeviceId(arguments.text("device")))
                .map(list -> new JsonObject().put("people", Json.array(list, PeopleJson::viewer)));
    }
}
