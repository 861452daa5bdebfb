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

/** Gives a person a role. */
@Command(
        name = "grant",
        description = {
            "Gives a person a role in a region, at a customer, on a model: each that is left away means all of them.",
            "It waits for a second person once there is one who may give the same."
        },
        footer = {
            "",
            "Examples:",
            "  fairlead people grant anna service-engineer --region eu --until 2027-06-30",
            "  fairlead people grant ulla customer-user --customer \"St. Mary\""
        })
final class PeopleGrantCommand implements Callable<Integer> {
    private final Screen screen;

    @Mixin
    private final ServerOption server;

    @Parameters(index = "0", paramLabel = "NAME", description = "Who: the name that he logs in with.")
    private String name = "";

    @Parameters(
            index = "1",
            paramLabel = "ROLE",
            description =
                    "operator, service-engineer, customer-administrator, customer-user, auditor or it-administrator; of"
                            + " an account also integration or training-system.")
    private String role = "";

    @Option(names = "--region", paramLabel = "TEXT", description = "Only there, as devices name it.")
    private @Nullable String region;

    @Option(names = "--customer", paramLabel = "TEXT", description = "Only there, as devices name it.")
    private @Nullable String customer;

    @Option(names = "--model", paramLabel = "TEXT", description = "Only on these, as devices name it.")
    private @Nullable String model;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            description = "Until then, such as 2027-06-30, \"2027-06-30T12:00\" or 30d; for good unless given.")
    private @Nullable String until;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    PeopleGrantCommand(Screen screen, ServerOption server) {
        this.screen = screen;
        this.server = server;
    }

    @Override
    public Integer call() {
        JsonObject asked = new JsonObject()
                .put("name", name)
                .put("role", role)
                .put("region", region)
                .put("customer", customer)
                .put("model", model)
                .put("until", until == null ? null : ahead(until));
        WidenedAnswer.show(screen, json, server.call("people.grant", asked), name + " has role " + role + " now.");
        return 0;
    }

    private String ahead(String given) {
        return Moments.ahead(given, screen.clock())
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "--until is a time such as 2027-06-30, 2027-06-30T12:00 or 30d"))
                .toString();
    }
}
