package io.fairlead.agent.file;

import java.time.Duration;
import java.util.Optional;

/** How fast a transfer goes of late. Thread-safe. */
final class Meter {
    private static final long WINDOW_MILLIS = 10_000;

    private long done;
    private long markedDone = -1;
    private long markedAt;
    private long rate;

    /** Whether nothing has moved since the start, or since the last rest. */
    synchronized boolean fresh() {
        return markedDone < 0;
    }

    /** So many bytes are done at this time. */
    synchronized void at(long bytes, long millis) {
        done = bytes;
        long span = millis - markedAt;
        if (markedDone < 0 || bytes < markedDone || span < 0) {
            markedDone = bytes;
            markedAt = millis;
            rate = 0;
            return;
        }
        if (span >= 1000) {
            rate = (bytes - markedDone) * 1000 / span;
        }
        if (span >= WINDOW_MILLIS) {
            markedDone = bytes;
            markedAt = millis;
        }
    }

    synchronized void rest() {
        markedDone = -1;
        rate = 0;
    }

    synchronized Progress progress(Transfer transfer, String state) {
        long missing = Math.max(0, transfer.size() - done);
        Optional<Duration> left =
                rate <= 0 ? Optional.empty() : Optional.of(Duration.ofSeconds((missing + rate - 1) / rate));
        return new Progress(transfer.id(), transfer.way(), transfer.name(), state, done, transfer.size(), rate, left);
    }
}
