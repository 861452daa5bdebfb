package io.fairlead.enterprise.app;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The hosts to which notifications may be sent. */
@Command(
        name = "hosts",
        description = {
            "Lists the hosts to which notifications may be sent.",
            "Nothing is sent anywhere else, whatever an account subscribes."
        },
        footer = {
            "",
            "Examples:",
            "  fairlead notifications hosts",
            "  fairlead notifications hosts add erp.example",
            "  fairlead notifications hosts add erp.intern --port 8443 --network 10.20.0.0/16",
            "  fairlead notifications hosts remove erp.example"
        })
final class HostsCommand implements Callable<Integer> {
    private final Screen screen;

    @Mixin
    private final ServerOption server;

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    HostsCommand(Screen screen, ServerOption server) {
        this.screen = screen;
        this.server = server;
    }

    @Override
    public Integer call() {
        JsonObject answer = server.call("notifications.hosts", new JsonObject());
        JsonArray hosts = answer.getJsonArray("hosts");
        if (json) {
            screen.print(answer.encodePrettily());
        } else if (hosts.isEmpty()) {
            screen.print("None. `fairlead notifications hosts add` names the first.");
        } else {
            TextTable table = new TextTable("HOST", ">PORT", "BY", "ADDRESSES", "NAMED", "NAMED BY");
            for (int i = 0; i < hosts.size(); i++) {
                JsonObject one = hosts.getJsonObject(i);
                table.row(
                        one.getString("host"),
                        one.getInteger("port"),
                        one.getBoolean("http") ? "https, http" : "https",
                        addresses(one.getJsonArray("networks")),
                        screen.age(one.getString("namedAt")),
                        one.getString("namedBy"));
            }
            screen.print(table.lines());
        }
        return 0;
    }

    private static String addresses(JsonArray networks) {
        return networks.isEmpty()
                ? "public"
                : "public, " + networks.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
}
