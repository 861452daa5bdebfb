package io.fairlead.agent.file;

import io.fairlead.agent.kernel.Backoff;
import io.fairlead.soap.Fault;
import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * How long a transfer rests after a trouble: longer each time, as {@link Backoff} says. Only a mute is no trouble but a
 * person's word, which a person takes back, and nobody tells the device: it looks every 15 to 30 seconds, however long the
 * mute lasts. One thread's own.
 */
final class Pauses {
    static final Duration MUTED = Duration.ofSeconds(15);

    private final DoubleSupplier random;
    private final Backoff backoff;

    /** @param random from 0 to 1 */
    Pauses(DoubleSupplier random) {
        this.random = random;
        this.backoff = new Backoff(random);
    }

    /**
     * The rest after one more trouble.
     *
     * @param fault what the enterprise said
     * @param asked for how long it wants to be left alone
     */
    Duration next(Optional<Fault> fault, Optional<Duration> asked) {
        if (fault.isPresent() && fault.get() == Fault.DEVICE_MUTED) {
            Duration jitter = Duration.ofMillis((long) (MUTED.toMillis() * random.getAsDouble()));
            return MUTED.plus(jitter);
        }
        return backoff.next(asked).plusMillis(1);
    }

    /** After a success the first trouble is the first again. */
    void reset() {
        backoff.reset();
    }
}
