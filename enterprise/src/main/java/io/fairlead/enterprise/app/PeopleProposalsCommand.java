package io.fairlead.enterprise.app;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What waits for a second person. */
@Command(
        name = "proposals",
        description = {
            "Lists what would widen somebody's rights and waits for a second person, who is neither the first nor the one it is about.",
            "After seven days it is over."
        },
        footer = {"", "Examples:", "  fairlead people proposals", "  fairlead people approve 12"})
final class PeopleProposalsCommand implements Callable<Integer> {
    private final Screen screen;

    @Mixin
    private final ServerOption server;

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    PeopleProposalsCommand(Screen screen, ServerOption server) {
        this.screen = screen;
        this.server = server;
    }

    @Override
    public Integer call() {
        JsonObject answer = server.call("people.proposals", new JsonObject());
        if (json) {
            screen.print(answer.encodePrettily());
            return 0;
        }
        JsonArray proposals = answer.getJsonArray("proposals");
        if (proposals.isEmpty()) {
            screen.print("Nothing waits for a second person.");
            return 0;
        }
        TextTable table = new TextTable(">NUMBER", "PERSON", "WHAT", "UNTIL", "EVIDENCE", "PROPOSED BY", "EXPIRES");
        for (int i = 0; i < proposals.size(); i++) {
            JsonObject one = proposals.getJsonObject(i);
            table.row(
                    one.getLong("id"),
                    one.getString("person"),
                    one.getString("what"),
                    screen.moment(one.getString("until")),
                    one.getString("evidence"),
                    one.getString("by"),
                    screen.moment(one.getString("notAfter")));
        }
        screen.print(table.lines());
        return 0;
    }
}
