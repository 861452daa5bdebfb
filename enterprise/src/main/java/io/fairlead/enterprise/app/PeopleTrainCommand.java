package io.fairlead.enterprise.app;

import io.vertx.core.json.JsonObject;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Puts a training on record. */
@Command(
        name = "train",
        description = {
            "Puts on record that a person is trained for a model of device, and until when.",
            "It waits for a second person once there is one who may do the same."
        },
        footer = {"", "Example:", "  fairlead people train anna \"AU480\" --until 2027-11-30 --evidence \"course 4711\""
        })
final class PeopleTrainCommand implements Callable<Integer> {
    private final Screen screen;

    @Mixin
    private final ServerOption server;

    @Parameters(index = "0", paramLabel = "NAME", description = "Who: the name that he logs in with.")
    private String name = "";

    @Parameters(index = "1", paramLabel = "MODEL", description = "As devices name it.")
    private String model = "";

    @Option(
            names = "--until",
            paramLabel = "TIME",
            required = true,
            description = "When it is out of date, such as 2027-11-30 or 365d.")
    private String until = "";

    @Option(
            names = "--evidence",
            paramLabel = "TEXT",
            required = true,
            description = "Where the record of it is: a certificate's number, a course.")
    private String evidence = "";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    PeopleTrainCommand(Screen screen, ServerOption server) {
        this.screen = screen;
        this.server = server;
    }

    @Override
    public Integer call() {
        String ends = Moments.ahead(until, screen.clock())
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "--until is a time such as 2027-11-30, 2027-11-30T12:00 or 365d"))
                .toString();
        JsonObject asked = new JsonObject()
                .put("name", name)
                .put("model", model)
                .put("until", ends)
                .put("evidence", evidence);
        WidenedAnswer.show(
                screen,
                json,
                server.call("people.train", asked),
                name + " is on record as trained for " + model + " until " + screen.moment(ends) + ".");
        return 0;
    }
}
