package io.fairlead.enterprise.identity;

import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.audit.AuditCode;
import io.fairlead.enterprise.audit.AuditEntry;
import io.fairlead.enterprise.identity.ExpiryListener.Ending;
import io.fairlead.enterprise.identity.ExpiryStore.Overdue;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.kernel.Timers;
import io.vertx.core.Future;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says 30, 7 and 1 days ahead which certificates end: those of devices that their agents did not renew, those of the
 * authorities, and those of this node's listeners. Each threshold is audited once over all nodes; the listener is told of
 * devices at every look, once an hour.
 */
public final class ExpiryWatch {
    private static final Logger log = LoggerFactory.getLogger(ExpiryWatch.class);
    private static final Duration EVERY = Duration.ofHours(1);
    private static final int[] THRESHOLDS = {1, 7, 30};

    private final Database database;
    private final Authority authority;
    private final Supplier<List<X509Certificate>> listeners;
    private final ExpiryListener told;
    private final Audit audit;
    private final Timers timers;
    private final Clock clock;
    private final ExpiryStore store = new ExpiryStore();
    private Timers.@Nullable Timer next;
    private boolean stopped;

    /** Something that ends. */
    private record Near(String subject, String serial, int days, String text) {}

    /** @param listeners what this node's listeners show */
    public ExpiryWatch(
            Database database,
            Authority authority,
            Supplier<List<X509Certificate>> listeners,
            ExpiryListener told,
            Audit audit,
            Timers timers,
            Clock clock) {
        this.database = database;
        this.authority = authority;
        this.listeners = listeners;
        this.told = told;
        this.audit = audit;
        this.timers = timers;
        this.clock = clock;
    }

    /** Looks now and every hour until {@link #stop}. */
    public synchronized void start() {
        if (!stopped) {
            next = timers.after(EVERY, this::start);
            look().onFailure(failure -> log.warn("expiry=not-looked cause={}", failure.toString()));
        }
    }

    public synchronized void stop() {
        stopped = true;
        if (next != null) {
            next.cancel();
        }
    }

    /** One look. */
    Future<Void> look() {
        Instant now = clock.instant();
        return store.overdue(database.pool(), now, Duration.ofDays(30)).compose(devices -> {
            List<Near> near = new ArrayList<>();
            Map<String, Ending> ending = new LinkedHashMap<>();
            for (Overdue one : devices) {
                int days = days(now, one.notAfter()).orElse(30);
                String text = now.isAfter(one.notAfter())
                        ? "the certificate ended at " + one.notAfter() + ": the device needs a new enrolment code"
                        : "the certificate ends at " + one.notAfter() + " and the agent has not renewed it";
                ending.put(one.device(), new Ending(days, text));
                near.add(new Near(one.device(), one.serial(), days, text));
            }
            own(near, now);
            return said(near, now).compose(done -> told.expiring(ending));
        });
    }

    private void own(List<Near> near, Instant now) {
        List<X509Certificate> all =
                new ArrayList<>(Authority.certificates(authority.generations().values()));
        all.addAll(listeners.get());
        for (X509Certificate one : all) {
            Instant end = one.getNotAfter().toInstant();
            // A listener's certificate is renewed by itself a month before its end: within a month, something is wrong.
            days(now, end)
                    .ifPresent(days -> near.add(new Near(
                            "",
                            DeviceFacts.serial(one),
                            days,
                            one.getSubjectX500Principal().getName() + " ends at " + end)));
        }
    }

    /** The least threshold within which it ends. */
    private static OptionalInt days(Instant now, Instant end) {
        for (int days : THRESHOLDS) {
            if (end.isBefore(now.plus(Duration.ofDays(days)))) {
                return OptionalInt.of(days);
            }
        }
        return OptionalInt.empty();
    }

    private Future<Void> said(List<Near> near, Instant now) {
        Future<Void> all = Future.succeededFuture();
        for (Near one : near) {
            all = all.compose(before -> database.inTransaction(connection -> store.warn(
                            connection, one.serial, one.days, now)
                    .compose(first -> {
                        if (!first) {
                            return Future.succeededFuture();
                        }
                        log.warn(
                                "certificate=expiring subject={} days={} what=\"{}\"", one.subject, one.days, one.text);
                        return audit.record(
                                connection,
                                new AuditEntry(
                                        "server",
                                        AuditCode.CERTIFICATE_EXPIRING,
                                        one.subject,
                                        "days=" + one.days + " serial=" + one.serial + " what=\"" + one.text + "\""));
                    })));
        }
        return all;
    }
}
