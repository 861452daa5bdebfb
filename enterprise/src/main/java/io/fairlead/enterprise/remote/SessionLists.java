package io.fairlead.enterprise.remote;

import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.Devices;
import io.fairlead.enterprise.identity.DeviceCertificates;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.people.Action;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.enterprise.tunnel.Relay;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.fairlead.statements.NotAStatement;
import io.fairlead.statements.Receipt;
import io.fairlead.statements.SignedText;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Remote sessions as people look for them and read them. Changes nothing. */
public final class SessionLists {
    /** Rows of a page, at most. */
    public static final int MOST = 500;

    private final Database database;
    private final Devices devices;
    private final DeviceCertificates certificates;
    private final Supplier<List<Relay.OpenStream>> relay;
    private final SessionListStore store = new SessionListStore();

    /** @param relay what is open at this node's relay now */
    public SessionLists(
            Database database,
            Devices devices,
            DeviceCertificates certificates,
            Supplier<List<Relay.OpenStream>> relay) {
        this.database = database;
        this.devices = devices;
        this.certificates = certificates;
        this.relay = relay;
    }

    /**
     * How many are not over, of those that somebody may end.
     *
     * @param granted of these
     */
    public record Open(int all, int granted) {}

    /**
     * Those that fit, of devices whose data he may see; the newest first.
     *
     * @param before the id of the last one of the page before; null for the first page
     * @param limit 1 to {@value #MOST}
     */
    public Future<SessionRow.Page> search(Actor actor, SessionFilter filter, @Nullable String before, int limit) {
        int most = Math.max(1, Math.min(MOST, limit));
        return devices.view(actor, Action.SEE_DATA)
                .compose(view -> store.list(database.pool(), filter, before, view, most + 1))
                .map(found -> new SessionRow.Page(found.subList(0, Math.min(most, found.size())), found.size() > most));
    }

    /** How many of those are open that he may end. */
    public Future<Open> open(Actor actor) {
        return devices.view(actor, Action.STOP).compose(view -> store.count(database.pool(), view));
    }

    /**
     * Those of them.
     *
     * @param device null for all; fails with Refusal: UNKNOWN_DEVICE, FORBIDDEN
     */
    public Future<List<SessionRow>> endable(Actor actor, @Nullable DeviceId device) {
        SessionFilter filter = new SessionFilter(SessionFilter.Standing.OPEN, device, "", "", "", "");
        return (device == null ? Future.succeededFuture() : devices.mayOn(actor, Action.STOP, device))
                .compose(may -> devices.view(actor, Action.STOP))
                .compose(view -> store.list(database.pool(), filter, null, view, MOST));
    }

    /** One; Refusal(NOT_FOUND) when it never was, is forgotten, or is of a device that he may not see; FORBIDDEN. */
    public Future<SessionRow> get(Actor actor, String id) {
        return store.find(database.pool(), id)
                .map(found -> found.orElseThrow(() -> RemoteSessions.none(id)))
                .compose(row -> devices.mayOn(
                                actor, Action.SEE_DATA, row.session().device())
                        .map(row)
                        .recover(refused -> Future.failedFuture(
                                refused instanceof Refusal refusal && refusal.fault() == Fault.UNKNOWN_DEVICE
                                        ? RemoteSessions.none(id)
                                        : refused)));
    }

    /** The streams of a session that somebody may read, in the order in which they were asked for. */
    public Future<List<SessionStream>> streams(SessionRow row) {
        Map<String, Relay.OpenStream> here =
                relay.get().stream().collect(Collectors.toMap(Relay.OpenStream::stream, Function.identity()));
        return store.streams(database.pool(), row.session().id())
                .map(all -> all.stream()
                        .map(each -> {
                            Relay.OpenStream open = here.get(each.id());
                            return open == null
                                    ? each
                                    : each.carried(
                                            open.figures().fromAgent(),
                                            open.figures().fromViewer());
                        })
                        .toList());
    }

    /**
     * The customer's receipt as a file that {@code fairlead-agent verify-receipt} reads: its text, the line {@code signature}
     * with base64, the certificates of the device and its issuer in PEM. When the issuer was given up since, its certificate
     * is not in it, and only the customer's own copy can be judged offline.
     *
     * @return fails with Refusal(CONFLICT) when nothing was granted; and as {@link #get}
     */
    public Future<byte[]> receipt(Actor actor, String id) {
        return get(actor, id).compose(row -> {
            RemoteSession.Grant grant = row.session().grant();
            if (grant == null) {
                throw new Refusal(Fault.CONFLICT, "session " + id + " has no receipt");
            }
            SignedText text = grant.receipt();
            return certificates
                    .chain(
                            database.pool(),
                            row.session().device().value(),
                            read(text).certificate())
                    .map(chain -> file(text, chain));
        });
    }

    /** What a receipt says that was taken. */
    public static Receipt read(SignedText text) {
        try {
            return Receipt.of(text.statement());
        } catch (NotAStatement e) {
            throw new IllegalStateException("a receipt that was taken cannot be read", e);
        }
    }

    private static byte[] file(SignedText text, String chain) {
        String head = new String(text.statement(), StandardCharsets.UTF_8).stripTrailing();
        return (head + "\nsignature " + Base64.getEncoder().encodeToString(text.signature()) + "\n" + chain)
                .getBytes(StandardCharsets.UTF_8);
    }
}
