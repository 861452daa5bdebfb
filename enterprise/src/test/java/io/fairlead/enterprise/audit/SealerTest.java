package io.fairlead.enterprise.audit;

import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealerTest {
    private static final String LATE = "INSERT INTO audit_entry (actor, code, subject, detail)"
            + " VALUES ('os:late', 'instruction.created', 'late', '')";

    @TempDir
    Path folder;

    private TestSeal rig;

    @BeforeEach
    void start() {
        rig = new TestSeal(folder);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void committed_rows_are_sealed_and_their_rows_say_so() {
        Sealer sealer = rig.sealer();
        rig.record(3);
        assertThat(await(rig.audit.list(9))).hasSize(3).noneMatch(AuditRow::sealed);

        assertThat(await(sealer.seal())).isEqualTo(3);
        assertThat(await(sealer.seal())).isZero();

        assertThat(await(rig.audit.list(9))).allMatch(AuditRow::sealed);
        assertThat(rig.witness().checkpoint().number()).isEqualTo(3);
        assertThat(rig.seals.number()).isEqualTo(3);
        Verified verified = rig.verify();
        assertThat(verified.findings()).isEmpty();
        assertThat(verified.last()).isEqualTo(3);
        assertThat(verified.proved()).contains(rig.witness().checkpoint());
        rig.record(1);
        assertThat(rig.verify().unsealed()).isEqualTo(1);
    }

    @Test
    void a_row_that_commits_after_later_ones_gets_its_number_then() throws Exception {
        Sealer sealer = rig.sealer();
        try (Connection late = rig.postgres.app();
                Statement run = late.createStatement()) {
            late.setAutoCommit(false);
            run.execute(LATE);
            rig.record(5);
            assertThat(await(sealer.seal())).isEqualTo(5);
            assertThat(await(sealer.seal())).isZero();
            late.commit();
        }
        assertThat(await(sealer.seal())).isEqualTo(1);
        AuditRow row = await(rig.audit.list(1, "late")).get(0);
        assertThat(row.number()).contains(6L);
        assertThat(row.id()).isEqualTo(1);
        assertThat(rig.verify().clean()).isTrue();
    }

    @Test
    void a_late_row_is_not_forgotten_when_another_sealer_goes_on() throws Exception {
        Sealer first = rig.sealer();
        try (Connection late = rig.postgres.app();
                Statement run = late.createStatement()) {
            late.setAutoCommit(false);
            run.execute(LATE);
            rig.record(5);
            assertThat(await(first.seal())).isEqualTo(5);
            await(first.stop());
            Sealer second = rig.sealer();
            rig.record(2);
            assertThat(await(second.seal())).isEqualTo(2);
            late.commit();
            assertThat(await(second.seal())).isEqualTo(1);
        }
        assertThat(rig.verify().clean()).isTrue();
        assertThat(rig.verify().last()).isEqualTo(8);
    }

    @Test
    void two_sealers_that_race_and_rollbacks_leave_one_clean_chain() throws Exception {
        Sealer one = rig.sealer();
        Sealer other = rig.sealer();
        Random random = new Random(20261121);
        int committed = 0;
        for (int round = 0; round < 40; round++) {
            List<Future<?>> going = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                boolean undone = random.nextInt(10) == 0;
                committed += undone ? 0 : 1;
                AuditEntry entry =
                        new AuditEntry("os:root", AuditCode.INSTRUCTION_CREATED, "race", "round=" + round + " i=" + i);
                going.add(rig.database
                        .inTransaction(transaction -> rig.audit
                                .record(transaction, entry)
                                .compose(written -> undone
                                        ? Future.failedFuture(new IllegalStateException("undone"))
                                        : Future.succeededFuture()))
                        .otherwiseEmpty());
            }
            going.add(one.seal());
            going.add(other.seal());
            Object done = await(Future.join(going).otherwiseEmpty());
            if (round == 20) {
                // Whichever works loses its connection in the middle of it.
                going.clear();
                going.add(one.seal().otherwiseEmpty());
                going.add(other.seal().otherwiseEmpty());
                assertThat(rig.postgres.cutConnections("fairlead-sealer")).isEqualTo(2);
                Object cut = await(Future.all(going));
            }
        }
        long last = await(one.seal()) + await(other.seal());
        assertThat(last).isGreaterThanOrEqualTo(0);

        Verified verified = rig.verify();
        assertThat(verified.findings()).isEmpty();
        assertThat(verified.unsealed()).isZero();
        assertThat(verified.last()).isEqualTo(committed);
    }

    @Test
    void a_chain_that_was_cut_is_gone_on_with_behind_what_was_signed() throws Exception {
        Sealer first = rig.sealer();
        rig.record(10);
        assertThat(await(first.seal())).isEqualTo(10);
        await(first.stop());
        try (Connection superuser = rig.postgres.superuser();
                Statement run = superuser.createStatement()) {
            run.execute("SET session_replication_role = replica");
            run.execute("DELETE FROM audit_seal WHERE number > 7");
            run.execute("DELETE FROM audit_entry WHERE id > 7");
        }
        Sealer second = rig.sealer();
        rig.record(2);
        assertThat(await(second.seal())).isEqualTo(2);

        assertThat(await(rig.audit.list(1)).get(0).number()).contains(12L);
        Verified verified = rig.verify();
        assertThat(verified.clean()).isFalse();
        assertThat(verified.wrongFrom()).contains(8L);
    }

    @Test
    void a_sealer_that_is_thrown_out_while_the_end_is_cut_off_knows_how_far_it_had_signed() throws Exception {
        Sealer sealer = rig.sealer();
        rig.record(7);
        assertThat(await(sealer.seal())).isEqualTo(7);
        SignedCheckpoint early = rig.witness();
        rig.record(3);
        assertThat(await(sealer.seal())).isEqualTo(3);

        // All that spoke of the end, so that what is left is a history which was signed.
        try (Connection superuser = rig.postgres.superuser();
                Statement run = superuser.createStatement();
                PreparedStatement head =
                        superuser.prepareStatement("UPDATE audit_head SET settled = 7, statement = ?, signature = ?")) {
            run.execute("SET session_replication_role = replica");
            run.execute("DELETE FROM audit_seal WHERE number > 7");
            run.execute("DELETE FROM audit_checkpoint WHERE number > 7");
            run.execute("DELETE FROM audit_entry WHERE id > 7");
            head.setBytes(1, early.checkpoint().statement());
            head.setBytes(2, early.signature());
            assertThat(head.executeUpdate()).isEqualTo(1);
        }
        assertThat(rig.postgres.cutConnections("fairlead-sealer")).isEqualTo(1);
        rig.record(2);
        await(sealer.seal().otherwise(0L).compose(maybe -> sealer.seal()));

        Verified verified = rig.verify();
        assertThat(verified.last()).isEqualTo(12);
        assertThat(verified.wrongFrom()).contains(8L);
    }
}
