package io.fairlead.enterprise.audit;

import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackdatedTest {
    private final Backdated backdated = new Backdated();
    private long number;

    private void row(String time) {
        number++;
        backdated.row(new ChainRow(number, number, at(time), "os:root", "device.muted", "LAB-7", ""));
    }

    private static String at(String time) {
        return "2026-11-21T" + time + ":00.000000Z";
    }

    @Test
    void a_false_row_that_is_put_where_an_id_was_free_is_sealed_and_pointed_at(@TempDir Path folder) throws Exception {
        try (TestSeal rig = new TestSeal(folder)) {
            rig.record(2);
            rig.postgres.value("SELECT nextval('audit_entry_id_seq')");
            rig.record(2);
            Sealer sealer = rig.sealer();
            assertThat(await(sealer.seal())).isEqualTo(4);
            assertThat(rig.verify().backdated()).isZero();

            try (Connection superuser = rig.postgres.superuser();
                    Statement run = superuser.createStatement()) {
                assertThat(run.executeUpdate("INSERT INTO audit_entry OVERRIDING SYSTEM VALUE VALUES"
                                + " (3, now() - interval '7 days', 'os:innocent', 'device.muted', 'LAB-7', '')"))
                        .isEqualTo(1);
            }
            assertThat(await(sealer.seal())).isEqualTo(1);

            Verified verified = rig.verify();
            assertThat(verified.clean()).isTrue();
            assertThat(verified.backdated()).isEqualTo(1);
            assertThat(verified.firstBackdated().get(0))
                    .startsWith("row 5 (id 3, ")
                    .contains("os:innocent");
        }
    }

    @Test
    void rows_that_waited_for_a_sealer_are_not_pointed_at() {
        row("09:00");
        backdated.signed(Instant.parse(at("09:00")));
        row("10:00");
        row("10:30");
        backdated.signed(Instant.parse(at("11:00")));
        row("10:31");
        row("10:27");
        row("10:59");

        assertThat(backdated.count()).isZero();
    }

    @Test
    void a_row_from_the_future_makes_no_other_late_and_a_clock_that_is_set_back_shows() {
        row("09:00");
        row("23:00");
        backdated.signed(Instant.parse(at("09:00")));
        row("09:01");
        assertThat(backdated.count()).isZero();

        backdated.signed(Instant.parse(at("09:30")));
        row("08:30");
        row("08:31");
        backdated.row(null);
        backdated.row(new ChainRow(9, 9, "-infinity", "os:root", "device.muted", "LAB-7", ""));
        assertThat(backdated.count()).isEqualTo(2);
        assertThat(backdated.first()).hasSize(2).first().asString().contains("sealed after rows of 2026-11-21T09:30");
    }
}
