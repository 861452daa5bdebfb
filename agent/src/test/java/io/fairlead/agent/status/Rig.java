package io.fairlead.agent.status;

import io.fairlead.agent.host.DiskFloor;
import io.fairlead.agent.host.Disks;
import io.fairlead.agent.kernel.LocalAudit;
import io.fairlead.agent.kernel.TrustedTime;
import io.fairlead.contract.agent.Alarm;
import io.fairlead.contract.agent.DataItem;
import io.fairlead.contract.agent.Event;
import io.fairlead.contract.agent.Severity;
import io.fairlead.contract.agent.StatusMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** The room as the agent builds it, in a folder of its own, with a clock that stands and a sink that is a list. */
final class Rig implements AutoCloseable {
    final Path folder;
    final List<StatusMessage> messages = new ArrayList<>();
    final List<StatusMessage> urgent = new ArrayList<>();
    final StandingClock clock = new StandingClock();
    final List<LogSource> logs = new ArrayList<>();
    final List<ResultSource> results = new ArrayList<>();
    final List<CommandSource> commands = new ArrayList<>();
    PcSource pc = new PcSource(false, List.of());
    Optional<String> refusal = Optional.empty();
    Optional<String> policy = Optional.empty();
    boolean sinkFails;
    int eventsPerMinute = 60;
    Consumer<StatusMessage> listener = message -> {};
    private Sampler sampler;
    private Reporter reporter;

    Rig(Path folder) {
        this.folder = folder;
    }

    static final class StandingClock extends Clock {
        private Instant now = Instant.parse("2026-11-21T12:00:00Z");

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    StatusSettings settings() {
        return new StatusSettings() {
            @Override
            public int samplePeriodSeconds() {
                return 60;
            }

            @Override
            public int eventsPerMinute() {
                return eventsPerMinute;
            }

            @Override
            public int cpuWarnPercent() {
                return 95;
            }

            @Override
            public int memoryWarnPercent() {
                return 95;
            }

            @Override
            public int diskWarnPercent() {
                return 90;
            }
        };
    }

    TrustedTime time() {
        return new TrustedTime(folder.resolve("time"), clock, new LocalAudit(folder.resolve("audit.log"), clock));
    }

    Rig start() throws IOException {
        StatusSources sources = new StatusSources(pc, logs, results, commands);
        sampler = new Sampler(
                sources,
                settings(),
                trust(),
                new DiskFloor(0, 0, Disks.real()),
                folder.resolve("bookmarks"),
                this::put,
                time(),
                new Sampler.Pulses(() -> {}, () -> {}),
                clock);
        return this;
    }

    private SiteTrust trust() {
        return new SiteTrust() {
            @Override
            public Optional<String> refusal() {
                return refusal;
            }

            @Override
            public Optional<String> policy() {
                return policy;
            }
        };
    }

    private void put(StatusMessage message, boolean isUrgent) {
        if (sinkFails) {
            throw new UncheckedIOException(new IOException("no space left on device"));
        }
        messages.add(message);
        listener.accept(message);
        if (isUrgent) {
            urgent.add(message);
        }
    }

    /** The process dies: no bookmark is written that was not written yet. */
    Rig kill() throws IOException {
        return start();
    }

    Rig restart() throws IOException {
        sampler.close();
        return start();
    }

    void look() throws InterruptedException {
        sampler.watchOnce(() -> {});
    }

    void look(int times) throws InterruptedException {
        for (int i = 0; i < times; i++) {
            look();
        }
    }

    void sample() throws InterruptedException {
        int unused = sampler.sampleOnce(false, () -> {});
    }

    /** A reporter alone, of another device. */
    Reporter reporter() {
        if (reporter == null) {
            reporter = new Reporter(this::put, settings(), new Bookmarks(folder.resolve("other")), clock);
        }
        return reporter;
    }

    Sampler sampler() {
        return sampler;
    }

    void log(String file, LogEncoding encoding, boolean fromStart, LinePattern... patterns) {
        logs.add(new LogSource("run", folder, file, encoding, fromStart, List.of(patterns)));
    }

    /** Every line is an event. */
    void eventLog(String file) {
        log(file, LogEncoding.AUTO, true, event("(?<text>.*)", "line"));
    }

    static LinePattern event(String match, String code) {
        return new LinePattern(
                Pattern.compile(match),
                LinePattern.Kind.EVENT,
                Optional.empty(),
                Optional.of(code),
                Optional.empty(),
                Optional.empty(),
                Severity.INFO);
    }

    static LinePattern value(String match, String item, String unit) {
        return new LinePattern(
                Pattern.compile(match),
                LinePattern.Kind.VALUE,
                Optional.of(item),
                Optional.empty(),
                Optional.empty(),
                Optional.of(unit),
                Severity.INFO);
    }

    static LinePattern alarm(String match) {
        return new LinePattern(
                Pattern.compile(match),
                LinePattern.Kind.ALARM,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Severity.ERROR);
    }

    Path write(String file, String text) throws IOException {
        return Files.writeString(
                folder.resolve(file),
                text,
                StandardCharsets.UTF_8,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    /** The texts of events with a code, in order. */
    List<String> events(String code) {
        List<String> texts = new ArrayList<>();
        for (StatusMessage message : messages) {
            for (Event event : message.getEvent()) {
                if (event.getCode().equals(code)) {
                    texts.add(event.getText());
                }
            }
        }
        return texts;
    }

    /** Alarms as {@code +CODE} and {@code -CODE}, in order. */
    List<String> alarms() {
        List<String> changes = new ArrayList<>();
        for (StatusMessage message : messages) {
            for (Alarm alarm : message.getAlarm()) {
                changes.add((alarm.isRaised() ? "+" : "-") + alarm.getCode());
            }
        }
        return changes;
    }

    /** Values as {@code ITEM=VALUE}, in order. */
    List<String> values() {
        List<String> values = new ArrayList<>();
        for (StatusMessage message : messages) {
            for (DataItem item : message.getItem()) {
                values.add(item.getName() + "=" + (item.getText() == null ? item.getNumber() : item.getText()));
            }
        }
        return values;
    }

    @Override
    public void close() {
        sampler.close();
    }
}
