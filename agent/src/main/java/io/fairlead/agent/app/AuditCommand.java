package io.fairlead.agent.app;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.fairlead.agent.kernel.AuditEntry;
import io.fairlead.agent.kernel.CannotStart;
import io.fairlead.agent.kernel.LocalAudit;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code agent audit}. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description =
                "Shows what was done on this PC from afar and what the agent did: the newest entry last. Reads the"
                        + " files audit.log, audit.log.1 … of the data folder.",
        footer = {
            "",
            "Times are in UTC. Codes begin with what they are about: instruction, file, link, identity, clock, agent …",
            "",
            "Examples:",
            "  agent audit --since 7d                  the last week",
            "  agent audit --code instruction --last 20",
            "  agent audit --since 2026-11-01 --find refused --json",
            "  agent audit --witness --out lab-7.witness   for who proves the enterprise's audit"
        })
final class AuditCommand implements Callable<Integer> {
    @Mixin
    private DataOptions options = new DataOptions();

    @Option(
            names = "--since",
            paramLabel = "WHEN",
            description = "From then on: 30m, 12h, 7d, 2w back from now, or 2026-11-01, or 2026-11-01T06:00:00Z.")
    private @Nullable String since;

    @Option(names = "--code", paramLabel = "CODE", description = "Only codes that begin so, such as instruction.")
    private String code = "";

    @Option(names = "--find", paramLabel = "TEXT", description = "Only entries with this text in them.")
    private String find = "";

    @Option(names = "--last", paramLabel = "N", description = "Only the last N of them.")
    private int last = Integer.MAX_VALUE;

    @Option(names = "--json", description = "For programs: one object a line.")
    private boolean json;

    @Option(
            names = "--witness",
            description = "Instead: the checkpoints of the enterprise's audit that this PC keeps as a witness.")
    private boolean witness;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "With --witness: into a new file, for `fairlead audit verify --witness`.")
    private @Nullable Path file;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    private final Clock clock = Clock.system(ZoneId.systemDefault());

    @Override
    public Integer call() throws IOException {
        new Logging().quiet();
        Instant from = since == null ? Instant.MIN : Since.parse(since, clock).orElseThrow(this::noTime);
        Path data = options.data().toAbsolutePath().normalize();
        PrintWriter out = spec.commandLine().getOut();
        if (witness) {
            witness(new WitnessText(data, out));
            out.flush();
            return 0;
        }
        if (file != null) {
            throw new CannotStart("--out goes with --witness");
        }
        Deque<AuditEntry> kept = new ArrayDeque<>();
        int found = 0;
        for (Path file : files(data)) {
            try (BufferedReader reader = Files.newBufferedReader(file)) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    Optional<AuditEntry> entry = AuditEntry.parse(line).filter(each -> wanted(each, from));
                    if (entry.isPresent()) {
                        found++;
                        keep(kept, entry.get(), out);
                    }
                }
            } catch (AccessDeniedException e) {
                throw denied(data);
            }
        }
        for (AuditEntry entry : kept) {
            print(entry, out);
        }
        if (found == 0 && !json) {
            out.println("No entries" + (since == null && code.isEmpty() && find.isEmpty() ? "." : " like that."));
        }
        out.flush();
        return 0;
    }

    private void witness(WitnessText text) {
        if (file == null) {
            text.show(json, last);
        } else {
            text.save(file);
        }
    }

    private static List<Path> files(Path data) {
        Path newest = data.resolve("audit.log");
        if (Files.exists(data) && !Files.isExecutable(data)) {
            throw denied(data);
        }
        List<Path> files = LocalAudit.files(newest);
        if (files.isEmpty()) {
            throw new CannotStart("there is no audit in " + data + "; if the data folder is another one: --data DIR");
        }
        return files;
    }

    private static CannotStart denied(Path data) {
        return new CannotStart("the audit in " + data
                + " may be read by the agent's account and by an administrator only:" + " run this as administrator");
    }

    private boolean wanted(AuditEntry entry, Instant from) {
        return !entry.at().isBefore(from)
                && entry.code().startsWith(code)
                && (find.isEmpty() || AuditText.line(entry).contains(find));
    }

    /** Without a limit entries are shown as they are read, however many there are. */
    private void keep(Deque<AuditEntry> kept, AuditEntry entry, PrintWriter out) throws IOException {
        if (last == Integer.MAX_VALUE) {
            print(entry, out);
            return;
        }
        kept.add(entry);
        if (kept.size() > Math.max(0, last)) {
            kept.remove();
        }
    }

    private void print(AuditEntry entry, PrintWriter out) throws IOException {
        if (!json) {
            out.println(AuditText.line(entry));
            return;
        }
        JsonGenerator line = new JsonFactory().createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        line.writeStartObject();
        line.writeStringField("at", entry.at().toString());
        line.writeStringField("code", entry.code());
        for (var each : entry.values().entrySet()) {
            line.writeStringField(each.getKey(), each.getValue());
        }
        line.writeEndObject();
        line.close();
        out.println();
    }

    private CannotStart noTime() {
        return new CannotStart(
                "--since \"" + since + "\" is no time: say 30m, 12h, 7d, 2w, 2026-11-01 or" + " 2026-11-01T06:00:00Z");
    }
}
