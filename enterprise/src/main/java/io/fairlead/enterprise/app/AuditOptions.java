package io.fairlead.enterprise.app;

import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which entries of the audit are wanted. */
final class AuditOptions {
    private final Clock clock;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "Not older: 2026-11-21, 2026-11-21T12:30, with a zone, or a span ago such as 2h or 7d.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Older than this; as --from.")
    private @Nullable String to;

    @Option(names = "--actor", paramLabel = "ACTOR", description = "Only by this one, such as os:root.")
    private @Nullable String actor;

    @Option(
            names = "--code",
            paramLabel = "CODE",
            split = ",",
            description = "Only this deed, such as device.muted; several with commas between.")
    private @Nullable List<String> codes;

    @Option(
            names = {"--device", "--subject"},
            paramLabel = "DEVICE",
            split = ",",
            description = "Only what concerns this device; several with commas between.")
    private @Nullable List<String> devices;

    @Option(names = "--text", paramLabel = "TEXT", description = "Only entries with this text somewhere in them.")
    private @Nullable String text;

    AuditOptions(Clock clock) {
        this.clock = clock;
    }

    /** Puts into a command's arguments what was given. */
    void into(JsonObject arguments) {
        put(arguments, "from", moment("--from", from));
        put(arguments, "to", moment("--to", to));
        put(arguments, "actor", actor);
        put(arguments, "code", codes == null ? null : String.join(",", codes));
        put(arguments, "device", devices == null ? null : String.join(",", devices));
        put(arguments, "text", text);
    }

    private static void put(JsonObject arguments, String name, @Nullable String value) {
        if (value != null) {
            arguments.put(name, value);
        }
    }

    private @Nullable String moment(String option, @Nullable String given) {
        return given == null
                ? null
                : Moments.parse(given, clock)
                        .map(Instant::toString)
                        .orElseThrow(() -> new Unable(option + " " + TextTable.plain(given)
                                + " is no time; say 2026-11-21, 2026-11-21T12:30, 2h or 7d."));
    }
}
