package io.fairlead.enterprise.app;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Hands out what is signed of the audit. */
@Command(
        name = "checkpoints",
        description = {
            "Prints the newest signed checkpoint of the audit, one line of JSON.",
            "Kept where this server cannot reach it, it is a witness: `fairlead audit verify --witness FILE`."
        },
        footer = {
            "",
            "Examples:",
            "  fairlead audit checkpoints >> /media/stick/fairlead.witness",
            "  fairlead audit checkpoints --all --out all.witness"
        })
final class AuditCheckpointsCommand implements Callable<Integer> {
    private final Screen screen;

    @Mixin
    private final ServerOption server;

    @Option(names = "--all", description = "All that are kept (one a minute at most), and the newest.")
    private boolean all;

    @Option(names = "--out", paramLabel = "FILE", description = "A new file; standard output unless given.")
    private @Nullable Path file;

    AuditCheckpointsCommand(Screen screen, ServerOption server) {
        this.screen = screen;
        this.server = server;
    }

    @Override
    public Integer call() {
        List<String> lines = new ArrayList<>();
        if (all) {
            JsonObject page = server.call("audit.checkpoints", new JsonObject().put("after", 0));
            while (page.containsKey("after")) {
                add(lines, page);
                page = server.call("audit.checkpoints", new JsonObject().put("after", page.getLong("after")));
            }
        }
        add(lines, server.call("audit.checkpoints", new JsonObject()));
        if (lines.isEmpty()) {
            throw new Unable("Nothing is sealed yet.");
        }
        if (file == null) {
            screen.print(lines);
        } else {
            write(file, lines);
            screen.print("Wrote " + lines.size() + (lines.size() == 1 ? " checkpoint to " : " checkpoints to ") + file
                    + ".");
        }
        return 0;
    }

    private static void add(List<String> lines, JsonObject page) {
        JsonArray some = page.getJsonArray("lines");
        for (int i = 0; i < some.size(); i++) {
            if (lines.isEmpty() || !lines.get(lines.size() - 1).equals(some.getString(i))) {
                lines.add(some.getString(i));
            }
        }
    }

    private static void write(Path to, List<String> lines) {
        try {
            Path written = Files.write(
                    to, lines, StandardCharsets.US_ASCII, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            assert written.equals(to);
        } catch (FileAlreadyExistsException there) {
            throw new Unable(to + " is there already. It is left as it is; name another file.", there);
        } catch (IOException unwritable) {
            throw new Unable("Cannot write " + to + ": " + unwritable.getMessage(), unwritable);
        }
    }
}
