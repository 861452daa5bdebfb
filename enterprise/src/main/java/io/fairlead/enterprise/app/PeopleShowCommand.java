package io.fairlead.enterprise.app;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One person with all that is on record of him. */
@Command(
        name = "show",
        description = "Shows a person: roles, trainings, and what waits for a second person.",
        footer = {"", "Example:", "  fairlead people show anna"})
final class PeopleShowCommand implements Callable<Integer> {
    private final Screen screen;

    @Mixin
    private final ServerOption server;

    @Parameters(index = "0", paramLabel = "NAME", description = "Who: the name that he logs in with.")
    private String name = "";

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    PeopleShowCommand(Screen screen, ServerOption server) {
        this.screen = screen;
        this.server = server;
    }

    @Override
    public Integer call() {
        JsonObject one = server.call("people.show", new JsonObject().put("name", name));
        if (json) {
            screen.print(one.encodePrettily());
            return 0;
        }
        screen.print(TextTable.plain(one.getString("displayName") + " (" + one.getString("name") + "), "
                + one.getString("organisation")
                + (one.containsKey("customer") ? ", of customer " + one.getString("customer") : "")));
        screen.print(
                one.getBoolean("disabled")
                        ? "Disabled since " + screen.moment(one.getString("disabledSince"))
                        : "Active");
        TextTable roles =
                new TextTable(">NUMBER", "ROLE", "REGION", "CUSTOMER", "MODEL", "UNTIL", "GRANTED BY", "APPROVED BY");
        each(
                one,
                "roles",
                role -> roles.row(
                        role.getLong("id"),
                        role.getString("role"),
                        role.getString("region", "all"),
                        role.getString("customer", "all"),
                        role.getString("model", "all"),
                        role.getString("until") == null ? null : screen.moment(role.getString("until")),
                        role.getString("by"),
                        role.getString("approvedBy")));
        section("Roles", one.getJsonArray("roles").isEmpty(), roles);
        TextTable trainings = new TextTable(">NUMBER", "MODEL", "UNTIL", "EVIDENCE", "RECORDED BY");
        each(
                one,
                "trainings",
                training -> trainings.row(
                        training.getLong("id"),
                        training.getString("model"),
                        until(training.getString("until")),
                        training.getString("evidence"),
                        training.getString("by")));
        section("Trainings", one.getJsonArray("trainings").isEmpty(), trainings);
        TextTable waiting = new TextTable(">NUMBER", "WHAT", "PROPOSED BY", "EXPIRES");
        each(
                one,
                "proposals",
                proposal -> waiting.row(
                        proposal.getLong("id"),
                        proposal.getString("what"),
                        proposal.getString("by"),
                        screen.moment(proposal.getString("notAfter"))));
        section("Waiting for a second person", one.getJsonArray("proposals").isEmpty(), waiting);
        return 0;
    }

    private String until(String at) {
        return screen.moment(at) + (Instant.parse(at).isAfter(screen.clock().instant()) ? "" : " (out of date)");
    }

    private static void each(JsonObject one, String what, Consumer<JsonObject> shown) {
        one.getJsonArray(what).forEach(element -> shown.accept((JsonObject) element));
    }

    private void section(String title, boolean empty, TextTable table) {
        screen.print("");
        screen.print(title + (empty ? ": none" : ""));
        if (!empty) {
            screen.print(table.lines());
        }
    }
}
