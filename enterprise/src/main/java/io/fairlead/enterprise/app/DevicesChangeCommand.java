package io.fairlead.enterprise.app;

import io.vertx.core.json.JsonObject;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Changes what is on record of a device. */
@Command(
        name = "change",
        description = {
            "Changes what is on record of a device: what is not named stays as it is. Its name stays for ever.",
            "Whoever moves it to another customer, region or model has to have the right there as well."
        },
        footer = {
            "",
            "Examples:",
            "  fairlead devices change LAB-7 --site Bern",
            "  fairlead devices change LAB-7 --customer \"St. Paul\" --region EU --if-version 3"
        })
final class DevicesChangeCommand implements Callable<Integer> {
    private final Screen screen;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final ServerOption server;

    @Parameters(paramLabel = "DEVICE", description = "Which device.")
    private String device = "";

    @Option(names = "--customer", paramLabel = "TEXT", description = "Whose it is. Its people see it.")
    private @Nullable String customer;

    @Option(names = "--site", paramLabel = "TEXT", description = "Where it stands.")
    private @Nullable String site;

    @Option(names = "--region", paramLabel = "TEXT", description = "Where its data stay.")
    private @Nullable String region;

    @Option(names = "--model", paramLabel = "TEXT", description = "What it is; trainings are for a model.")
    private @Nullable String model;

    @Option(names = "--serial", paramLabel = "TEXT", description = "Its serial number.")
    private @Nullable String serial;

    @Option(
            names = "--if-version",
            paramLabel = "N",
            description = "Only while it has this version, which `fairlead devices DEVICE` shows.")
    private @Nullable Long version;

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    DevicesChangeCommand(Screen screen, ServerOption server) {
        this.screen = screen;
        this.server = server;
    }

    @Override
    public Integer call() {
        JsonObject change = new JsonObject();
        put(change, "customer", customer);
        put(change, "site", site);
        put(change, "region", region);
        put(change, "model", model);
        put(change, "serial", serial);
        if (change.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "Change what? Name at least one property.");
        }
        put(change, "version", version);
        JsonObject answer = server.call("devices.change", change.put("device", device));
        screen.print(
                json
                        ? answer.encodePrettily()
                        : TextTable.plain(
                                answer.getBoolean("changed")
                                        ? device + " is changed; it has version " + answer.getLong("version") + " now."
                                        : device + " was so before."));
        return 0;
    }

    private static void put(JsonObject change, String name, @Nullable Object value) {
        if (value != null) {
            change.put(name, value);
        }
    }
}
