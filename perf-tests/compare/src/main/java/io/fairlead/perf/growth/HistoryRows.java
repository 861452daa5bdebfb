package io.fairlead.perf.growth;

import io.fairlead.enterprise.kernel.DatabaseSettings;
import io.fairlead.perf.compare.Numbers;
import io.fairlead.perf.compare.ProductServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * History put straight into the server's own tables, as the server would have written it: in order of reception, into partitions
 * of a day that the server's own function makes, with the messages and latest values that belong to it.
 *
 * <pre>
 *   day −90 … −1                  today
 *   the probe: one item a minute  the same
 *   half of the rows              half of the rows: as if the fleet were large, for the server writes here
 * </pre>
 *
 * Each device has {@value #ITEMS} items in a message, two of them texts.
 */
final class HistoryRows implements AutoCloseable {
    static final String PROBE = "history-probe";
    static final String PROBE_ITEM = "analyser.value.01";
    static final int DAYS = 90;

    private static final int ITEMS = 12;
    private static final int TEXTS = 2;
    private static final long MINUTES_A_DAY = 1_440;
    /** Of a device that reports each ten minutes for all days. */
    private static final double ROWS_OF_PAST_DEVICE = ITEMS * DAYS * MINUTES_A_DAY / 10.0;
    /** Of one that reports each minute today. */
    private static final double ROWS_OF_DEVICE_TODAY = ITEMS * (double) MINUTES_A_DAY;
    /** Written by one statement: some seconds. */
    private static final double ROWS_AT_ONCE = 200_000;
    /** Of what was asked for: devices report in whole messages. */
    private static final double ENOUGH = 0.9;

    private static final String SHAPE = """
            CREATE TEMPORARY TABLE shape (
                device text, item text, said boolean, today boolean, every interval, first boolean)
            """;
    private static final String DEVICE = """
            INSERT INTO shape
            SELECT ?, 'analyser.value.' || lpad(n::text, 2, '0'), n > ?, ?, make_interval(secs => ?), n = 1
              FROM generate_series(1, ?) n
            """;
    private static final String PARTITIONS = "SELECT fairlead_ensure_partitions(?, ?, ?)";
    /** Of one piece of a day: from its midnight, only what is in the piece. */
    private static final String AT = """
              FROM shape s
             CROSS JOIN LATERAL generate_series(?::timestamptz, ?::timestamptz - interval '1 microsecond', s.every) at
             WHERE (? OR NOT s.today) AND (NOT ? OR s.today OR s.device = ?) AND at >= ?::timestamptz
            """;

    private static final String ITEM_ROWS =
            """
            INSERT INTO item_history (item, received_at, observed_at, number, text)
            SELECT l.id, at, at,
                   CASE WHEN NOT s.said THEN round((37 + 4 * sin(extract(epoch FROM at) / 5400))::numeric, 2)::float8 END,
                   CASE WHEN s.said THEN 'running' END
            """ + AT.replace("shape s", "shape s JOIN latest_value l ON l.device = s.device AND l.item = s.item")
                    + " ORDER BY at, s.device, s.item";
    private static final String MESSAGE_ROWS = """
            INSERT INTO status_message (device, epoch, sequence, received_at, observed_at)
            SELECT s.device, repeat('5e', 16), (extract(epoch FROM at) * 1000000)::bigint, at, at
            """ + AT + " AND s.first ORDER BY at, s.device";
    private static final String LATEST = """
            INSERT INTO latest_value (device, item, observed_at, received_at, number, text, unit, first_received)
            SELECT device, item, now(), now(), CASE WHEN NOT said THEN 37.5 END, CASE WHEN said THEN 'running' END,
                   CASE WHEN NOT said THEN 'Cel' END, now() - interval '90 days'
              FROM shape
            ON CONFLICT DO NOTHING
            """;
    private static final String SIZES = """
            SELECT sum(pg_table_size(relid)), sum(pg_indexes_size(relid)) FROM pg_partition_tree(?) WHERE isleaf
            """;

    private final ProductServer server;
    private final Connection connection;
    private final Progress progress;
    private int devices;
    private long ofProbe;

    HistoryRows(ProductServer server, Progress progress) throws SQLException, IOException {
        this.server = server;
        this.progress = progress;
        DatabaseSettings database = server.database();
        this.connection = DriverManager.getConnection(
                database.jdbcUrl(), database.owner().role(), database.owner().password());
        try (Statement statement = connection.createStatement()) {
            int unused = statement.executeUpdate(SHAPE);
        }
    }

    /**
     * What is on disk.
     *
     * @param rows of the history, counted
     * @param table bytes without indexes
     * @param messages bytes of the table of messages, with its index
     */
    record Size(long rows, double table, double indexes, double messages) {
        double all() {
            return table + indexes + messages;
        }
    }

    /** Adds about so many rows, of devices that were not there before. */
    void add(long rows) throws SQLException, IOException {
        OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
        OffsetDateTime midnight = now.truncatedTo(ChronoUnit.DAYS);
        shape(rows, Duration.between(midnight, now));
        partitions(midnight);
        // First: a row of history names its item by the number that this one has.
        try (Statement statement = connection.createStatement()) {
            int unused = statement.executeUpdate(LATEST);
        }
        long written = 0;
        for (int day = -DAYS; day < 0; day++) {
            OffsetDateTime from = midnight.plusDays(day);
            written += piece(from, from, from.plusDays(1), false);
            progress.far("rows written", written, rows);
        }
        int pieces = (int) Math.ceil(rows / 2.0 / ROWS_AT_ONCE);
        Duration wide = Duration.between(midnight, now).dividedBy(pieces);
        for (int i = 0; i < pieces; i++) {
            OffsetDateTime from = midnight.plus(wide.multipliedBy(i));
            written += piece(midnight, from, from.plus(wide), true);
            progress.far("rows written", written, rows);
        }
        if (written < rows * ENOUGH) {
            throw new IOException("of " + rows + " rows of history " + written + " were written");
        }
        progress.say(Numbers.count(written) + " rows are written; PostgreSQL tidies up");
        // As autovacuum would have by then: charts read the index alone.
        try (Statement statement = connection.createStatement()) {
            int unused = statement.executeUpdate("VACUUM (ANALYZE) item_history, status_message, latest_value");
        }
    }

    private void shape(long rows, Duration today) throws SQLException, IOException {
        try (Statement statement = connection.createStatement()) {
            int unused = statement.executeUpdate("TRUNCATE shape");
        }
        double past = rows / 2.0;
        if (devices == 0) {
            ofProbe = Math.min(DAYS * MINUTES_A_DAY, rows / 8);
            device(PROBE, 1, false, DAYS * 86_400.0 / ofProbe);
            past -= ofProbe;
        }
        devices(past, ROWS_OF_PAST_DEVICE, false, DAYS * 86_400.0);
        devices(rows / 2.0, ROWS_OF_DEVICE_TODAY, true, today.toMillis() / 1e3);
    }

    private void devices(double rows, double each, boolean today, double seconds) throws SQLException, IOException {
        long count = Math.max(1, Math.round(rows / each));
        double messages = Math.max(1, rows / count / ITEMS);
        for (int i = 0; i < count; i++) {
            device("history-%04d".formatted(++devices), ITEMS, today, Math.max(1e-3, seconds / messages));
        }
    }

    private void device(String name, int items, boolean today, double everySeconds) throws SQLException, IOException {
        JsonObject unusedString = server.socket()
                .call(
                        "enrol",
                        new JsonObject()
                                .put("device", name)
                                .put("customer", "History hospital")
                                .put("site", "Laboratory")
                                .put("region", "eu")
                                .put("model", "Simulated 1")
                                .put("serial", "SN-" + name));
        try (PreparedStatement statement = connection.prepareStatement(DEVICE)) {
            statement.setString(1, name);
            statement.setInt(2, items == 1 ? 1 : items - TEXTS);
            statement.setBoolean(3, today);
            statement.setDouble(4, everySeconds);
            statement.setInt(5, items);
            int unused = statement.executeUpdate();
        }
    }

    private void partitions(OffsetDateTime midnight) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(PARTITIONS)) {
            for (String parent : new String[] {"item_history", "status_message"}) {
                statement.setString(1, parent);
                statement.setObject(2, midnight.minusDays(DAYS).toLocalDate());
                statement.setInt(3, DAYS + 1);
                try (ResultSet made = statement.executeQuery()) {
                    boolean unused = made.next();
                }
            }
        }
    }

    /** Writes what lies between two times of one day; answers how many rows of history. */
    private long piece(OffsetDateTime midnight, OffsetDateTime from, OffsetDateTime to, boolean today)
            throws SQLException {
        long rows = 0;
        for (String sql : new String[] {MESSAGE_ROWS, ITEM_ROWS}) {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setObject(1, midnight);
                statement.setObject(2, to);
                statement.setBoolean(3, today);
                statement.setBoolean(4, today);
                statement.setString(5, PROBE);
                statement.setObject(6, from);
                rows = statement.executeUpdate();
            }
        }
        return rows;
    }

    /** Values of the probe's item in the {@value #DAYS} days; one a minute unless the first rows were few. */
    long ofProbe() {
        return ofProbe;
    }

    Size size() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM item_history")) {
            boolean unused = rows.next();
            double[] history = sizes("item_history");
            double[] messages = sizes("status_message");
            return new Size(rows.getLong(1), history[0], history[1], messages[0] + messages[1]);
        }
    }

    private double[] sizes(String parent) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SIZES)) {
            statement.setString(1, parent);
            try (ResultSet sizes = statement.executeQuery()) {
                boolean unused = sizes.next();
                return new double[] {sizes.getDouble(1), sizes.getDouble(2)};
            }
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
