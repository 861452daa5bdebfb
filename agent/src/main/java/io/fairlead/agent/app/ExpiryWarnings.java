package io.fairlead.agent.app;

import io.fairlead.agent.kernel.Durable;
import io.fairlead.agent.kernel.LocalAudit;
import io.fairlead.agent.kernel.LocalAuditCode;
import io.fairlead.agent.kernel.TrustedTime;
import io.fairlead.agent.link.Identity;
import io.fairlead.contract.agent.Event;
import io.fairlead.contract.agent.Severity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says 30, 7 and 1 days ahead that this device's certificate ends and was not renewed, or that an authority which it pins
 * ends: once for each, to the customer and to the enterprise. What was said is kept on disk. One thread's own.
 */
final class ExpiryWarnings {
    private static final Logger LOG = LoggerFactory.getLogger(ExpiryWarnings.class);
    private static final int[] THRESHOLDS = {1, 7, 30};
    private static final long EVERY = Duration.ofHours(1).toNanos();

    private final Durable file;
    private final Supplier<Identity> identity;
    private final TrustedTime time;
    private final LongSupplier nanos;
    private final LocalAudit audit;
    private final Consumer<Event> tell;
    private long lookedAt;
    private boolean looked;

    /** @param file what was said already */
    ExpiryWarnings(
            Path file,
            Supplier<Identity> identity,
            TrustedTime time,
            LongSupplier nanos,
            LocalAudit audit,
            Consumer<Event> tell) {
        this.file = new Durable(file);
        this.identity = identity;
        this.time = time;
        this.nanos = nanos;
        this.audit = audit;
        this.tell = tell;
    }

    /** Looks, unless it did within the last hour. */
    void look() {
        if (looked && nanos.getAsLong() - lookedAt < EVERY) {
            return;
        }
        looked = true;
        lookedAt = nanos.getAsLong();
        try {
            say();
        } catch (IOException | RuntimeException e) {
            LOG.warn("expiry=not-looked cause={}", e.toString());
        }
    }

    private void say() throws IOException {
        Identity now = identity.get();
        Set<String> before = new TreeSet<>(new String(file.read().orElse(new byte[0]), StandardCharsets.US_ASCII)
                .lines()
                .toList());
        Set<String> after = new TreeSet<>();
        if (overdue(now)) {
            say(now.certificate(), "this device's certificate", before, after);
        }
        for (X509Certificate authority : now.cas().all()) {
            say(
                    authority,
                    "the authority " + authority.getSubjectX500Principal().getName(),
                    before,
                    after);
        }
        if (!after.equals(before)) {
            file.replace(String.join("\n", after).getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** It was to be renewed after two thirds of its life; a twelfth is left for that. */
    private boolean overdue(Identity now) {
        Duration life = Duration.between(now.certificate().getNotBefore().toInstant(), now.expires());
        return time.now()
                .isAfter(now.certificate()
                        .getNotBefore()
                        .toInstant()
                        .plus(life.multipliedBy(3).dividedBy(4)));
    }

    private void say(X509Certificate certificate, String what, Set<String> before, Set<String> after) {
        Instant end = certificate.getNotAfter().toInstant();
        List<Integer> within = new ArrayList<>();
        for (int days : THRESHOLDS) {
            if (end.isBefore(time.now().plus(Duration.ofDays(days)))) {
                within.add(days);
            }
        }
        for (int days : within) {
            String mark = certificate.getSerialNumber().toString(16) + " " + days;
            after.add(mark);
            if (days == within.get(0) && !before.contains(mark)) {
                audit.record(LocalAuditCode.CERTIFICATE_EXPIRING, "what", what, "until", end, "within-days", days);
                Event event = new Event();
                event.setCode("agent.certificate-expiring");
                event.setSeverity(days == 1 ? Severity.CRITICAL : days == 7 ? Severity.ERROR : Severity.WARNING);
                event.setText(what + " ends at " + end);
                tell.accept(event);
            }
        }
    }
}
