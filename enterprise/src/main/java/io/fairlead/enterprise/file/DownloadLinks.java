package io.fairlead.enterprise.file;

import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.audit.AuditCode;
import io.fairlead.enterprise.fleet.Devices;
import io.fairlead.enterprise.kernel.Blocking;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.kernel.Ids;
import io.fairlead.enterprise.people.Action;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * One-time links to files: 256 random bits that open one file once within ten minutes. The database keeps their SHA-256
 * only, so that whoever reads it cannot use them.
 */
public final class DownloadLinks {
    /** How long a link is good for. */
    public static final Duration LIFE = Duration.ofMinutes(10);

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

    private final Database database;
    private final Devices devices;
    private final Blobs blobs;
    private final Audit audit;
    private final Ids ids;
    private final Clock clock;
    private final TransferStore transfers = new TransferStore();
    private final LinkStore links = new LinkStore();

    public DownloadLinks(
            Database database, Devices devices, BlobStore blobs, Audit audit, Blocking blocking, Ids ids, Clock clock) {
        this.database = database;
        this.devices = devices;
        this.blobs = new Blobs(blobs, blocking);
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    /** What a link is: its secret, and when it ends. */
    public record Link(String token, Instant notAfter) {
        @Override
        public String toString() {
            return "Link[notAfter=" + notAfter + "]";
        }
    }

    /** Makes one. Fails with Refusal: NOT_FOUND, FORBIDDEN, CONFLICT when there is nothing to read. */
    public Future<Link> make(Actor actor, TransferId id) {
        Link link = new Link(ids.next() + ids.next(), clock.instant().plus(LIFE));
        return database.inTransaction(connection -> transfers
                .find(connection, id)
                .map(found -> found.orElseThrow(() -> Transfers.none(id)))
                .compose(one -> Transfers.mayOn(devices, connection, actor, Action.READ_FILE, one))
                .compose(one -> {
                    String blob = Transfers.readable(one);
                    assert !blob.isEmpty();
                    return links.insert(connection, sha256(link.token()), id, actor.audited(), link.notAfter())
                            .compose(made -> audit.record(
                                    connection,
                                    Ledger.entry(
                                            actor.audited(),
                                            AuditCode.TRANSFER_LINK_MADE,
                                            one,
                                            "notAfter=" + link.notAfter())));
                })
                .map(link));
    }

    /**
     * Uses one up. Whoever made it must still be allowed to read the file.
     *
     * @param address of whoever does, for the audit
     * @return the file that it opens; fails with Refusal(NOT_FOUND) whatever is wrong with it
     */
    public Future<Transfer> use(String token, String address) {
        if (!FORM.matcher(token).matches()) {
            return Future.failedFuture(none());
        }
        return database.inTransaction(connection -> links.use(connection, sha256(token), clock.instant())
                .compose(used -> used(connection, used.orElseThrow(DownloadLinks::none), address)));
    }

    private Future<Transfer> used(SqlConnection connection, LinkStore.Used link, String address) {
        Actor maker = Actor.ofAudited(link.madeBy());
        return transfers.find(connection, link.transfer()).compose(found -> {
            Transfer one = found.filter(Transfer::isReadable).orElseThrow(DownloadLinks::none);
            return Transfers.mayOn(devices, connection, maker, Action.READ_FILE, one)
                    .recover(refused -> Future.failedFuture(refused instanceof Refusal ? none() : refused))
                    .compose(may -> audit.record(
                            connection,
                            Ledger.entry(link.madeBy(), AuditCode.TRANSFER_LINK_USED, one, "address=" + address)))
                    .map(one);
        });
    }

    /** Bytes of the file of a used link, as {@link Transfers#read}. */
    public Future<byte[]> read(Transfer used, long offset) {
        return blobs.read(Transfers.readable(used), offset, BlobStore.CHUNK);
    }

    private static Refusal none() {
        return new Refusal(Fault.NOT_FOUND, "no such link, or used, or too old");
    }

    private static String sha256(String token) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
