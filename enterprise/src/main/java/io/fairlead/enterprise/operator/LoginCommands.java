package io.fairlead.enterprise.operator;

import io.fairlead.enterprise.login.Links;
import io.fairlead.enterprise.login.LockOut;
import io.fairlead.enterprise.login.PasswordKeys;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.Map;

/** Lets people in, and those again who were locked out. */
public final class LoginCommands {
    private final Links links;
    private final LockOut lockOut;

    public LoginCommands(Links links, LockOut lockOut) {
        this.links = links;
        this.lockOut = lockOut;
    }

    public Map<String, Command> commands() {
        return Map.of(
                "people.link", this::link,
                "people.password", this::password,
                "first-administrator", this::first,
                "lockouts", this::lockouts,
                "lockouts.unblock", this::unblock);
    }

    /** A one-time link by which a person sets his password. */
    private Future<JsonObject> link(Actor actor, Arguments arguments) {
        arguments.only("person", "newPasskey");
        return links.make(actor, arguments.text("person"), arguments.number("newPasskey", 0, 1, 0) == 1)
                .map(LoginCommands::json);
    }

    /** A one-time link to make the first administrator. */
    private Future<JsonObject> first(Actor actor, Arguments arguments) {
        arguments.only();
        return actor.isServersOwn()
                ? links.first(actor.audited())
                        .map(link -> link.map(LoginCommands::json)
                                .orElseThrow(() -> new Refusal(Fault.CONFLICT, "somebody has a password already")))
                : Future.failedFuture(new Refusal(Fault.FORBIDDEN, "only at the server's own machine"));
    }

    /** Sets a password by its link, where there is no browser; what arrives are its keys, never itself. */
    private Future<JsonObject> password(Actor actor, Arguments arguments) {
        arguments.only("token", "salt", "iterations", "storedKey", "serverKey");
        PasswordKeys keys = new PasswordKeys(
                bytes(arguments, "salt"),
                (int) arguments.number("iterations", 1, Integer.MAX_VALUE, PasswordKeys.ITERATIONS),
                bytes(arguments, "storedKey"),
                bytes(arguments, "serverKey"));
        return links.use(arguments.text("token"), keys, null, null)
                .map(person -> new JsonObject().put("person", person));
    }

    private static byte[] bytes(Arguments arguments, String name) {
        try {
            return Base64.getDecoder().decode(arguments.text(name));
        } catch (IllegalArgumentException notBase64) {
            throw new Refusal(Fault.INVALID, "argument " + name + " is base64", notBase64);
        }
    }

    private Future<JsonObject> lockouts(Actor actor, Arguments arguments) {
        arguments.only();
        return lockOut.list(actor)
                .map(list -> new JsonObject()
                        .put(
                                "blocked",
                                Json.array(
                                        list,
                                        one -> new JsonObject()
                                                .put("counter", one.counter())
                                                .put("lastAt", one.lastAt().toString())
                                                .put("until", one.until().toString()))));
    }

    private Future<JsonObject> unblock(Actor actor, Arguments arguments) {
        arguments.only("counter");
        return lockOut.unblock(actor, arguments.text("counter")).map(was -> {
            if (!was) {
                throw new Refusal(Fault.NOT_FOUND, "nothing of that name is counted");
            }
            return new JsonObject().put("unblocked", arguments.text("counter"));
        });
    }

    private static JsonObject json(Links.Link link) {
        return new JsonObject()
                .put("link", link.url())
                .put("notAfter", link.notAfter().toString());
    }
}
