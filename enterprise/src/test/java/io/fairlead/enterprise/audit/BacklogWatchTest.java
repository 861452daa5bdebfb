package io.fairlead.enterprise.audit;

import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.enterprise.fleet.ManualTimers;
import io.fairlead.enterprise.fleet.MovingClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BacklogWatchTest {
    private static final SyslogTarget SIEM =
            new SyslogTarget("siem.example", 6514, Path.of("ca.pem"), Optional.empty());

    @TempDir
    Path folder;

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final MovingClock clock = new MovingClock(Instant.parse("2026-11-21T12:00:00Z"));
    private TestSeal rig;
    private BacklogWatch watch;

    @BeforeEach
    void start() {
        rig = new TestSeal(folder);
        watch = new BacklogWatch(rig.database, Optional.of(SIEM), new ManualTimers(), clock, metrics);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private Backlog look() {
        await(watch.look());
        return watch.backlog();
    }

    private double metric(String name) {
        return metrics.get(name).gauge().value();
    }

    private void asSuperuser(String sql) throws SQLException {
        try (Connection superuser = rig.postgres.superuser();
                Statement run = superuser.createStatement()) {
            run.execute("SET session_replication_role = replica");
            assertThat(run.executeUpdate(sql)).isPositive();
        }
    }

    @Test
    void rows_that_nobody_seals_are_told_of_after_a_minute_and_no_more_when_they_are_sealed() throws Exception {
        rig.record(3);
        assertThat(look().unsealed()).isEqualTo(3);
        assertThat(look().troubles()).isEmpty();

        asSuperuser("UPDATE audit_entry SET at = at - interval '125 seconds' WHERE id = 2");
        assertThat(look().troubles())
                .singleElement()
                .asString()
                .startsWith("3 rows of the audit wait for a seal, the oldest for 2 min.");
        assertThat(metric("fairlead.audit.unsealed.rows")).isEqualTo(3);
        assertThat(metric("fairlead.audit.unsealed.oldest")).isBetween(125.0, 300.0);

        assertThat(await(rig.sealer().seal())).isEqualTo(3);
        assertThat(look().troubles()).isEmpty();
        assertThat(metric("fairlead.audit.unsealed.rows")).isZero();
    }

    @Test
    void a_head_that_claims_too_much_hides_no_rows() throws Exception {
        rig.record(2);
        assertThat(await(rig.sealer().seal())).isEqualTo(2);
        asSuperuser("UPDATE audit_head SET settled = 1000000");
        rig.record(4);

        assertThat(look().unsealed()).isEqualTo(4);
    }

    @Test
    void a_receiver_that_confirms_nothing_for_five_minutes_is_told_of() throws Exception {
        rig.record(5);
        assertThat(await(rig.sealer().seal())).isEqualTo(5);
        assertThat(look().unsent().orElseThrow().rows()).isEqualTo(5);
        asSuperuser("UPDATE audit_entry SET at = at - interval '1 hour'");
        // What waited before this node was there, it has not failed to send.
        assertThat(look().troubles()).isEmpty();

        clock.advance(Duration.ofMinutes(6));
        assertThat(look().troubles())
                .containsExactly("The syslog receiver siem.example:6514 has never confirmed anything, and 5 rows wait"
                        + " for it. They are kept and sent later. The servers' logs say why: look for syslog.");
        rig.postgres.execute("INSERT INTO audit_syslog VALUES ('siem.example:6514', 3, now() - interval '10 minutes')");
        assertThat(look().troubles()).singleElement().asString().contains("confirmed nothing since ", "2 rows wait");
        assertThat(metric("fairlead.audit.syslog.waiting.rows")).isEqualTo(2);
        assertThat(metric("fairlead.audit.syslog.confirmed"))
                .isEqualTo(Double.parseDouble(
                        rig.postgres.value("SELECT floor(extract(epoch FROM moved_at)) FROM audit_syslog")));

        rig.postgres.execute("UPDATE audit_syslog SET number = 5, moved_at = now()");
        assertThat(look().troubles()).isEmpty();
    }
}
