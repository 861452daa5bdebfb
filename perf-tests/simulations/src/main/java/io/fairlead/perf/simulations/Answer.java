package io.fairlead.perf.simulations;

import io.fairlead.soap.RemoteFault;
import io.fairlead.soap.SoapCodec;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * What the server answered to a SOAP request: a body, or a fault.
 *
 * @param body null for a fault
 * @param fault the fault's stable key; empty for a body
 * @param retryAfterSeconds after which trying again makes sense; 0 where the server named none
 */
record Answer<T>(@Nullable T body, String fault, int retryAfterSeconds) {
    /** Throws Refusal for bytes that are no answer of the contract. */
    static <T> Answer<T> read(SoapCodec codec, byte[] envelope, Class<T> type) {
        try {
            return new Answer<>(codec.read(new ByteArrayInputStream(envelope), type), "", 0);
        } catch (RemoteFault fault) {
            return new Answer<>(null, fault.key(), fault.retryAfterSeconds());
        }
    }

    Optional<T> taken() {
        return Optional.ofNullable(body);
    }

    /** Whether the server shed the request: it says when to come again. That is no failure. */
    boolean isShed() {
        return body == null && retryAfterSeconds > 0;
    }

    /** Throws IllegalStateException for a fault that no waiting cures: that is a failure. */
    Answer<T> orFailed() {
        if (body == null && !isShed()) {
            throw new IllegalStateException("fault " + fault);
        }
        return this;
    }

    /** As long as the server asks, and up to half as long again, so that those who were shed together come apart. */
    Duration pause() {
        return later(retryAfterSeconds);
    }

    static Duration later(int seconds) {
        long millis = seconds * 1_000L;
        return Duration.ofMillis(millis + ThreadLocalRandom.current().nextLong(millis / 2 + 1));
    }
}
