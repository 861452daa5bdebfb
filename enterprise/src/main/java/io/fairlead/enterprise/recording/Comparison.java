package io.fairlead.enterprise.recording;

import io.fairlead.statements.RunningHash;
import io.fairlead.statements.Transcript;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One direction's bytes, compared with what the agent said of them. At each count that a statement names, the hash must be
 * the statement's, and the count must have been reached when it says so: bytes to the viewer may come late here, bytes
 * from him may come late there. Between the two clocks there is one offset; each statement bounds it.
 */
final class Comparison {
    /** How long bytes may be on their way: the tunnel closes when they are stalled longer than a minute. */
    private static final long LATE = Duration.ofMinutes(2).toNanos() / 1000;
    /** By how much the two clocks' pace may differ over a session. */
    private static final long PACE = Duration.ofSeconds(10).toNanos() / 1000;

    private final Direction direction;
    private final Function<Transcript, Transcript.Side> count;
    private final ArrayDeque<Transcript> ahead;
    private final RunningHash hash = new RunningHash();
    private final List<Transcript> waiting = new ArrayList<>();
    private long bytes;
    private long time;
    private long least = Long.MIN_VALUE;
    private long most = Long.MAX_VALUE;
    private long agreed;
    private @Nullable Transcript wrong;

    Comparison(Direction direction, List<Transcript> statements) {
        this.direction = direction;
        this.count = direction == Direction.TO_VIEWER ? Transcript::sent : Transcript::received;
        this.ahead = new ArrayDeque<>(statements.stream()
                .sorted(Comparator.comparingLong(
                        (Transcript each) -> count.apply(each).bytes()))
                .toList());
        compare();
    }

    void frame(Piece frame) {
        time = frame.micros();
        ByteBuffer rest = frame.body().duplicate();
        while (rest.hasRemaining()) {
            waiting.forEach(each -> most = Math.min(most, time - each.millis() * 1000 + late(false)));
            waiting.clear();
            long next = ahead.isEmpty()
                    ? Long.MAX_VALUE
                    : count.apply(ahead.element()).bytes() - bytes;
            int now = (int) Math.min(next, rest.remaining());
            hash.add(rest.slice(rest.position(), now));
            rest.position(rest.position() + now);
            bytes += now;
            compare();
        }
    }

    private void compare() {
        while (!ahead.isEmpty() && count.apply(ahead.element()).bytes() == bytes) {
            Transcript statement = ahead.remove();
            if (wrong == null && count.apply(statement).equals(hash.now())) {
                agreed = time;
                least = Math.max(least, time - statement.millis() * 1000 - late(true));
                waiting.add(statement);
            } else if (wrong == null) {
                wrong = statement;
            }
        }
    }

    /** Bytes to the viewer are counted there first, and bytes from him here. */
    private long late(boolean reached) {
        return reached == (direction == Direction.TO_VIEWER) ? LATE : PACE;
    }

    long bytes() {
        return bytes;
    }

    /** The time of the last byte for which a statement holds, microseconds. */
    long agreed() {
        return agreed;
    }

    /** The first statement that does not hold; null when there is none. */
    @Nullable
    Transcript wrong() {
        return wrong;
    }

    /** Statements of more bytes than there are. */
    List<Transcript> beyond() {
        return List.copyOf(ahead);
    }

    /** The agent's clock and ours may differ by no less, microseconds. */
    long least() {
        return least;
    }

    long most() {
        return most;
    }
}
