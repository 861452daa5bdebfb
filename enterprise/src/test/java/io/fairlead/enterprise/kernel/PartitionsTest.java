package io.fairlead.enterprise.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionsTest {
    private static final String CHILDREN =
            "SELECT string_agg(inhrelid::regclass::text, ' ' ORDER BY 1) FROM pg_inherits"
                    + " WHERE inhparent = 'history_sample'::regclass";

    private TestDatabase postgres;

    @BeforeEach
    void start() {
        postgres = TestDatabase.start();
        postgres.execute(
                "CREATE TABLE history_sample (id bigint GENERATED ALWAYS AS IDENTITY, device text, received_at timestamptz NOT NULL, value float8,"
                        + " PRIMARY KEY (device, received_at)) PARTITION BY RANGE (received_at)",
                "GRANT SELECT, INSERT ON history_sample TO fairlead_app",
                "INSERT INTO fairlead_partitioned VALUES ('history_sample')",
                "CREATE TABLE unlisted (at timestamptz) PARTITION BY RANGE (at)");
    }

    @AfterEach
    void stop() {
        postgres.close();
    }

    @Test
    void the_app_role_has_partitions_made_for_utc_days_and_asks_twice_without_harm() throws SQLException {
        asApp("SELECT fairlead_ensure_partitions('history_sample', '2026-02-27', 3)");
        asApp("SELECT fairlead_ensure_partitions('history_sample', '2026-02-28', 3)");

        assertThat(postgres.value(CHILDREN))
                .isEqualTo("history_sample_p20260227 history_sample_p20260228"
                        + " history_sample_p20260301 history_sample_p20260302");
        asApp("SET timezone = 'Pacific/Auckland'; INSERT INTO history_sample (device, received_at, value) VALUES"
                + " ('a', '2026-02-27 00:00:00+00', 1), ('a', '2026-03-02 23:59:59.999+00', 1)");
        assertThatThrownBy(
                        () -> asApp(
                                "INSERT INTO history_sample (device, received_at, value) VALUES ('a', '2026-03-03 00:00:00+00', 1)"))
                .hasMessageContaining("no partition of relation");
    }

    @Test
    void old_days_are_dropped_and_counted() throws SQLException {
        asApp("SELECT fairlead_ensure_partitions('history_sample', '2020-01-01', 10)");

        try (Connection app = postgres.app();
                Statement statement = app.createStatement();
                var rows =
                        statement.executeQuery("SELECT fairlead_drop_partitions('history_sample', '2020-01-08', 7)")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt(1)).isEqualTo(7);
        }
        assertThat(postgres.value(CHILDREN))
                .isEqualTo("history_sample_p20200108 history_sample_p20200109 history_sample_p20200110");
    }

    @Test
    void a_date_from_the_future_drops_nothing_that_is_to_be_kept_by_the_servers_clock() throws SQLException {
        asApp("SELECT fairlead_ensure_partitions('history_sample', (now() AT TIME ZONE 'UTC')::date - 12, 10)");
        asApp("SELECT fairlead_drop_partitions('history_sample', '2999-01-01', 7)");

        assertThat(postgres.value("SELECT min(right(inhrelid::regclass::text, 8)::date)"
                        + " - (now() AT TIME ZONE 'UTC')::date FROM pg_inherits"
                        + " WHERE inhparent = 'history_sample'::regclass"))
                .isIn("-7", "-8"); // -8 when a day ended in between
    }

    @Test
    void many_nodes_may_ask_at_once() throws Exception {
        ExecutorService nodes = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> asked = new ArrayList<>();
            for (int node = 0; node < 8; node++) {
                String first = "2026-05-0" + (1 + node);
                asked.add(nodes.submit(() -> {
                    asApp("SELECT fairlead_ensure_partitions('history_sample', '" + first + "', 10)");
                    return null;
                }));
            }
            for (Future<?> one : asked) {
                one.get();
            }
        } finally {
            nodes.shutdownNow();
        }
        assertThat(postgres.value(CHILDREN).split(" ")).hasSize(17);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT fairlead_ensure_partitions('unlisted', '2020-01-01', 1)",
                "SELECT fairlead_ensure_partitions('audit_entry', '2020-01-01', 1)",
                "SELECT fairlead_drop_partitions('audit_entry', '2099-01-01', 7)",
                "SELECT fairlead_drop_partitions('history_sample', '2099-01-01', 6)",
                "SELECT fairlead_drop_partitions('history_sample', NULL, 7)",
                "SELECT fairlead_ensure_partitions('history_sample; DROP TABLE audit_entry', '2020-01-01', 1)",
                "SELECT fairlead_ensure_partitions('history_sample', '2020-01-01', 1000000)",
                "SELECT fairlead_ensure_partitions('history_sample', NULL, 1)",
                "SELECT fairlead_ensure_partitions(NULL, '2020-01-01', 1)"
            })
    void only_listed_tables_and_sane_days_are_accepted(String asked) {
        assertThatThrownBy(() -> asApp(asked)).hasMessageContaining("fairlead:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO fairlead_partitioned VALUES ('audit_entry')",
                "CREATE TABLE mine (id int)",
                "CREATE TEMP TABLE mine (id int)",
                "CREATE SCHEMA mine",
                "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
                "CREATE TABLE history_sample_p20990101 PARTITION OF history_sample FOR VALUES FROM"
                        + " ('2099-01-01') TO ('2099-01-02')",
                "DROP TABLE history_sample",
                "CREATE ROLE mine",
                "CREATE DATABASE mine",
                "COPY (SELECT 1) TO PROGRAM 'true'",
                "SET ROLE fairlead_owner"
            })
    void the_app_role_has_no_ddl(String statement) {
        assertThatThrownBy(() -> asApp(statement))
                .isInstanceOfSatisfying(
                        SQLException.class,
                        refused -> assertThat(refused.getSQLState()).isEqualTo("42501"));
    }

    private void asApp(String sql) throws SQLException {
        try (Connection app = postgres.app();
                Statement statement = app.createStatement()) {
            statement.execute(sql);
        }
    }
}
