package io.fairlead.enterprise.operator;

import io.fairlead.enterprise.people.Actor;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;

/** The commands by their names. Immutable. */
public final class Commands {
    private final Map<String, Command> byName;

    public Commands(Map<String, Command> byName) {
        this.byName = Map.copyOf(byName);
    }

    /** Runs one; every way it may go wrong, thrown or not, fails the future. */
    public Future<JsonObject> run(Actor actor, JsonObject request) {
        try {
            if (!(request.getValue("command") instanceof String name)) {
                throw new Refusal(Fault.INVALID, "a request names its command");
            }
            Object arguments = request.getValue("arguments", new JsonObject());
            if (!(arguments instanceof JsonObject named)) {
                throw new Refusal(Fault.INVALID, "arguments are an object");
            }
            Command command = byName.get(name);
            if (command == null) {
                throw new Refusal(Fault.UNKNOWN_COMMAND, "this server knows " + String.join(", ", names()));
            }
            return command.run(actor, new Arguments(named));
        } catch (RuntimeException refusedOrBug) {
            return Future.failedFuture(refusedOrBug);
        }
    }

    /** These and more. */
    public Commands with(Map<String, Command> more) {
        Map<String, Command> all = new HashMap<>(byName);
        all.putAll(more);
        return new Commands(all);
    }

    private Iterable<String> names() {
        return byName.keySet().stream().sorted().toList();
    }
}
