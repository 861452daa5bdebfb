package io.fairlead.enterprise.app;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what may be believed of a recording. */
@Command(
        name = "verify",
        description = {
            "Says what the agent's signed statements prove of a recording, and what nobody vouches for.",
            "Ends with 0 when all of it is vouched for, with 3 when a part is, with 1 when something is wrong."
        },
        footer = {
            "",
            "The customer has copies of the statements: transcripts/ in the agent's data folder.",
            "",
            "Examples:",
            "  fairlead recordings verify 4f21",
            "  fairlead recordings verify 4f21 --transcript SESSION-STREAM.transcript"
        })
final class RecordingsVerifyCommand implements Callable<Integer> {
    private static final int PARTLY = 3;
    private static final long MOST_BYTES = 2 << 20;

    private final Screen screen;

    @Mixin
    private final ServerOption server;

    @Parameters(paramLabel = "ID", description = "Which one; its first digits are enough.")
    private String id = "";

    @Option(names = "--transcript", paramLabel = "FILE", description = "The customer's copies of the statements.")
    private @Nullable Path transcript;

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    RecordingsVerifyCommand(Screen screen, ServerOption server) {
        this.screen = screen;
        this.server = server;
    }

    @Override
    public Integer call() {
        JsonObject arguments = new JsonObject().put("id", RecordingIds.whole(id, server));
        if (transcript != null) {
            arguments.put("kept", kept(transcript));
        }
        JsonObject found = server.call("recordings.verify", arguments);
        if (json) {
            screen.print(found.encodePrettily());
        } else {
            found.getJsonArray("sentences").forEach(sentence -> screen.print(String.valueOf(sentence)));
        }
        return switch (found.getString("verdict")) {
            case "WHOLE" -> CommandLine.ExitCode.OK;
            case "FALSE" -> CommandLine.ExitCode.SOFTWARE;
            default -> PARTLY;
        };
    }

    /** The lines that are statements: above them stand certificates, whose lines have no dot. */
    private static String kept(Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new Unable(file + " is too large for statements on one stream.");
            }
            String kept = Files.readString(file, StandardCharsets.ISO_8859_1)
                    .lines()
                    .filter(line -> line.indexOf('.') > 0)
                    .collect(Collectors.joining("\n"));
            if (kept.isEmpty()) {
                throw new Unable("There are no statements in " + file + ".");
            }
            return kept;
        } catch (IOException unreadable) {
            throw new Unable("Cannot read " + file + ": " + unreadable.getMessage(), unreadable);
        }
    }
}
