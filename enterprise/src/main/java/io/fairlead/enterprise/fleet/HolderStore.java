package io.fairlead.enterprise.fleet;

import io.fairlead.enterprise.people.View;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** SQL of the holders of held identities. */
final class HolderStore {
    private static final String IN_STEP = """
            INSERT INTO device_holder (device, holder, tokens, in_step, address, agent_version, certificate, journaled,
                                       first_seen, last_seen)
            VALUES ($1, 1, $2, true, $3, $4, $5, $6, $7, $7)
            """;
    private static final String SEEN = """
            UPDATE device_holder
               SET address = $3, agent_version = $4, certificate = $5, journaled = $6, last_seen = $7, polls = polls + 1
             WHERE device = $1 AND $2 = ANY (tokens)
            """;
    /** Nobody can make more of them than a person would look at. */
    private static final String ANOTHER = """
            INSERT INTO device_holder (device, holder, tokens, in_step, address, agent_version, certificate, journaled,
                                       first_seen, last_seen, polls)
            SELECT $1, coalesce(max(holder), 0) + 1, ARRAY[$2::text], false, $3, $4, $5, $6, $7, $7, 1
              FROM device_holder WHERE device = $1 HAVING count(*) < 8
            """;

    private static final String TOKENS = """
            SELECT holder, in_step, tokens, certificate FROM device_holder WHERE device = $1 ORDER BY holder
            """;
    private static final String FORGET = "DELETE FROM device_holder WHERE device = $1";
    private static final String LIST = """
            SELECT c.device, c.held_at, c.held_why, h.holder, h.in_step, h.address, h.agent_version, h.certificate,
                   h.journaled, h.first_seen, h.last_seen, h.polls
              FROM device_contact c JOIN device d ON d.id = c.device LEFT JOIN device_holder h ON h.device = c.device
             WHERE c.held_at IS NOT NULL AND fairlead_in_view(d.region, d.customer, d.model, $1, $2, $3) ORDER BY c.device, h.holder LIMIT 8000
            """;

    /** A holder and what it may present. */
    record Branch(
            int number,
            boolean inStep,
            List<String> tokens,
            @Nullable String certificate) {}

    /** The one that the device's contact is about. */
    Future<Void> inStep(SqlClient client, DeviceId device, ContactStore.Known known) {
        Instant last = known.last();
        return client.preparedQuery(IN_STEP)
                .execute(Tuple.from(new Object[] {
                    device.value(),
                    known.tokens().all().toArray(String[]::new),
                    known.address(),
                    known.agentVersion(),
                    known.certificate(),
                    known.journaled(),
                    last == null ? null : last.atOffset(ZoneOffset.UTC)
                }))
                .mapEmpty();
    }

    /** Takes note of a poll that is refused. */
    Future<Void> seen(SqlClient client, Polled poll, Instant now) {
        Tuple values = Tuple.from(new Object[] {
            poll.device().value(),
            poll.presented(),
            poll.address(),
            poll.agentVersion(),
            poll.certificate(),
            poll.journaled(),
            now.atOffset(ZoneOffset.UTC)
        });
        return client.preparedQuery(SEEN)
                .execute(values)
                .compose(rows -> rows.rowCount() > 0
                        ? Future.succeededFuture()
                        : client.preparedQuery(ANOTHER).execute(values).mapEmpty());
    }

    Future<List<Branch>> branches(SqlClient client, DeviceId device) {
        return client.preparedQuery(TOKENS).execute(Tuple.of(device.value())).map(rows -> {
            List<Branch> branches = new ArrayList<>();
            for (Row row : rows) {
                branches.add(new Branch(
                        row.getInteger(0), row.getBoolean(1), List.of(row.getArrayOfStrings(2)), row.getString(3)));
            }
            return branches;
        });
    }

    Future<Void> forget(SqlClient client, DeviceId device) {
        return client.preparedQuery(FORGET).execute(Tuple.of(device.value())).mapEmpty();
    }

    /** In order of device. */
    Future<List<HeldDevice>> list(SqlClient client, View view) {
        return client.preparedQuery(LIST)
                .execute(Tuple.of(view.regions(), view.customers(), view.models()))
                .map(rows -> {
                    Map<String, HeldDevice> held = new LinkedHashMap<>();
                    for (Row row : rows) {
                        HeldDevice device = held.computeIfAbsent(
                                row.getString(0),
                                id -> new HeldDevice(
                                        new DeviceId(id),
                                        row.getOffsetDateTime(1).toInstant(),
                                        row.getString(2),
                                        new ArrayList<>()));
                        if (row.getInteger(3) != null) {
                            device.holders().add(holder(row));
                        }
                    }
                    return List.copyOf(held.values());
                });
    }

    private static Holder holder(Row row) {
        return new Holder(
                row.getInteger(3),
                row.getBoolean(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getLong(8),
                instant(row.getOffsetDateTime(9)),
                instant(row.getOffsetDateTime(10)),
                row.getLong(11));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
