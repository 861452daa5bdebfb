package io.fairlead.enterprise.operator;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** One command of the command line. */
@FunctionalInterface
public interface Command {
    /**
     * Runs it within 60 s.
     *
     * @param actor who commands, as the audit names him: {@code os:<user>}
     * @return the answer, or a future that failed with a {@link io.fairlead.soap.Refusal}
     */
    Future<JsonObject> run(String actor, Arguments arguments);
}
