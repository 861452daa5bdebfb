package io.fairlead.enterprise.fleet;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** SQL of the contacts. */
final class ContactStore {
    private static final String ROW = """
            SELECT c.token_last, c.token_given, c.token_dropped, c.turn, c.held_at, c.journaled, d.next_seq,
                   c.last_contact, c.address, c.agent_version, c.certificate, c.renew,
                   c.token_before, c.token_lately, c.device
              FROM device_contact c JOIN device d ON d.id = c.device
            """;
    /** The row is locked, so that two polls of one device are judged one after the other, on whatever nodes. */
    private static final String HOLD = ROW + " WHERE c.device = $1 FOR NO KEY UPDATE OF c";

    /** Who waits for no lock may lock in any order. */
    private static final String HOLD_FREE = ROW + " WHERE c.device = ANY ($1) FOR NO KEY UPDATE OF c SKIP LOCKED";

    private static final String POLLED = """
            UPDATE device_contact
               SET last_contact = $2, address = $3, agent_version = $4, certificate = $5, journaled = $6, turn = turn + 1,
                   token_last = $7, token_given = $8, token_before = $9, token_lately = $10
             WHERE device = $1
            """;

    private static final String LATE = """
            UPDATE device_contact SET token_before = $2, token_lately = $3 WHERE device = $1
            """;
    /** Other polls of the device are sent home, wherever they are parked. A hint: see instruction.Mailbox. */
    private static final String HOME = "SELECT pg_notify($1, h.device) FROM unnest($2::text[]) AS h (device)";

    private static final String HELD = "UPDATE device_contact SET held_at = $2, held_why = $3 WHERE device = $1";

    private static final String DECIDED = """
            UPDATE device_contact
               SET held_at = NULL, held_why = NULL, token_last = $2, token_given = $3, token_dropped = $4, renew = $5,
                   token_before = '{}', token_lately = $6
             WHERE device = $1
            """;

    private static final String NEWEST = """
            SELECT c.device, c.turn
              FROM unnest($1::text[], $2::bigint[]) AS p (device, turn)
              JOIN device_contact c ON c.device = p.device JOIN device d ON d.id = c.device
             WHERE c.turn = p.turn AND c.held_at IS NULL AND NOT d.muted
             ORDER BY c.device FOR NO KEY UPDATE OF c
            """;
    /** Nothing is written when there is little news: polls keep the time of the contact fresh as well. */
    private static final String REPORTED = """
            UPDATE device_contact c
               SET last_contact = greatest(c.last_contact, $4), clock_offset_ms = r.clock_offset, dropped = r.dropped
              FROM unnest($1::text[], $2::bigint[], $3::bigint[]) AS r (device, clock_offset, dropped)
             WHERE c.device = r.device
               AND (c.last_contact IS NULL OR c.last_contact < $5
                    OR abs(c.clock_offset_ms - r.clock_offset) > 1000 OR c.dropped <> r.dropped)
            """;

    private static final String LOCK = """
            SELECT device, token_last, token_given, token_before, token_dropped, held_at IS NOT NULL
              FROM device_contact WHERE device = ANY ($1) ORDER BY device FOR NO KEY UPDATE
            """;

    /**
     * What a device's row says, which its reader has locked.
     *
     * @param dropped tokens of holders that a person has turned away
     * @param heldSince null for not held
     * @param newest the number of the newest instruction ever made
     * @param renew the serial number of the certificate that is to be renewed; null for none
     */
    record Known(
            Tokens tokens,
            List<String> dropped,
            long turn,
            @Nullable Instant heldSince,
            long journaled,
            long newest,
            @Nullable Instant last,
            @Nullable String address,
            @Nullable String agentVersion,
            @Nullable String certificate,
            @Nullable String renew) {
        /** Whether a journal can reach so far: no less than was said before, no more than was ever made. */
        boolean credible(long upTo) {
            return journaled <= upTo && upTo <= newest;
        }
    }

    /**
     * What a poll does to its device's row.
     *
     * @param repeat other polls of the device are to be sent home
     */
    record Roll(Polled poll, Tokens tokens, Instant at, boolean repeat, Rolled rolled) {}

