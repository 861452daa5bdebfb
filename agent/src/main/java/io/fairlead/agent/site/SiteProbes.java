package io.fairlead.agent.site;

import io.fairlead.agent.status.CommandSource;
import io.fairlead.agent.status.DiagnosticSource;
import io.fairlead.agent.status.LinePattern;
import io.fairlead.agent.status.LogEncoding;
import io.fairlead.agent.status.LogSource;
import io.fairlead.agent.status.PcSource;
import io.fairlead.agent.status.ResultSource;
import io.fairlead.agent.status.StatusSources;
import io.fairlead.contract.agent.Severity;
import io.fairlead.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The part of {@code site.conf} that says what is watched and what may be run. An entry with a fault is left out: the
 * fault is noted, so the agent does not start with what remains.
 */
final class SiteProbes {
    private static final int MAX_OF_A_KIND = 50;
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MAX_TIMEOUT = Duration.ofMinutes(10);

    private SiteProbes() {}

    /** From where a log or a folder that is seen for the first time is taken. */
    enum From {
        END,
        START
    }

    static StatusSources sources(Settings root) {
        Settings pc = root.section("pc");
        return new StatusSources(
                new PcSource(pc.flag("enabled", true), SiteValues.each(pc, "disks", SiteValues::folder)),
                entries(root, "logs", SiteProbes::log),
                entries(root, "results", SiteProbes::result),
                entries(root, "commands", SiteProbes::command));
    }

    static List<DiagnosticSource> diagnostics(Settings root) {
        return entries(root, "diagnostics", SiteProbes::diagnostic);
    }

    /** Makes one entry of its section and name; null when something is missing, which is then noted. */
    private interface Maker<T> {
        Optional<T> make(Settings section, String name);
    }

