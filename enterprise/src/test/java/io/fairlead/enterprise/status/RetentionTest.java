package io.fairlead.enterprise.status;

import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.ManualTimers;
import io.fairlead.enterprise.fleet.MovingClock;
import io.fairlead.enterprise.fleet.TestFleet;
import io.fairlead.soap.Fault;
import io.vertx.core.Future;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RetentionTest {
    /** Long ago, so that of the two clocks it is ours, not the database's, that keeps more. */
    private static final Instant NOW = Instant.parse("2020-11-21T23:30:00Z");

    private static final String EPOCH = TestFleet.hex(0xe1);

    private final MovingClock clock = new MovingClock(NOW);
    private TestStatus status;
    private Retention retention;
    private final ManualTimers timers = new ManualTimers();

    @BeforeEach
    void start() {
        status = new TestStatus(clock, StatusSettings.defaults().withDays(30));
        retention = new Retention(status.fleet.database, status.fleet.audit, timers, clock, 30);
    }

    @AfterEach
    void stop() {
        retention.stop();
        status.close();
    }

    private String partitions(String parent) {
        return status.fleet.postgres.value("SELECT string_agg(right(inhrelid::regclass::text, 4), ' ' ORDER BY"
                + " inhrelid::regclass::text) FROM pg_inherits WHERE inhparent = '" + parent + "'::regclass");
    }

    @Test
    void partitions_reach_from_yesterday_to_three_days_ahead() {
        for (String parent : List.of("status_message", "item_history", "event")) {
            assertThat(partitions(parent)).isEqualTo("1120 1121 1122 1123 1124");
        }
    }

    @Test
    void every_hour_partitions_are_made_and_old_ones_dropped_with_a_line_in_the_audit() {
        DeviceId device = status.fleet.registered("r-1");
        Report report = new Report(
                device,
                EPOCH,
                null,
                NOW,
                0,
                List.of(TestStatus.number(1, NOW, "a", 1), new Parsed.Unfit(2, Fault.INVALID, new byte[0])));
        assertThat(status.report(report).committed()).isEqualTo(2);
        Void started = await(retention.start());
        clock.advance(Duration.ofDays(30));
        timers.fire(Duration.ofHours(1));
        until(() -> partitions("event").equals("1121 1122 1123 1124 1220 1221 1222 1223 1224"));
        assertThat(status.fleet.count("quarantine")).isEqualTo(1);

        clock.advance(Duration.ofDays(1));
        // A run leaves to the one before what that is still at: the next comes in an hour.
        until(() -> {
            timers.fire(Duration.ofHours(1));
            return partitions("event").startsWith("1122 ")
                    && status.fleet.count("status_message") == 0
                    && status.fleet.count("quarantine") == 0
                    && status.fleet.count("audit_entry WHERE code = 'retention.dropped' AND subject = 'item_history'")
                            == 2;
        });
        assertThat(partitions("event")).endsWith(" 1225");
        assertThat(status.report(TestStatus.report(device, EPOCH, clock.instant(), 3))
                        .committed())
                .isEqualTo(3);
    }

    @Test
    void a_long_query_does_not_keep_a_node_from_starting() throws Exception {
        clock.advance(Duration.ofDays(40));
        try (Connection reader = status.fleet.postgres.owner();
                Statement statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            statement.execute("SELECT count(*) FROM item_history");
            Void started = await(retention.start());
            assertThat(partitions("item_history")).endsWith("1231 0101 0102 0103");
            reader.rollback();
        }
    }

    @Test
    void of_several_nodes_one_drops() {
        clock.advance(Duration.ofDays(40));
        List<Future<Void>> nodes = new ArrayList<>();
        for (int node = 0; node < 4; node++) {
            nodes.add(new Retention(status.fleet.database, status.fleet.audit, timers, clock, 30).run());
        }
        nodes.forEach(node -> {
            Void unused = await(node);
        });
        assertThat(partitions("event")).isEqualTo("1230 1231 0101 0102 0103");
        assertThat(status.fleet.count("audit_entry WHERE code = 'retention.dropped' AND subject = 'event'"))
                .isEqualTo(1);
    }

    @Test
    void a_node_whose_clock_is_ahead_drops_nothing_that_the_database_would_keep() {
        status.fleet.postgres.execute(
                "SELECT fairlead_ensure_partitions('event', (now() AT TIME ZONE 'UTC')::date - 29, 30)",
                "INSERT INTO quarantine VALUES ('r-9', '" + EPOCH + "', 1, 'invalid', now(), '')");
        MovingClock ahead = new MovingClock(Instant.now().plus(Duration.ofDays(400)));
        Void unused = await(new Retention(status.fleet.database, status.fleet.audit, timers, ahead, 30).run());
        // Thirty made by hand, five by the node; what was there from long ago is gone.
        assertThat(status.fleet.count("pg_inherits WHERE inhparent = 'event'::regclass"))
                .isEqualTo(35);
        assertThat(status.fleet.count("quarantine WHERE device = 'r-9'")).isEqualTo(1);
    }

    @Test
    void a_table_that_somebody_reads_for_long_does_not_keep_the_others() throws Exception {
        clock.advance(Duration.ofDays(40));
        try (Connection reader = status.fleet.postgres.owner();
                Statement statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            statement.execute("SELECT count(*) FROM item_history");
            Future<Void> run = retention.run();
            until(() -> run.isComplete());
            assertThat(run.failed()).isTrue();
            assertThat(partitions("status_message")).startsWith("1230 ");
            reader.rollback();
        }
    }

    private interface Condition {
        boolean holds();
    }

    /** Gives up after a time that no run takes, however busy the machine is. */
    private static void until(Condition condition) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.holds()) {
            assertThat(System.nanoTime() - end).as("nanoseconds too late").isNegative();
            TestFleet.breathe();
        }
    }
}
