package io.fairlead.enterprise.roster;

import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.enterprise.fleet.MovingClock;
import io.fairlead.enterprise.fleet.TestFleet;
import io.fairlead.enterprise.people.Actor;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The day on which a large fleet comes: what is new today is then all that there is. */
class FirstDayTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final int ENTRIES = 3 * ManyDevices.COUNT;

    @Test
    void the_record_is_not_gone_through_once_for_each_device() throws InterruptedException {
        try (TestFleet fleet = new TestFleet(new MovingClock(NOW))) {
            ManyDevices.insert(fleet.postgres, NOW.toString());
            Actor customer = TestPeople.with(fleet.postgres, "carla", "customer-user", "Hospital 05", null);
            fleet.postgres.execute(
                    "INSERT INTO audit_entry (at, actor, code, subject, detail) SELECT timestamptz '" + NOW
                            + "' - interval '1 hour', 'os:root', code, id, '' FROM device,"
                            + " unnest(ARRAY['device.registered', 'enrolment.code-made', 'enrolment.device-enrolled']) AS code",
                    "ANALYZE");
            Roster roster = new Roster(fleet.database, fleet.rights, fleet.clock);

            Deed.Page deeds = await(roster.deeds(customer, new DeedFilter("", "", null, null, false, null), 50));

            assertThat(deeds.deeds()).hasSize(50);
            assertThat(readInTurn(fleet)).isLessThan(10L * ENTRIES);
        }
    }

    /** Rows of the record that PostgreSQL read without an index. It counts them when the connections have ended. */
    private static long readInTurn(TestFleet fleet) throws InterruptedException {
        int ended = fleet.postgres.cutConnections("fairlead");
        assertThat(ended).isPositive();
        while (!"0"
                .equals(
                        fleet.postgres.value(
                                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND usename = 'fairlead_app'"))) {
            Thread.sleep(20);
        }
        return Long.parseLong(
                fleet.postgres.value("SELECT seq_tup_read FROM pg_stat_user_tables WHERE relname = 'audit_entry'"));
    }
}
