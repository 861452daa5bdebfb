package io.fairlead.enterprise.operator;

import io.fairlead.enterprise.login.AddressRange;
import io.fairlead.enterprise.notification.Attempt;
import io.fairlead.enterprise.notification.DeliveryHistory;
import io.fairlead.enterprise.notification.EventKind;
import io.fairlead.enterprise.notification.Receiver;
import io.fairlead.enterprise.notification.Receivers;
import io.fairlead.enterprise.notification.Subscription;
import io.fairlead.enterprise.notification.Undelivered;
import io.fairlead.enterprise.people.Actor;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The hosts to which notifications may be sent, and what came of sending them. */
public final class NotificationCommands {
    private static final int HTTPS = 443;
    private static final int HIGHEST_PORT = 65_535;

    private final Receivers receivers;
    private final DeliveryHistory history;

    public NotificationCommands(Receivers receivers, DeliveryHistory history) {
        this.receivers = receivers;
        this.history = history;
    }

    public Map<String, Command> commands() {
        return Map.of(
                "notifications.hosts", this::list,
                "notifications.hosts.add", this::add,
                "notifications.hosts.remove", this::remove,
                "notifications.deliveries", this::deliveries);
    }

    private Future<JsonObject> list(Actor actor, Arguments arguments) {
        arguments.only();
        return receivers
                .list(actor)
                .map(list -> new JsonObject().put("hosts", Json.array(list, NotificationCommands::host)));
    }

    private static JsonObject host(Receiver one) {
        return new JsonObject()
                .put("host", one.host())
                .put("port", one.port())
                .put("http", one.plain())
                .put(
                        "networks",
                        new JsonArray(
                                one.networks().stream().map(AddressRange::text).toList()))
                .put("namedAt", one.namedAt().toString())
                .put("namedBy", one.namedBy());
    }

    private Future<JsonObject> add(Actor actor, Arguments arguments) {
        arguments.only("host", "port", "http", "networks");
        String networks = arguments.optionalText("networks").orElse("").strip();
        Receiver.Wish wish = Receiver.Wish.of(
                arguments.text("host"),
                port(arguments),
                arguments.optionalText("http").orElse("").equals("yes"),
                networks.isEmpty() ? List.of() : Arrays.asList(networks.split(",", -1)));
        return receivers
                .name(actor, wish)
                .map(changed -> new JsonObject()
                        .put("host", wish.host())
                        .put("port", wish.port())
                        .put("changed", changed));
    }

    private Future<JsonObject> remove(Actor actor, Arguments arguments) {
        arguments.only("host", "port");
        String host = arguments.text("host");
        int port = port(arguments);
        return receivers
                .forget(actor, host, port)
                .map(gone -> new JsonObject().put("host", host).put("port", port));
    }

    private Future<JsonObject> deliveries(Actor actor, Arguments arguments) {
        arguments.only("name");
        return history.of(actor, arguments.text("name"))
                .map(list -> new JsonObject().put("subscriptions", Json.array(list, NotificationCommands::line)));
    }

    private static JsonObject line(DeliveryHistory.Line line) {
        Subscription one = line.subscription();
        JsonObject json = new JsonObject()
                .put("id", one.id())
                .put("endpoint", line.endpoint())
                .put("kinds", kinds(one.kinds()))
                .put("state", one.state().key())
                .put("waiting", one.waiting())
                .put("taken", one.delivered())
                .put("tries", one.tries())
                .put("deliveries", Json.array(line.attempts(), NotificationCommands::attempt));
        Json.known(json, "nextTry", one.nextTry());
        return json;
    }

    private static JsonArray kinds(List<EventKind> kinds) {
        return new JsonArray(kinds.stream().map(EventKind::key).toList());
    }

    private static JsonObject attempt(Attempt one) {
        Undelivered why = one.undelivered();
        JsonObject json = new JsonObject()
                .put("at", one.at().toString())
                .put("milliseconds", one.took().toMillis())
                .put("notifications", one.count())
                .put("first", one.first())
                .put("last", one.last())
                .put("kinds", kinds(one.kinds()))
                .put("taken", why == null)
                .put("tries", one.tries());
        if (why != null) {
            json.put("why", why.text());
        }
        if (one.status() != null) {
            json.put("status", one.status());
        }
        Json.known(json, "nextTry", one.nextTry());
        return json;
    }

    private static int port(Arguments arguments) {
        return (int) arguments.number("port", 1, HIGHEST_PORT, HTTPS);
    }
}
