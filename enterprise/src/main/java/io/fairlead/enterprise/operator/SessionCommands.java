package io.fairlead.enterprise.operator;

import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.enterprise.remote.RemoteSession;
import io.fairlead.enterprise.remote.RemoteSessions;
import io.fairlead.enterprise.remote.ServiceWords;
import io.fairlead.enterprise.remote.SessionWish;
import io.fairlead.enterprise.remote.Streams;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.fairlead.statements.SessionService;
import io.fairlead.statements.StreamCause;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Remote sessions: asked for, looked at, ended. */
public final class SessionCommands {
    private final RemoteSessions sessions;
    private final Streams streams;
    private final String url;
    private final Supplier<String> rootKey;

    /**
     * @param url the people's listener, where viewers' ends of streams go
     * @param rootKey SHA-256 of the root's key that vouches for it
     */
    public SessionCommands(RemoteSessions sessions, Streams streams, String url, Supplier<String> rootKey) {
        this.sessions = sessions;
        this.streams = streams;
        this.url = url;
        this.rootKey = rootKey;
    }

    public Map<String, Command> commands() {
        return Map.of(
                "sessions", this::list,
                "session", this::one,
                "sessions.request", this::request,
                "sessions.end", this::end,
                "sessions.end-all", this::endAll,
                "sessions.stream", this::stream);
    }

    /** @see ServiceWords how services are written: with blanks between them */
    private Future<JsonObject> request(Actor actor, Arguments arguments) {
        arguments.only("device", "services", "reason", "minutes");
        List<SessionService> services = List.of(
                        arguments.text("services").strip().split(" +", -1))
                .stream()
                .map(ServiceWords::read)
                .toList();
        SessionWish wish = new SessionWish(
                actor,
                new DeviceId(arguments.text("device")),
                arguments.optionalText("reason").orElse(""),
                (int) arguments.number("minutes", 1, 480, 30),
                services);
        return sessions.request(wish).map(one -> json(actor, one));
    }

    /** Those that are not over, then the newest; of one device when it is named. */
    private Future<JsonObject> list(Actor actor, Arguments arguments) {
        arguments.only("device", "limit");
        return sessions.list(
                        actor,
                        arguments.optionalText("device").map(DeviceId::new).orElse(null),
                        (int) arguments.number("limit", 1, 1_000, 50))
                .map(list -> new JsonObject().put("sessions", Json.array(list, one -> json(actor, one))));
    }

    private Future<JsonObject> one(Actor actor, Arguments arguments) {
        arguments.only("id");
        return sessions.get(actor, arguments.text("id")).map(one -> json(actor, one));
    }

    private Future<JsonObject> end(Actor actor, Arguments arguments) {
        arguments.only("id", "reason");
        String reason = arguments.reason();
        return sessions.end(actor, arguments.text("id"), reason.equals("-") ? "" : reason)
                .map(one -> json(actor, one));
    }

    private Future<JsonObject> endAll(Actor actor, Arguments arguments) {
        arguments.only("device", "reason");
        String reason = arguments.reason();
        if (reason.equals("-")) {
            throw new Refusal(Fault.INVALID, "to end all sessions needs a reason");
        }
        return sessions.endAll(
                        actor,
                        arguments.optionalText("device").map(DeviceId::new).orElse(null),
                        reason)
                .map(count -> new JsonObject().put("ended", count));
    }

    /** What a program shows at the people's listener to be connected; secret, and good for a minute. */
    private Future<JsonObject> stream(Actor actor, Arguments arguments) {
        arguments.only("id", "service");
        return streams.open(actor, arguments.text("id"), ServiceWords.read(arguments.text("service")))
                .map(opened -> new JsonObject()
                        .put("stream", opened.stream())
                        .put("ticket", opened.ticket())
                        .put("proof", opened.proof())
                        .put("url", url)
                        .put("rootKey", rootKey.get()));
    }

    private static JsonObject json(Actor actor, RemoteSession one) {
        JsonObject json = new JsonObject()
                .put("id", one.id())
                .put("device", one.device().value())
                .put("services", words(one.services()))
                .put("minutes", one.minutes())
                .put("reason", one.reason())
                .put("state", one.state().name())
                .put("over", one.state().isOver())
                .put("instruction", one.sequence())
                .put("requestedBy", one.requestedBy())
                .put("mine", actor.audited().equals(one.requestedBy()))
                .put("requestedAt", one.requestedAt().toString())
                .put("detail", one.detail());
        RemoteSession.Grant grant = one.grant();
        if (grant != null) {
            json.put("granted", words(grant.services()))
                    .put("grantedAt", grant.at().toString())
                    .put("until", grant.until().toString());
        }
        if (one.endedAt() != null) {
            json.put("endedAt", one.endedAt().toString());
        }
        StreamCause cause = one.cause();
        if (cause != null) {
            json.put("cause", cause.name()).put("causeInWords", cause.words());
        }
        return json;
    }

    private static JsonArray words(List<SessionService> services) {
        return new JsonArray(services.stream().map(ServiceWords::write).toList());
    }
}
