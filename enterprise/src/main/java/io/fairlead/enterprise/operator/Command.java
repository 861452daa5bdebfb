package io.fairlead.enterprise.operator;

import io.fairlead.enterprise.people.Actor;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** One command of the command line. */
@FunctionalInterface
public interface Command {
    /**
     * Runs it within 60 s.
     *
     * @param actor who commands; whether he may, the feature judges
     * @return the answer, or a future that failed with a {@link io.fairlead.soap.Refusal}
     */
    Future<JsonObject> run(Actor actor, Arguments arguments);
}
