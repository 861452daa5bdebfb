package io.fairlead.enterprise.operator;

import io.fairlead.enterprise.fleet.DeviceViewer;
import io.fairlead.enterprise.people.Entitlement;
import io.fairlead.enterprise.people.Grant;
import io.fairlead.enterprise.people.Person;
import io.fairlead.enterprise.people.PersonDetails;
import io.fairlead.enterprise.people.PersonListed;
import io.fairlead.enterprise.people.Proposal;
import io.fairlead.enterprise.people.Role;
import io.fairlead.enterprise.people.Scope;
import io.fairlead.enterprise.people.Training;
import io.fairlead.enterprise.people.Widened;
import io.fairlead.enterprise.people.Widening;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** How people and their rights are written for the command line; as {@link Json}. */
final class PeopleJson {
    private PeopleJson() {}

    static JsonObject person(Person person) {
        JsonObject json = new JsonObject()
                .put("name", person.name())
                .put("displayName", person.displayName())
                .put("organisation", person.organisation())
                .put("disabled", person.isDisabled())
                .put("createdAt", person.createdAt().toString())
                .put("createdBy", person.createdBy());
        Json.known(json, "customer", person.customer());
        Json.known(json, "disabledSince", person.disabledSince());
        return json;
    }

    static JsonObject listed(PersonListed one) {
        JsonObject json = person(one.person())
                .put("roles", new JsonArray(one.roles().stream().map(Role::key).toList()))
                .put("waiting", one.waiting());
        Json.known(json, "trainingEnds", one.trainingEnds());
        return json;
    }

    static JsonObject details(PersonDetails details) {
        return person(details.person())
                .put("roles", Json.array(details.grants(), PeopleJson::granted))
                .put("trainings", Json.array(details.trainings(), PeopleJson::trained))
                .put("proposals", Json.array(details.waiting(), PeopleJson::proposal));
    }

    private static JsonObject granted(PersonDetails.Granted one) {
        JsonObject json = grant(one.grant()).put("at", one.at().toString()).put("by", one.by());
        Json.known(json, "approvedBy", one.approvedBy());
        return json;
    }

    private static JsonObject grant(Grant grant) {
        JsonObject json =
                new JsonObject().put("id", grant.id()).put("role", grant.role().key());
        scope(json, grant.scope());
        Json.known(json, "until", grant.until());
        return json;
    }

    private static void scope(JsonObject json, Scope scope) {
        Json.known(json, "region", scope.region());
        Json.known(json, "customer", scope.customer());
        Json.known(json, "model", scope.model());
    }

    private static JsonObject trained(PersonDetails.Trained one) {
        return training(one.training()).put("at", one.at().toString()).put("by", one.by());
    }

    private static JsonObject training(Training training) {
        return new JsonObject()
                .put("id", training.id())
                .put("model", training.model())
                .put("until", training.until().toString())
                .put("evidence", training.evidence());
    }

    static JsonObject proposal(Proposal proposal) {
        JsonObject json = new JsonObject()
                .put("id", proposal.id())
                .put("person", proposal.widening().person())
                .put("what", words(proposal.widening()))
                .put("kind", proposal.widening().kind())
                .put("by", proposal.by())
                .put("at", proposal.at().toString())
                .put("notAfter", proposal.notAfter().toString());
        if (proposal.widening() instanceof Widening.OfRole of) {
            json.put("role", of.role().key());
            scope(json, of.scope());
        } else if (proposal.widening() instanceof Widening.OfTraining of) {
            json.put("model", of.model()).put("evidence", of.evidence());
        }
        Json.known(json, "until", proposal.widening().until());
        return json;
    }

    private static String words(Widening widening) {
        if (widening instanceof Widening.OfRole of) {
            return of.role().key() + ", " + of.scope().words();
        }
        return widening instanceof Widening.OfTraining of ? "training for " + of.model() : "enable again";
    }

    static JsonObject widened(Widened widened) {
        JsonObject json = new JsonObject().put("inEffect", widened.isInEffect());
        Proposal waits = widened.proposal();
        return waits == null ? json : json.put("proposal", proposal(waits));
    }

    static JsonObject viewer(DeviceViewer one) {
        return person(one.person()).put("see", reason(one.see())).put("instruct", reason(one.instruct()));
    }

    private static JsonObject reason(Entitlement.Reason reason) {
        JsonObject json = new JsonObject()
                .put("may", reason.judgement().isAllowed())
                .put("judgement", reason.judgement().name())
                .put("text", reason.judgement().text());
        Grant grant = reason.grant();
        Training training = reason.training();
        if (grant != null) {
            json.put("role", grant(grant));
        }
        return training == null ? json : json.put("training", training(training));
    }
}
