package io.fairlead.agent.app;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Whether the agent that wrote a report still runs. */
enum Vigour {
    /** It wrote within the last minute, and has not ended. */
    RUNS("running"),
    /** Its process is there, but has not written for more than a minute. */
    SILENT("silent"),
    /** It said so, or its process is gone. */
    ENDED("stopped");

    /** Six times the time between two reports. */
    static final Duration FRESH = Duration.ofMinutes(1);
    /** What a clock that was put right may lie between two answers to the same question. */
    private static final Duration SAME = Duration.ofMinutes(5);

    private final String word;

    Vigour(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }

    static Vigour of(StatusReport report, Instant now) {
        Optional<ProcessHandle> process = ProcessHandle.of(report.process()).filter(ProcessHandle::isAlive);
        if (report.ended() || process.isEmpty()) {
            return ENDED;
        }
        Duration age = Duration.between(report.written(), now);
        if (age.abs().compareTo(FRESH) <= 0) {
            return RUNS;
        }
        // Another process may have got the number since.
        boolean same = process.get()
                .info()
                .startInstant()
                .filter(start -> Duration.between(start, report.started()).abs().compareTo(SAME) <= 0)
                .isPresent();
        return same ? SILENT : ENDED;
    }
}
