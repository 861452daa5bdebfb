package io.fairlead.agent.status;

import io.fairlead.contract.agent.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tries every pattern on every line, in the order of {@code site.conf}. A line for which a pattern needs too long is
 * passed over by this pattern. After three such lines the pattern is held short for a minute and says so: it takes the
 * lines that it can judge quickly, for whoever can write lines must not be able to silence an alarm; then it is given its
 * time again. The others go on. One thread owns it.
 */
final class LineMatcher {
    private static final int MAX_OVERRUNS = 3;
    private static final long HELD_SHORT_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final String probe;
    private final LongSupplier nanoTime;
    private final List<Line> lines = new ArrayList<>();

    LineMatcher(String probe, List<LinePattern> patterns) {
        this(probe, patterns, System::nanoTime);
    }

    LineMatcher(String probe, List<LinePattern> patterns, LongSupplier nanoTime) {
        this.probe = probe;
        this.nanoTime = nanoTime;
        for (LinePattern pattern : patterns) {
            lines.add(new Line(pattern));
        }
    }

    void line(String text, Findings findings) {
        for (Line line : lines) {
            line.match(text, findings);
        }
    }

    private final class Line {
        private final LinePattern pattern;
        private final Matcher matcher;
        private final List<String> groups = new ArrayList<>();
        private int overruns;
        private long firstOverrun;

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
            if (overruns > 0 && nanoTime.getAsLong() - firstOverrun >= HELD_SHORT_NANOS) {
                endOfMinute(findings);
            }
            boolean heldShort = overruns >= MAX_OVERRUNS;
            try {
                int looks = heldShort ? GuardedText.FEW_LOOKS : GuardedText.MAX_LOOKS;
                if (matcher.reset(new GuardedText(text, looks)).find()) {
                    found(text, findings);
                }
            } catch (GuardedText.TooManyLooks | StackOverflowError e) {
                overrun(findings);
            }
        }

        private void overrun(Findings findings) {
            if (overruns == 0) {
                firstOverrun = nanoTime.getAsLong();
            }
            overruns++;
            if (overruns == MAX_OVERRUNS) {
                // From here on the minute counts anew.
                firstOverrun = nanoTime.getAsLong();
                findings.event(
                        "pattern.slow",
                        Severity.ERROR,
                        probe + ": needs too long for some lines and passes them over: " + source(pattern.match()));
            }
        }

        private void endOfMinute(Findings findings) {
            if (overruns >= MAX_OVERRUNS) {
                findings.event(
                        "pattern.recovered",
                        Severity.INFO,
                        probe + ": has its time again, " + overruns + " lines passed over: " + source(pattern.match()));
            }
            overruns = 0;
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
