package io.fairlead.enterprise.app;

import io.fairlead.settings.Nearest;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Gives a device something to do. */
@Command(
        name = "instruct",
        description = "Gives a device something to do, and prints the instruction's number.",
        footer = {
            "",
            "Actions:",
            "  collect         sample everything now and report",
            "  set KEY=VALUE   set a tuning key of the agent, such as sample.period=30",
            "  diagnose NAME   run a diagnostic that the customer's site.conf names",
            "  restart         restart the agent (not the PC)",
            "  upload NAME     send us a file that the customer's site.conf allows",
            "  package         send us logs, status, settings and a self-test as one zip",
            "  send FILE       take a file of this machine, if the customer agrees",
            "",
            "Examples:",
            "  fairlead instruct LAB-7 collect --wait",
            "  fairlead instruct LAB-7 set sample.period=30",
            "  fairlead instruct LAB-7 diagnose disk --wait=120",
            "  fairlead instruct LAB-7 upload logs/app.log --wait --reason \"ticket 4711\"",
            "  fairlead instruct LAB-7 send fix.zip --as updates/fix.zip",
            "",
            "Exit code 1 also when --wait sees it fail, or sees no result in time."
        })
final class InstructCommand implements Callable<Integer> {
    private static final List<String> ACTIONS =
            List.of("collect", "set", "diagnose", "restart", "upload", "package", "send");

    private static final long WAIT_SECONDS = 60;

    /** How long one question to the server may wait; it answers sooner when there is a result. */
    private static final long SECONDS_A_QUESTION = 20;

    private final Screen screen;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final ServerOption server;

    @Parameters(index = "0", paramLabel = "DEVICE", description = "Which device.")
    private String device = "";

    @Parameters(index = "1", paramLabel = "ACTION", description = "What it is to do; see below.")
    private String action = "";

    @Parameters(
            index = "2",
            arity = "0..1",
            paramLabel = "ARGUMENT",
            description = "KEY=VALUE for set, NAME for diagnose and upload, FILE for send.")
    private @Nullable String argument;

    @Option(
            names = "--wait",
            arity = "0..1",
            fallbackValue = "0",
            paramLabel = "SECONDS",
            description =
                    "Waits for the result and shows it; unless given as --wait=SECONDS, 60 s, and for a file until"
                            + " it is there. Ctrl-C ends the waiting only.")
    private @Nullable Long wait;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            description = "Why, for the person at the instrument; 300 characters at most.")
    private String reason = "";

    @Option(names = "--as", paramLabel = "NAME", description = "With send: the name below the device's receive folder.")
    private @Nullable String as;

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    InstructCommand(Screen screen, ServerOption server) {
        this.screen = screen;
        this.server = server;
    }

    @Override
    public Integer call() {
        if (wait != null && (wait < 0 || wait > 86_400)) {
            throw usage("--wait takes 1 to 86400 seconds");
        }
        if (as != null && !action.equals("send")) {
            throw usage("--as goes with 'send' only");
        }
        FileActions files = new FileActions(screen, server, json);
        return switch (action) {
            case "upload" -> files.upload(device, needed("the NAME of a file, such as logs/app.log"), reason, wait);
            case "package" -> {
                mustHaveNoArgument();
                yield files.diagnosticPackage(device, reason, wait);
            }
            case "send" -> files.send(device, Path.of(needed("a FILE")), as, reason, wait);
            default -> instruct();
        };
    }

    private int instruct() {
        JsonObject arguments = arguments();
        JsonObject created = server.call("instruct", arguments);
        if (wait == null) {
            print(created, "Instruction " + created.getLong("number") + " waits for " + device + ".");
            return CommandLine.ExitCode.OK;
        }
        return await(created.getLong("number"), Duration.ofSeconds(wait == 0 ? WAIT_SECONDS : wait));
    }

    private JsonObject arguments() {
        JsonObject arguments = new JsonObject().put("device", device).put("action", action);
        switch (action) {
            case "collect", "restart" -> mustHaveNoArgument();
            case "set" -> {
                int equals = argument == null ? -1 : argument.indexOf('=');
                if (argument == null || equals < 1) {
                    throw usage("'set' needs KEY=VALUE, such as sample.period=30");
                }
                arguments.put("key", argument.substring(0, equals)).put("value", argument.substring(equals + 1));
            }
            case "diagnose" -> arguments.put("name", needed("the NAME of a diagnostic in the customer's site.conf"));
            default -> throw usage("There is no action '" + action + "'" + didYouMean());
        }
        if (!reason.isEmpty()) {
            arguments.put("reason", reason);
        }
        return arguments;
    }

    private String needed(String what) {
        if (argument == null) {
            throw usage("'" + action + "' needs " + what);
        }
        return argument;
    }

    private void mustHaveNoArgument() {
        if (argument != null) {
            throw usage("'" + action + "' takes no argument, but got '" + argument + "'");
        }
    }

    private int await(long number, Duration patience) {
        if (!json) {
            screen.complain("Instruction " + number + " is given to " + device + "; waiting for its result.");
        }
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            long left = Math.max(0, (deadline - System.nanoTime()) / 1_000_000_000L);
            JsonObject seen = server.call(
                    "watch",
                    new JsonObject()
                            .put("device", device)
                            .put("number", number)
                            .put("seconds", Math.min(left, SECONDS_A_QUESTION)));
            String state = seen.getString("state");
            if (seen.getBoolean("finished")) {
                String detail = seen.getString("detail", "");
                print(seen, "Instruction " + number + ": " + state + shown(detail));
                return "DONE".equals(state) ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
            }
            if (left == 0) {
                print(
                        seen,
                        "Instruction " + number + ": no result after " + patience.toSeconds() + " s; its state is "
                                + state + ". It stays valid: see fairlead devices " + device);
                return CommandLine.ExitCode.SOFTWARE;
            }
        }
    }

    /** One line stands beside the state, several below it. */
    private static String shown(String detail) {
        String text = detail.stripTrailing();
        return text.isEmpty() ? "" : text.contains("\n") ? "\n" + text : ", " + text;
    }

    private void print(JsonObject answer, String text) {
        if (json) {
            screen.print(answer.encodePrettily());
        } else {
            screen.print(text.lines().map(TextTable::plain).toList());
        }
    }

    private String didYouMean() {
        return Nearest.to(action, ACTIONS)
                .map(near -> ". Did you mean '" + near + "'?")
                .orElse("; there are " + String.join(", ", ACTIONS));
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
