package io.fairlead.enterprise.app;

import io.fairlead.enterprise.operator.CommandRefused;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Adds an account. */
@Command(
        name = "add",
        description = {
            "Adds an account for another system, and shows its password, once.",
            "Without --address it is taken from anywhere, and then may do nothing for which people need a passkey."
        },
        footer = {
            "",
            "Examples:",
            "  fairlead accounts add erp --label \"SAP\" --role integration --address 10.20.0.0/16 --address 2001:db8::/48",
            "  fairlead accounts add lims --label \"LIMS\" --customer \"St. Mary\" --role customer-user --address 192.0.2.7"
        })
final class AccountsAddCommand implements Callable<Integer> {
    private final Screen screen;

    @Mixin
    private final ServerOption server;

    @Parameters(
            index = "0",
            paramLabel = "NAME",
            description = "The name that it calls with; neither a person nor an account has it, nor ever will another.")
    private String name = "";

    @Option(
            names = "--label",
            paramLabel = "TEXT",
            required = true,
            description = "What people know the other system by; people at instruments read it.")
    private String label = "";

    @Option(
            names = "--organisation",
            paramLabel = "TEXT",
            description = "Whose system it is; the customer unless given.")
    private @Nullable String organisation;

    @Option(
            names = "--customer",
            paramLabel = "TEXT",
            description = "The customer whose it is, as devices name it; left away for the vendor's own.")
    private @Nullable String customer;

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            description = "What it may, at its customer: integration, service-engineer, auditor, training-system,"
                    + " customer-administrator, customer-user or it-administrator. Later: fairlead people grant.")
    private @Nullable String role;

    @Option(
            names = "--address",
            paramLabel = "CIDR",
            description = "Only from there: 192.0.2.7, 10.20.0.0/16, 2001:db8::/48. Several times for several.")
    private List<String> addresses = new ArrayList<>();

    @Option(
            names = "--days",
            paramLabel = "N",
            description = "How long its password is taken, 1 to 1095 days; 365 unless given.")
    private int days = 365;

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    AccountsAddCommand(Screen screen, ServerOption server) {
        this.screen = screen;
        this.server = server;
    }

    @Override
    public Integer call() {
        JsonObject made = server.call(
                "accounts.add",
                new JsonObject()
                        .put("name", name)
                        .put("label", label)
                        .put("organisation", organisation)
                        .put("customer", customer)
                        .put("addresses", String.join(",", addresses))
                        .put("days", days));
        if (!json) {
            MadePassword.show(screen, made);
        }
        String given = role;
        try {
            if (given != null) {
                granted(given, made);
            } else if (!json) {
                screen.print(TextTable.plain("It may nothing yet: fairlead people grant " + name + " ROLE"));
            }
        } catch (CommandRefused refused) {
            screen.complain(TextTable.plain(name + " is added; the role was not given."));
            throw refused;
        } finally {
            if (json) {
                screen.print(made.encodePrettily());
            }
        }
        return 0;
    }

    /** A deed of its own, so that it is judged, proposed and audited as any other. */
    private void granted(String given, JsonObject made) {
        JsonObject answer = server.call(
                "people.grant",
                new JsonObject().put("name", name).put("role", given).put("customer", customer));
        if (json) {
            JsonObject unused = made.put("role", answer);
        } else {
            WidenedAnswer.show(screen, false, answer, name + " has role " + given + " now.");
        }
    }
}
