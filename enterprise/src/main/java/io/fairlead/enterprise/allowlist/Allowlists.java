package io.fairlead.enterprise.allowlist;

import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.audit.AuditCode;
import io.fairlead.enterprise.audit.AuditEntry;
import io.fairlead.enterprise.kernel.Blocking;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.firewall.Addresses;
import io.fairlead.firewall.Row;
import io.fairlead.firewall.Word;
import io.fairlead.firewall.catalogue.Catalogue;
import io.fairlead.firewall.format.JsonList;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the published list true: looks each half minute at the catalogue's file, at what nodes listen on and at what other
 * nodes published, and makes an edition when something differs. Any node may make one; they take turns. Owned by the
 * composition root, which starts and stops it.
 */
public final class Allowlists {
    private static final Logger LOG = LoggerFactory.getLogger(Allowlists.class);
    private static final Duration EVERY = Duration.ofSeconds(30);
    /** A node that has not said for so long what it listens on is gone. */
    private static final Duration GONE = Duration.ofDays(7);

    private static final Duration SAID_EACH = Duration.ofHours(1);
    private static final Duration RESOLVED_EACH = Duration.ofMinutes(10);
    /** Nodes that are not of one mind about their authorities do not issue without end. */
    private static final Duration SIGNED_ANEW_EACH = Duration.ofHours(1);

    private static final int MOST_EDITIONS = 100;

    private final Database database;
    private final CatalogueFile file;
    private final List<LiveHost> own;
    private final ListSigner signer;
    private final NameSearch names = new NameSearch();
    private final Audit audit;
    private final Blocking blocking;
    private final Timers timers;
    private final Clock clock;
    private final LiveStore live = new LiveStore();
    private final EditionStore editions = new EditionStore();

    private volatile @Nullable Published published;
    private volatile @Nullable Catalogue catalogue;
    private volatile List<String> troubles = List.of();
    private Instant said = Instant.MIN;
    private Timers.@Nullable Timer next;
    private boolean stopped;

    /**
     * @param catalogue the operator's file; empty for the one that is shipped
     * @param own what this node listens on
     */
    public Allowlists(
            Database database,
            Optional<Path> catalogue,
            List<LiveHost> own,
            ListSigner signer,
            Audit audit,
            Blocking blocking,
            Timers timers,
            Clock clock) {
        this.database = database;
        this.file = new CatalogueFile(catalogue);
        this.own = List.copyOf(own);
        this.signer = signer;
        this.audit = audit;
        this.blocking = blocking;
        this.timers = timers;
        this.clock = clock;
    }

    /** Looks now and each half minute after that; the future succeeds in any case when the first look is over. */
    public Future<Void> start() {
        return look().otherwise(failure -> {
                    LOG.warn("allowlist=not-looked cause={}", failure.toString());
                    return null;
                })
                .onComplete(looked -> again());
    }

    private synchronized void again() {
        if (!stopped) {
            next = timers.after(EVERY, () -> {
                Future<Void> unused = start();
            });
        }
    }

    public synchronized void stop() {
        stopped = true;
        if (next != null) {
            next.cancel();
        }
    }

    /** Empty as long as there never was a catalogue that could be read. */
    public Optional<Published> published() {
        return Optional.ofNullable(published);
    }

    /** What the operator says of his products and regions; empty as long as it never could be read. */
    public Optional<Catalogue> catalogue() {
        return Optional.ofNullable(catalogue);
    }

    /** What keeps list and reality apart, in sentences for operators. */
    public List<String> troubles() {
        return troubles;
    }

    /** One look. */
    Future<Void> look() {
        Instant now = clock.instant();
        return say(now).compose(told -> blocking.call(file::current))
                .onSuccess(found -> catalogue = found.orElse(null))
                .compose(found -> found.map(each -> edition(each, now)).orElseGet(() -> {
                    tell(file.trouble().stream().toList());
                    return Future.succeededFuture();
                }))
                .compose(made -> editions.latest(database.pool(), MOST_EDITIONS))
                .compose(all -> all.isEmpty() ? Future.succeededFuture() : publish(all, now));
    }

