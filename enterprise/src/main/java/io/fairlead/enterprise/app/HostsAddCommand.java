package io.fairlead.enterprise.app;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Names a host. */
@Command(
        name = "add",
        description = {
            "Lets notifications be sent to a host, on one port; or says anew how.",
            "Only to public addresses of it, unless its network is named as well."
        },
        footer = {
            "",
            "Examples:",
            "  fairlead notifications hosts add erp.example",
            "  fairlead notifications hosts add erp.intern --port 8443 --network 10.20.0.0/16"
        })
final class HostsAddCommand implements Callable<Integer> {
    private final Screen screen;

    @Mixin
    private final ServerOption server;

    @Parameters(index = "0", paramLabel = "HOST", description = "Its name as in endpoints, or an address.")
    private String host = "";

    @Option(names = "--port", paramLabel = "PORT", description = "443 unless given; of those below 1024 443 or 80.")
    private int port = 443;

    @Option(
            names = "--network",
            paramLabel = "CIDR",
            description = "Its addresses may also lie in there: 10.20.0.0/16, 127.0.0.1. Several times for several.")
    private List<String> networks = new ArrayList<>();

    @Option(names = "--http", description = "Also by http: anybody on the way can read and change what is sent.")
    private boolean http;

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    HostsAddCommand(Screen screen, ServerOption server) {
        this.screen = screen;
        this.server = server;
    }

    @Override
    public Integer call() {
        JsonObject asked =
                new JsonObject().put("host", host).put("port", port).put("networks", String.join(",", networks));
        if (http) {
            asked.put("http", "yes");
        }
        JsonObject answer = server.call("notifications.hosts.add", asked);
        screen.print(
                json
                        ? answer.encodePrettily()
                        : TextTable.plain("Notifications may "
                                + (answer.getBoolean("changed") ? "now" : "already")
                                + " be sent to " + answer.getString("host") + ":" + answer.getInteger("port") + "."));
        return 0;
    }
}
