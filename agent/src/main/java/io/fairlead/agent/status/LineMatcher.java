package io.fairlead.agent.status;

import io.fairlead.contract.agent.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tries every pattern on every line, in the order of {@code site.conf}. A pattern that needs too long for a line
 * three times within a thousand is switched off until the agent starts again, and says so: the others go on. One thread owns it.
 */
final class LineMatcher {
    private static final int MAX_OVERRUNS = 3;
    private static final int FORGIVEN_AFTER = 1000;

    private final String probe;
    private final List<Line> lines = new ArrayList<>();

    LineMatcher(String probe, List<LinePattern> patterns) {
        this.probe = probe;
        for (LinePattern pattern : patterns) {
            lines.add(new Line(pattern));
        }
    }

    void line(String text, Findings findings) {
        for (Line line : lines) {
            if (line.overruns < MAX_OVERRUNS) {
                line.match(text, findings);
            }
        }
    }

    private final class Line {
        private final LinePattern pattern;
        private final Matcher matcher;
        private final List<String> groups = new ArrayList<>();
        private int overruns;
        private int quick;

        Line(LinePattern pattern) {
            this.pattern = pattern;
            this.matcher = pattern.match().matcher("");
            for (String name : List.of("value", "item", "code", "clears", "unit", "text")) {
                if (LinePattern.hasGroup(pattern.match(), name)) {
                    groups.add(name);
                }
            }
        }

        void match(String text, Findings findings) {
            try {
                if (matcher.reset(new GuardedText(text)).find()) {
                    found(text, findings);
                }
                if (overruns > 0 && ++quick == FORGIVEN_AFTER) {
                    overruns = 0;
                }
            } catch (GuardedText.TooManyLooks | StackOverflowError e) {
                overruns++;
                quick = 0;
                if (overruns == MAX_OVERRUNS) {
                    findings.event(
                            "pattern.off",
                            Severity.ERROR,
                            probe + ": switched off, needs too long for a line: " + source(pattern.match()));
                }
            }
        }

        private void found(String text, Findings findings) {
            String shown = or(group("text"), Optional.of(text)).orElse("");
            Optional<String> code = or(group("code"), pattern.code());
            switch (pattern.kind()) {
                case VALUE ->
                    or(group("item"), pattern.item()).ifPresent(onValue(findings, or(group("unit"), pattern.unit())));
                case EVENT -> code.ifPresent(c -> findings.event(c, pattern.severity(), shown));
                case ALARM -> {
                    or(group("clears"), pattern.clears()).ifPresent(findings::clear);
                    code.ifPresent(c -> findings.raise(c, pattern.severity(), shown));
                }
            }
        }

        private Consumer<String> onValue(Findings findings, Optional<String> unit) {
            return item -> group("value").ifPresent(value -> findings.value(item, value, unit));
        }

        private Optional<String> group(String name) {
            @Nullable String found = groups.contains(name) ? matcher.group(name) : null;
            return Optional.ofNullable(found);
        }
    }

    private static Optional<String> or(Optional<String> first, Optional<String> second) {
        return first.isPresent() ? first : second;
    }

    private static String source(Pattern pattern) {
        String source = pattern.pattern();
        return source.length() > 200 ? source.substring(0, 200) + "…" : source;
    }
}
