package io.fairlead.enterprise.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known of certificates that were judged lately: verified facts, and what the rows said. The least recently used
 * go first. A device that is named forgets what the rows said, never the facts: those cannot change. Used by all event
 * loops.
 *
 * <p>A reading that was begun before a notification may end after it with rows as they were before. So a reading carries
 * the {@link #turn} at which it began, and is not kept when a notification came between.
 */
final class JudgedCertificates {
    /** Notifications may be lost while nobody notices that their connection is dead; rows are read again after this. */
    private static final Duration BELIEVED = Duration.ofSeconds(60);

    /** What one certificate is known for. */
    record Known(DeviceFacts facts, @Nullable Verdict verdict, Instant readAt) {}

    private final int bound;
    private final LinkedHashMap<String, Known> byFingerprint = new LinkedHashMap<>(16, 0.75f, true);
    private long turn;

    /** @param bound certificates to remember at most; each takes about 600 bytes */
    JudgedCertificates(int bound) {
        this.bound = bound;
    }

    /** What is known; null for a certificate never seen. Its {@code verdict} is null when the rows must be read. */
    synchronized @Nullable Known find(String fingerprint, Instant now) {
        Known known = byFingerprint.get(fingerprint);
        if (known == null || known.verdict == null) {
            return known;
        }
        Duration age = Duration.between(known.readAt, now);
        return age.isNegative() || age.compareTo(BELIEVED) > 0 ? new Known(known.facts, null, now) : known;
    }

    /** To be asked before the rows are read. */
    synchronized long turn() {
        return turn;
    }

    synchronized void keep(String fingerprint, DeviceFacts facts, Verdict verdict, Instant readAt, long begunAt) {
        put(fingerprint, new Known(facts, begunAt == turn ? verdict : null, readAt));
    }

    synchronized void keep(String fingerprint, DeviceFacts facts, Instant now) {
        put(fingerprint, new Known(facts, null, now));
    }

    /** Something about this device's certificates has changed. */
    synchronized void forget(String device) {
        turn++;
        byFingerprint.replaceAll((fingerprint, known) ->
                known.facts.identity().device().equals(device) ? new Known(known.facts, null, known.readAt) : known);
    }

    /** Anything may have changed. */
    synchronized void forgetAll() {
        turn++;
        byFingerprint.replaceAll((fingerprint, known) -> new Known(known.facts, null, known.readAt));
    }

    /** The facts themselves may be none any longer. */
    synchronized void clear() {
        turn++;
        byFingerprint.clear();
    }

    synchronized int size() {
        return byFingerprint.size();
    }

    private void put(String fingerprint, Known known) {
        Known before = byFingerprint.put(fingerprint, known);
        if (before == null && byFingerprint.size() > bound) {
            var eldest = byFingerprint.entrySet().iterator();
            eldest.next();
            eldest.remove();
        }
    }
}