    private static <T> List<T> entries(Settings root, String key, Maker<T> maker) {
        List<T> made = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Settings section : root.sections(key)) {
            Optional<String> name = SiteValues.required(section, "name", SiteValues::name);
            if (name.isPresent() && !names.add(name.get())) {
                section.refuse("name", SiteValues.quoted(name.get()) + " is there twice");
            }
            maker.make(section, name.orElse("unnamed")).ifPresent(made::add);
        }
        if (made.size() > MAX_OF_A_KIND) {
            root.refuse(key, "has more than " + MAX_OF_A_KIND + " entries");
        }
        return made;
    }

    /** A place of a log: its folder, and its name or a glob, which Windows would not take in a path. */
    private record LogPath(Path folder, String file) {
        static LogPath parse(String text) {
            int slash = Math.max(text.lastIndexOf('/'), text.lastIndexOf('\\'));
            if (slash < 0 || slash == text.length() - 1) {
                throw new IllegalArgumentException(SiteValues.quoted(text) + " is not an absolute path of a file");
            }
            if (text.substring(0, slash).matches(".*[*?].*")) {
                throw new IllegalArgumentException(
                        SiteValues.quoted(text) + ": the name may be a glob, the folder may not");
            }
            return new LogPath(
                    SiteValues.folder(text.substring(0, slash + 1)), SiteValues.glob(text.substring(slash + 1)));
        }
    }

    private static Optional<LogSource> log(Settings log, String name) {
        Optional<LogPath> path = SiteValues.required(log, "path", LogPath::parse);
        LogEncoding encoding = encoding(log);
        boolean fromStart = log.choice("from", From.class, From.END) == From.START;
        List<LinePattern> patterns = patterns(log);
        return path.map(at -> new LogSource(name, at.folder(), at.file(), encoding, fromStart, patterns));
    }

    private static LogEncoding encoding(Settings section) {
        return SiteValues.optional(section, "encoding", SiteProbes::encoding).orElse(LogEncoding.AUTO);
    }

    private static LogEncoding encoding(String text) {
        List<String> words = new ArrayList<>();
        for (LogEncoding encoding : LogEncoding.values()) {
            String word = encoding.name().replace('_', '-').toLowerCase(Locale.ROOT);
            words.add(word);
            if (word.equals(text.toLowerCase(Locale.ROOT))) {
                return encoding;
            }
        }
        throw new IllegalArgumentException(SiteValues.quoted(text) + " is none of " + String.join(", ", words));
    }

    private static List<LinePattern> patterns(Settings section) {
        List<LinePattern> patterns = new ArrayList<>();
        for (Settings each : section.sections("patterns")) {
            pattern(each).ifPresent(patterns::add);
        }
        return patterns;
    }

    private static Optional<LinePattern> pattern(Settings section) {
        Optional<Pattern> match = SiteValues.required(section, "match", SiteValues::regex);
        if (!section.has("kind")) {
            section.refuse("kind", "is missing");
        }
        LinePattern.Kind kind = section.choice("kind", LinePattern.Kind.class, LinePattern.Kind.EVENT);
        Severity standard = kind == LinePattern.Kind.ALARM ? Severity.ERROR : Severity.INFO;
        Function<String, Optional<String>> name = key -> SiteValues.optional(section, key, SiteValues::name);
        Optional<String> item = name.apply("item");
        Optional<String> code = name.apply("code");
        Optional<String> clears = name.apply("clears");
        Optional<String> unit = SiteValues.optional(section, "unit", SiteValues::unit);
        Severity severity = section.choice("severity", Severity.class, standard);
        if (match.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new LinePattern(match.get(), kind, item, code, clears, unit, severity));
        } catch (IllegalArgumentException e) {
            section.refuse("kind", String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private static Optional<ResultSource> result(Settings result, String name) {
        Optional<Path> folder = SiteValues.required(result, "folder", SiteValues::folder);
        Optional<String> glob = SiteValues.required(result, "glob", SiteValues::glob);
        if (!result.has("format")) {
            result.refuse("format", "is missing");
        }
        ResultSource.Format format = result.choice("format", ResultSource.Format.class, ResultSource.Format.CSV);
        char delimiter =
                SiteValues.optional(result, "delimiter", SiteValues::delimiter).orElse(',');
        LogEncoding encoding = encoding(result);
        boolean fromStart = result.choice("from", From.class, From.END) == From.START;
        List<ResultSource.Item> items = new ArrayList<>();
        List<Settings> sections = result.sections("items");
        for (Settings each : sections) {
            item(each, format).ifPresent(items::add);
        }
        if (folder.isEmpty() || glob.isEmpty() || items.size() < sections.size()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new ResultSource(name, folder.get(), glob.get(), format, delimiter, encoding, fromStart, items));
        } catch (IllegalArgumentException e) {
            result.refuse("items", String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private static Optional<ResultSource.Item> item(Settings section, ResultSource.Format format) {
        Optional<String> column = section.optionalText("column");
        Optional<String> pointer = section.optionalText("pointer");
        Optional<String> item = SiteValues.required(section, "item", SiteValues::name);
        Optional<String> unit = SiteValues.optional(section, "unit", SiteValues::unit);
        boolean csv = format == ResultSource.Format.CSV;
        if ((csv ? pointer : column).isPresent()) {
            section.refuse(csv ? "pointer" : "column", csv ? "goes with format json" : "goes with format csv");
        }
        Optional<String> from = csv ? column : pointer;
        if (from.isEmpty()) {
            section.refuse(csv ? "column" : "pointer", "is missing");
        }
        return from.isEmpty() ? Optional.empty() : item.map(to -> new ResultSource.Item(from.get(), to, unit));
    }

    private static Optional<CommandSource> command(Settings command, String name) {
        List<String> program = program(command);
        Duration timeout = command.duration("timeout", Duration.ofSeconds(10), SECOND, MAX_TIMEOUT);
        Duration period = command.duration("period", Duration.ZERO, Duration.ZERO, Duration.ofDays(1));
        List<LinePattern> patterns = patterns(command);
        return program.isEmpty()
                ? Optional.empty()
                : Optional.of(new CommandSource(name, program, timeout, period, patterns));
    }

    private static Optional<DiagnosticSource> diagnostic(Settings diagnostic, String name) {
        List<String> program = program(diagnostic);
        Duration timeout = diagnostic.duration("timeout", Duration.ofSeconds(30), SECOND, MAX_TIMEOUT);
        return program.isEmpty() ? Optional.empty() : Optional.of(new DiagnosticSource(name, program, timeout));
    }

    private static List<String> program(Settings section) {
        List<String> program = section.texts("command");
        if (program.isEmpty() || program.get(0).isBlank()) {
            section.refuse("command", "is missing: a list of the program and its arguments");
            return List.of();
        }
        return program;
    }
}