    /** Empty when there is no such device. */
    Future<Optional<Known>> hold(SqlClient client, DeviceId device) {
        return client.preparedQuery(HOLD)
                .execute(Tuple.of(device.value()))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(known(rows.iterator().next())));
    }

    private static Known known(Row row) {
        return new Known(
                new Tokens(
                        row.getString(0),
                        List.of(row.getArrayOfStrings(1)),
                        List.of(row.getArrayOfStrings(12)),
                        new Lately(row.getString(13))),
                List.of(row.getArrayOfStrings(2)),
                row.getLong(3),
                instant(row.getOffsetDateTime(4)),
                row.getLong(5),
                row.getLong(6),
                instant(row.getOffsetDateTime(7)),
                row.getString(8),
                row.getString(9),
                row.getString(10),
                row.getString(11));
    }

    /** Locks the rows that nobody else has locked; a device that is not registered, or locked, is absent. */
    Future<Map<DeviceId, Known>> holdFree(SqlClient client, Collection<DeviceId> devices) {
        return client.preparedQuery(HOLD_FREE)
                .execute(Tuple.of((Object) devices.stream().map(DeviceId::value).toArray(String[]::new)))
                .map(rows -> {
                    Map<DeviceId, Known> found = new HashMap<>();
                    for (Row row : rows) {
                        found.put(new DeviceId(row.getString(14)), known(row));
                    }
                    return found;
                });
    }

    Future<Void> rolled(SqlClient client, List<Roll> rolls) {
        if (rolls.isEmpty()) {
            return Future.succeededFuture();
        }
        Future<?> rolled = client.preparedQuery(POLLED)
                .executeBatch(rolls.stream().map(ContactStore::tuple).toList());
        List<DeviceId> repeats = rolls.stream()
                .filter(Roll::repeat)
                .map(roll -> roll.poll().device())
                .toList();
        return (repeats.isEmpty() ? rolled : Future.all(rolled, sendHome(client, repeats))).mapEmpty();
    }

    private static Tuple tuple(Roll roll) {
        Polled poll = roll.poll();
        Tokens tokens = roll.tokens();
        return Tuple.from(new Object[] {
            poll.device().value(),
            roll.at().atOffset(ZoneOffset.UTC),
            poll.address(),
            poll.agentVersion(),
            poll.certificate(),
            poll.journaled(),
            tokens.last(),
            tokens.given().toArray(String[]::new),
            tokens.before().toArray(String[]::new),
            tokens.lately().text()
        });
    }

    /** A poll came late, and is nobody's any more. */
    Future<Void> late(SqlClient client, DeviceId device, Tokens tokens) {
        return client.preparedQuery(LATE)
                .execute(Tuple.of(
                        device.value(),
                        tokens.before().toArray(String[]::new),
                        tokens.lately().text()))
                .mapEmpty();
    }

    Future<Void> sendHome(SqlClient client, Collection<DeviceId> devices) {
        return client.preparedQuery(HOME)
                .execute(Tuple.of(Contacts.CHANNEL, (Object)
                        devices.stream().map(DeviceId::value).toArray(String[]::new)))
                .mapEmpty();
    }

    Future<Void> held(SqlClient client, DeviceId device, String why, Instant now) {
        return client.preparedQuery(HELD)
                .execute(Tuple.of(device.value(), now.atOffset(ZoneOffset.UTC), why))
                .mapEmpty();
    }

    /**
     * No longer held; these tokens are right from now on, and those are turned away.
     *
     * @param renew the serial number of the certificate that is to be renewed; null for none
     */
    Future<Void> decided(
            SqlClient client, DeviceId device, Tokens tokens, Collection<String> dropped, @Nullable String renew) {
        return client.preparedQuery(DECIDED)
                .execute(Tuple.of(
                        device.value(),
                        tokens.last(),
                        tokens.given().toArray(String[]::new),
                        dropped.toArray(String[]::new),
                        renew,
                        tokens.lately().text()))
                .mapEmpty();
    }

    /** Those after which no poll was taken, and none will before the caller's transaction ends. */
    Future<Set<Turn>> newest(SqlClient client, Collection<Turn> turns) {
        String[] devices = turns.stream().map(turn -> turn.device().value()).toArray(String[]::new);
        Long[] numbers = turns.stream().map(Turn::number).toArray(Long[]::new);
        return client.preparedQuery(NEWEST)
                .execute(Tuple.of(devices, (Object) numbers))
                .map(rows -> {
                    Set<Turn> found = new HashSet<>();
                    for (Row row : rows) {
                        found.add(new Turn(new DeviceId(row.getString(0)), row.getLong(1)));
                    }
                    return found;
                });
    }

    /** A device that is not registered is absent. Without the tokens presented lately, which say nothing of reports. */
    Future<Map<DeviceId, Reporting>> lock(SqlClient client, Collection<DeviceId> wanted) {
        return client.preparedQuery(LOCK)
                .execute(Tuple.of((Object) wanted.stream().map(DeviceId::value).toArray(String[]::new)))
                .map(rows -> {
                    Map<DeviceId, Reporting> found = new HashMap<>();
                    for (Row row : rows) {
                        Tokens tokens = new Tokens(
                                row.getString(1),
                                List.of(row.getArrayOfStrings(2)),
                                List.of(row.getArrayOfStrings(3)),
                                Lately.NONE);
                        found.put(
                                new DeviceId(row.getString(0)),
                                new Reporting(tokens, List.of(row.getArrayOfStrings(4)), row.getBoolean(5)));
                    }
                    return found;
                });
    }

    Future<Void> reported(SqlClient client, List<Reported> reports, Instant now, Instant stale) {
        String[] devices = new String[reports.size()];
        Long[] offsets = new Long[reports.size()];
        Long[] dropped = new Long[reports.size()];
        for (int i = 0; i < reports.size(); i++) {
            Reported report = reports.get(i);
            devices[i] = report.device().value();
            offsets[i] = report.clockOffsetMillis();
            dropped[i] = report.dropped();
        }
        return client.preparedQuery(REPORTED)
                .execute(Tuple.of(
                        devices, offsets, dropped, now.atOffset(ZoneOffset.UTC), stale.atOffset(ZoneOffset.UTC)))
                .mapEmpty();
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
