package io.fairlead.enterprise.allowlist;

import io.fairlead.firewall.Remark;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/** SQL of what nodes listen on. */
final class LiveStore {
    private static final String SAY = """
            INSERT INTO allowlist_live (host, purpose, ports, further_ports, required, notes, seen_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            ON CONFLICT (host, purpose) DO UPDATE
               SET ports = excluded.ports, further_ports = excluded.further_ports, required = excluded.required,
                   notes = excluded.notes, seen_at = excluded.seen_at
            """;
    private static final String FORGET = "DELETE FROM allowlist_live WHERE seen_at < $1";
    private static final String LIST = """
            SELECT host, purpose, ports, further_ports, required, notes FROM allowlist_live
             ORDER BY host, purpose LIMIT 1000
            """;

    Future<Void> say(SqlClient client, List<LiveHost> hosts, Instant now) {
        if (hosts.isEmpty()) {
            return Future.succeededFuture();
        }
        return client.preparedQuery(SAY)
                .executeBatch(hosts.stream().map(host -> tuple(host, now)).toList())
                .mapEmpty();
    }

    Future<Void> forget(SqlClient client, Instant before) {
        return client.preparedQuery(FORGET)
                .execute(Tuple.of(before.atOffset(ZoneOffset.UTC)))
                .mapEmpty();
    }

    Future<List<LiveHost>> list(SqlClient client) {
        return client.query(LIST)
                .execute()
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(LiveStore::host)
                        .toList());
    }

    private static Tuple tuple(LiveHost host, Instant now) {
        return Tuple.from(Arrays.asList(
                host.host(),
                host.purpose().value(),
                host.ports().toArray(Integer[]::new),
                host.furtherPorts().toArray(Integer[]::new),
                host.required(),
                host.notes().stream().map(Remark::value).toArray(String[]::new),
                now.atOffset(ZoneOffset.UTC)));
    }

    private static LiveHost host(Row row) {
        return new LiveHost(
                row.getString(0),
                new Remark(row.getString(1)),
                ports(row.getArrayOfIntegers(2)),
                ports(row.getArrayOfIntegers(3)),
                row.getBoolean(4),
                Arrays.stream(row.getArrayOfStrings(5)).map(Remark::new).toList());
    }

    private static SortedSet<Integer> ports(Integer[] ports) {
        return new TreeSet<>(Arrays.asList(ports));
    }
}
