package io.fairlead.enterprise.app;

import io.vertx.core.json.JsonObject;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Registers a device and gives out its enrolment string. */
@Command(
        name = "enrol",
        description = {
            "Registers a device, or takes one that is registered, and prints a string with which its agent enrols.",
            "The string works once, for ten minutes. Enrolling again replaces the device's identity."
        },
        footer = {
            "",
            "Examples:",
            "  fairlead enrol LAB-7 --customer \"St. Mary\" --site Leeds --region eu --model \"AU 480\" --serial 4711",
            "  fairlead enrol LAB-7            again, for a PC that was replaced",
            "  fairlead enrol LAB-7-COPY ...   a copy of LAB-7, of which one was kept, is a device of its own"
        })
final class EnrolCommand implements Callable<Integer> {
    private final Screen screen;

    @Mixin
    private final ServerOption server;

    @Parameters(paramLabel = "DEVICE", description = "Its name: letters, digits and . _ - ; 64 characters at most.")
    private String device = "";

    @Option(names = "--customer", paramLabel = "C", description = "Whose it is. Needed for a new device.")
    private @Nullable String customer;

    @Option(names = "--site", paramLabel = "S", description = "Where it stands. Needed for a new device.")
    private @Nullable String site;

    @Option(names = "--region", paramLabel = "R", description = "Where its data stay. Needed for a new device.")
    private @Nullable String region;

    @Option(names = "--model", paramLabel = "M", description = "What it is. Needed for a new device.")
    private @Nullable String model;

    @Option(names = "--serial", paramLabel = "N", description = "Its serial number. Needed for a new device.")
    private @Nullable String serial;

    @Option(
            names = "--replace",
            description = "Also where two held this identity: the one that was kept is to be replaced.")
    private boolean replace;

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    EnrolCommand(Screen screen, ServerOption server) {
        this.screen = screen;
        this.server = server;
    }

    @Override
    public Integer call() {
        JsonObject arguments = new JsonObject().put("device", device);
        put(arguments, "customer", customer);
        put(arguments, "site", site);
        put(arguments, "region", region);
        put(arguments, "model", model);
        put(arguments, "serial", serial);
        put(arguments, "replace", replace ? "yes" : null);
        JsonObject answer = server.call("enrol", arguments);
        if (json) {
            screen.print(answer.encodePrettily());
            return 0;
        }
        String name = answer.getString("device");
        screen.print(
                answer.getBoolean("registered")
                        ? "Device " + name + " is registered. On its PC, run:"
                        : "Device " + name + " was registered before; a new enrolment replaces its identity."
                                + " On its PC, run:");
        screen.print("");
        screen.print("  fairlead agent enrol '" + answer.getString("enrolment") + "'");
        screen.print("");
        screen.print("The string works once, until " + screen.moment(answer.getString("notAfter"))
                + ". Treat it as a password.");
        return 0;
    }

    private static void put(JsonObject arguments, String name, @Nullable String value) {
        if (value != null) {
            arguments.put(name, value);
        }
    }
}