    private Future<Void> say(Instant now) {
        if (said.plus(SAID_EACH).isAfter(now)) {
            return Future.succeededFuture();
        }
        return database.inTransaction(connection ->
                        live.say(connection, own, now).compose(told -> live.forget(connection, now.minus(GONE))))
                .onSuccess(told -> said = now);
    }

    private Future<Void> edition(Catalogue catalogue, Instant now) {
        return live.list(database.pool()).compose(hosts -> {
            Wanted wanted = Wanted.of(catalogue, hosts);
            tell(Stream.concat(wanted.unnamed().stream().map(Allowlists::unnamed), file.trouble().stream())
                    .toList());
            Published known = published;
            return known != null && !isDue(known.newest(), Notice.given(rows(known.newest()), wanted.rows(), now), now)
                    ? Future.succeededFuture()
                    : database.inTransaction(connection -> editions.alone(connection)
                            .compose(alone -> editions.last(connection))
                            .compose(last -> edition(connection, last, catalogue, wanted.rows(), now)));
        });
    }

    private Future<Void> edition(
            SqlConnection connection, Optional<Edition> last, Catalogue catalogue, List<Row> wanted, Instant now) {
        List<Row> rows = Notice.given(last.map(Allowlists::rows).orElse(List.of()), wanted, now);
        if (last.isPresent() && !isDue(last.get(), rows, now)) {
            return Future.succeededFuture();
        }
        Instant issued = now.truncatedTo(ChronoUnit.SECONDS);
        JsonList list = new JsonList(
                catalogue.title(),
                new Word(Long.toString(Edition.next(last.map(Edition::version).orElse(0L), now))),
                issued,
                Optional.of(issued.plus(Edition.LIFE)),
                last.map(Edition::digest),
                List.of(),
                rows);
        String document = list.text();
        return blocking.call(() -> signer.sign(document.getBytes(StandardCharsets.UTF_8)))
                .map(signature -> new Edition(list, document, signature))
                .compose(edition -> editions.add(connection, edition)
                        .compose(added -> audit.record(
                                connection,
                                new AuditEntry(
                                        Actor.server().audited(),
                                        AuditCode.ALLOWLIST_PUBLISHED,
                                        "",
                                        "version=" + edition.version() + " rows=" + rows.size() + " sha256="
                                                + edition.digest())))
                        .onSuccess(done ->
                                LOG.info("allowlist=published version={} rows={}", edition.version(), rows.size())));
    }

    private boolean isDue(Edition last, List<Row> rows, Instant now) {
        Instant issued = last.list().issued();
        return !now.isBefore(issued.plus(Edition.AGAIN))
                || (!now.isBefore(issued.plus(SIGNED_ANEW_EACH)) && !signer.isOfToday(last.signature()))
                || !Difference.of(rows(last), rows, now).isNone();
    }

    private Future<Void> publish(List<Edition> all, Instant now) {
        Published known = published;
        if (known != null
                && known.newest().equals(all.get(0))
                && now.isBefore(known.addresses().at().plus(RESOLVED_EACH))) {
            return Future.succeededFuture();
        }
        Future<Addresses> addresses = blocking.call(() -> names.of(rows(all.get(0)), now));
        return addresses
                .onSuccess(found -> published = new Published(all, found))
                .mapEmpty();
    }

    private static String unnamed(String host) {
        return "This server listens as " + host
                + ", which is under no domain and in no network of the allowlist's catalogue:"
                + " it is not published, and customers' firewalls do not let it out.";
    }

    private void tell(List<String> wrong) {
        if (!wrong.equals(troubles)) {
            wrong.forEach(sentence -> LOG.warn("allowlist=not-true trouble=\"{}\"", sentence));
            troubles = List.copyOf(wrong);
        }
    }

    private static List<Row> rows(Edition edition) {
        return edition.list().rows();
    }
}
