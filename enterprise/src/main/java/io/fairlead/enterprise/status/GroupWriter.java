package io.fairlead.enterprise.status;

import io.fairlead.enterprise.fleet.Contacts;
import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.Reporting;
import io.fairlead.enterprise.instruction.Instructions;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.status.GroupRows.ItemKey;
import io.fairlead.enterprise.status.GroupRows.MessageKey;
import io.fairlead.enterprise.status.GroupRows.StreamKey;
import io.fairlead.soap.Fault;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes one group in one transaction: lock and read, decide, write, commit. */
final class GroupWriter implements Writer {
    private static final Duration HOUR = Duration.ofHours(1);
    /** Items of ten thousand devices that have twenty each. */
    private static final int REMEMBERED = 200_000;

    private final Database database;
    private final Contacts contacts;
    private final Instructions instructions;
    private final Clock clock;
    private final StatusStore store = new StatusStore();
    private final KnownItems items = new KnownItems(REMEMBERED);

    GroupWriter(Database database, Contacts contacts, Instructions instructions, Clock clock) {
        this.database = database;
        this.contacts = contacts;
        this.instructions = instructions;
        this.clock = clock;
    }

    @Override
    public Future<List<SliceOutcome>> write(List<Slice> slices) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        ItemIds ids = items.of(slices);
        return database.inTransaction(connection -> read(connection, slices, ids, now)
                .compose(known -> {
                    Decision decision = new Decision(now, known);
                    List<SliceOutcome> outcomes =
                            slices.stream().map(decision::take).toList();
                    return written(connection, decision.rows(), ids, now).map(outcomes);
                }));
    }

    private Future<Decision.Known> read(SqlConnection connection, List<Slice> slices, ItemIds ids, Instant now) {
        // Two spools of one device are two streams: the contact's lock puts whatever else the device has in one order
        // too.
        Future<Map<DeviceId, Reporting>> devices =
                contacts.lock(connection, slices.stream().map(Slice::device).toList());
        Future<Map<StreamKey, Long>> locked = store.lock(connection, streams(slices), now);
        Future<Set<ItemKey>> unknown = unknown(connection, ids, ids.missing(slices));
        return Future.all(devices, locked, unknown).compose(both -> {
            Future<Map<MessageKey, Fault>> quarantined =
                    store.quarantined(connection, sentAgain(slices, locked.result()));
            Future<Map<String, ItemCount>> counts = store.count(connection, devices(unknown.result()), now.minus(HOUR));
            return Future.all(quarantined, counts)
                    .map(read -> new Decision.Known(
                            devices.result(),
                            locked.result(),
                            quarantined.result(),
                            unknown.result(),
                            counts.result()));
        });
    }

    private Future<Set<ItemKey>> unknown(SqlConnection connection, ItemIds ids, Set<ItemKey> missing) {
        return store.known(connection, missing).map(known -> {
            ids.add(known);
            items.seen(known);
            missing.removeAll(known.keySet());
            return missing;
        });
    }

    private static List<StreamKey> streams(List<Slice> slices) {
        return slices.stream().map(GroupWriter::stream).toList();
    }

    private static List<MessageKey> sentAgain(List<Slice> slices, Map<StreamKey, Long> locked) {
        List<MessageKey> again = new ArrayList<>();
        for (Slice slice : slices) {
            long last = locked.getOrDefault(stream(slice), 0L);
            for (Parsed message : slice.messages()) {
                if (message.sequence() <= last) {
                    again.add(new MessageKey(slice.device().value(), slice.epoch(), message.sequence()));
                }
            }
        }
        return again;
    }

    private static Set<String> devices(Set<ItemKey> items) {
        return items.stream().map(ItemKey::device).collect(Collectors.toSet());
    }

    private static StreamKey stream(Slice slice) {
        return new StreamKey(slice.device().value(), slice.epoch());
    }

    private Future<Void> written(SqlConnection connection, GroupRows rows, ItemIds ids, Instant now) {
        return store.make(connection, rows.fresh, now).compose(made -> {
            ids.add(made);
            List<Future<?>> sent = store.write(connection, rows, ids, now);
            if (!rows.results.isEmpty()) {
                sent.add(instructions.settle(connection, rows.results));
            }
            if (!rows.contacts.isEmpty()) {
                sent.add(contacts.reported(connection, List.copyOf(rows.contacts.values())));
            }
            return sent.isEmpty()
                    ? Future.<Void>succeededFuture()
                    : Future.all(sent).<Void>mapEmpty();
        });
    }
}
