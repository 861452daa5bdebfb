package io.fairlead.enterprise.app;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The accounts of other systems. */
@Command(
        name = "accounts",
        description = {
            "Lists the accounts by which other systems call the integration services, in order of name, and what they may.",
            "Roles and trainings are given to them as to people: fairlead people grant NAME ROLE."
        },
        footer = {
            "",
            "Examples:",
            "  fairlead accounts",
            "  fairlead accounts add erp --label \"SAP\" --role integration --address 10.20.0.0/16",
            "  fairlead accounts rotate erp",
            "  fairlead accounts failures erp"
        })
final class AccountsCommand implements Callable<Integer> {
    private final Screen screen;

    @Mixin
    private final ServerOption server;

    @Option(
            names = "--search",
            paramLabel = "TEXT",
            description = "Only where this stands in name, label, organisation or customer.")
    private String search = "";

    @Option(names = "--after", paramLabel = "NAME", description = "The page after this name.")
    private @Nullable String after;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many, 1 to 1000; 100 unless given.")
    private int limit = 100;

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    AccountsCommand(Screen screen, ServerOption server) {
        this.screen = screen;
        this.server = server;
    }

    @Override
    public Integer call() {
        JsonObject answer = server.call(
                "accounts",
                new JsonObject().put("search", search).put("after", after).put("limit", limit));
        if (json) {
            screen.print(answer.encodePrettily());
            return 0;
        }
        JsonArray accounts = answer.getJsonArray("accounts");
        if (accounts.isEmpty()) {
            screen.print("None. `fairlead accounts add` makes the first.");
            return 0;
        }
        TextTable table = new TextTable(
                "NAME", "LABEL", "CUSTOMER", "ROLES", "ADDRESSES", "PASSWORD UNTIL", "LAST USED", "STATE");
        for (int i = 0; i < accounts.size(); i++) {
            row(table, accounts.getJsonObject(i));
        }
        screen.print(table.lines());
        if (accounts.size() == limit) {
            screen.print("More: fairlead accounts --after "
                    + accounts.getJsonObject(limit - 1).getString("name"));
        }
        return 0;
    }

    /** One row a password: while there are two, the older one comes first. */
    private void row(TextTable table, JsonObject one) {
        JsonArray passwords = one.getJsonArray("passwords");
        for (int i = 0; i < Math.max(1, passwords.size()); i++) {
            JsonObject password = i < passwords.size() ? passwords.getJsonObject(i) : new JsonObject();
            boolean again = i > 0;
            table.row(
                    again ? "" : one.getString("name"),
                    again ? "" : one.getString("displayName"),
                    again ? "" : one.getString("customer"),
                    again ? "" : joined(one.getJsonArray("roles"), null),
                    again ? "" : joined(one.getJsonArray("addresses"), "anywhere"),
                    passwords.isEmpty() ? "none is taken" : screen.moment(password.getString("notAfter")),
                    screen.age(password.getString("usedAt")),
                    again ? "" : one.getBoolean("disabled") ? "disabled" : "active");
        }
    }

    private static @Nullable String joined(JsonArray texts, @Nullable String none) {
        return texts.isEmpty() ? none : texts.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
}
