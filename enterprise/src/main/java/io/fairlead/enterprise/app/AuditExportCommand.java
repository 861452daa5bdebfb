package io.fairlead.enterprise.app;

import io.fairlead.enterprise.audit.AuditFormat;
import io.fairlead.enterprise.operator.Calls;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Writes the audit out for others, page by page. */
@Command(
        name = "export",
        description = "Writes the audit out, the oldest entry first.",
        footer = {
            "",
            "csv: RFC 4180. A field that a spreadsheet would take for a formula (it begins with = + - @, or with an"
                    + " apostrophe) gets an apostrophe in front.",
            "json: one object a line. syslog: RFC 5424, one message a line.",
            "",
            "Examples:",
            "  fairlead audit export --format csv --from 2026-11-01 --to 2026-12-01 --out november.csv",
            "  fairlead audit export --format json --device LAB-7 | jq -r .code | sort | uniq -c"
        })
final class AuditExportCommand implements Callable<Integer> {
    private final Screen screen;

    @Mixin
    private final ServerOption server;

    @Mixin
    private final AuditOptions wanted;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--format", required = true, paramLabel = "FORMAT", description = "csv, json or syslog.")
    private String format = "";

    @Option(names = "--out", paramLabel = "FILE", description = "A new file; standard output unless given.")
    private @Nullable Path file;

    AuditExportCommand(Screen screen, ServerOption server) {
        this.screen = screen;
        this.server = server;
        this.wanted = new AuditOptions(screen.clock());
    }

    @Override
    public Integer call() {
        AuditFormat chosen = AuditFormat.of(format)
                .orElseThrow(() -> new ParameterException(spec.commandLine(), "--format takes csv, json or syslog"));
        JsonObject arguments = new JsonObject().put("format", chosen.word());
        wanted.into(arguments);
        Path to = file;
        if (to == null) {
            long unused = server.talk(session -> pages(session, arguments, chosen.lineEnd(), screen.out()));
            screen.out().flush();
            return 0;
        }
        long rows;
        try (Writer out = Files.newBufferedWriter(
                to, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            rows = server.talk(session -> pages(session, arguments, chosen.lineEnd(), out));
        } catch (FileAlreadyExistsException there) {
            throw new Unable(to + " is there already. It is left as it is; name another file.", there);
        } catch (IOException unwritable) {
            throw new Unable("Cannot write " + to + ": " + unwritable.getMessage(), unwritable);
        } catch (RuntimeException failed) {
            discard(to);
            throw failed;
        }
        screen.print("Wrote " + rows + " entries to " + to + ".");
        return 0;
    }

    private static long pages(Calls session, JsonObject arguments, String lineEnd, Writer out) throws IOException {
        long rows = 0;
        JsonObject page = session.call("audit.export", arguments);
        while (true) {
            JsonArray lines = page.getJsonArray("lines");
            for (int i = 0; i < lines.size(); i++) {
                write(out, lines.getString(i) + lineEnd);
            }
            rows += page.getLong("rows", 0L);
            Long after = page.getLong("after");
            if (after == null) {
                return rows;
            }
            page = session.call("audit.export", arguments.copy().put("after", after));
        }
    }

    // What cannot be written is another matter than a server that went away.
    private static void write(Writer out, String line) {
        try {
            out.write(line);
        } catch (IOException full) {
            throw new Unable("It cannot be written: " + full.getMessage(), full);
        }
    }

    private void discard(Path to) {
        try {
            Files.deleteIfExists(to);
        } catch (IOException left) {
            screen.complain("A part of the export is left in " + to + ".");
        }
    }
}
