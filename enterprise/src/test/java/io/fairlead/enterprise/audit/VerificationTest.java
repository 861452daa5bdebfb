package io.fairlead.enterprise.audit;

import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.statements.Checkpoint;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a superuser of the database can do to a sealed history, and how it shows. Each deed is undone by a rollback. */
class VerificationTest {
    private static final int ROWS = 120;
    private static final int DEEDS = 1_000;

    @TempDir
    static Path folder;

    private static TestSeal rig;
    private static SignedCheckpoint early;

    @BeforeAll
    static void seal() {
        rig = new TestSeal(folder);
        Sealer sealer = rig.sealer();
        rig.record(ROWS / 2);
        assertThat(await(sealer.seal())).isPositive();
        early = rig.witness();
        rig.record(ROWS / 2);
        assertThat(await(sealer.seal())).isPositive();
        assertThat(rig.verify(early).clean()).isTrue();
    }

    @AfterAll
    static void close() {
        rig.close();
    }

    @Test
    void each_of_a_thousand_edits_deletions_swaps_and_cuts_is_found() throws SQLException {
        Random random = new Random(4);
        try (Connection superuser = superuser()) {
            for (int i = 0; i < DEEDS; i++) {
                Deed deed = Deed.values()[i % Deed.values().length];
                int row = 1 + random.nextInt(ROWS - 1);
                int other = 1 + (row + random.nextInt(ROWS - 2)) % (ROWS - 1);
                String said = deed + " " + row + " " + other;
                try (Statement run = superuser.createStatement()) {
                    run.execute("SET session_replication_role = replica");
                    for (String sql : deed.sql(row, other == row ? row + 1 : other)) {
                        assertThat(run.executeUpdate(sql)).as(said).isPositive();
                    }
                }
                Verified verified = rig.verify(superuser);
                assertThat(verified.clean()).as(said).isFalse();
                assertThat(verified.findings()).as(said).anyMatch(found -> deed.fits(found, row));
                assertThat(verified.proved().map(Checkpoint::number).orElse(0L))
                        .as(said)
                        .isLessThan(verified.wrongFrom().orElseThrow());
                superuser.rollback();
            }
            assertThat(rig.verify(superuser).clean()).isTrue();
        }
    }

    /** What is done to the row with this number (and id: they are the same here), or with two. */
    private enum Deed {
        EDIT_DETAIL("UPDATE audit_entry SET detail = detail || ' ' WHERE id = %d"),
        EDIT_ACTOR("UPDATE audit_entry SET actor = 'os:somebody' WHERE id = %d"),
        EDIT_CODE("UPDATE audit_entry SET code = 'x' || code WHERE id = %d"),
        EDIT_TIME("UPDATE audit_entry SET at = at + interval '1 microsecond' WHERE id = %d"),
        EDIT_TO_NO_TIME("UPDATE audit_entry SET at = '-infinity' WHERE id = %d"),
        MOVE_A_BOUNDARY("UPDATE audit_entry SET actor = actor || left(subject, 1), subject = substr(subject, 2)"
                + " WHERE id = %d"),
        DELETE("DELETE FROM audit_entry WHERE id = %d"),
        DELETE_WITH_SEAL("DELETE FROM audit_entry WHERE id = %1$d", "DELETE FROM audit_seal WHERE number = %1$d"),
        SWAP("UPDATE audit_entry e SET actor = o.actor, subject = o.subject, detail = o.detail, at = o.at"
                + " FROM audit_entry o WHERE (e.id = %1$d AND o.id = %2$d) OR (e.id = %2$d AND o.id = %1$d)"),
        SWAP_SEALS(
                "UPDATE audit_seal SET entry = -entry WHERE number IN (%1$d, %2$d)",
                "UPDATE audit_seal SET entry = CASE number WHEN %1$d THEN %2$d ELSE %1$d END WHERE number IN (%1$d, %2$d)"),
        RENUMBER("UPDATE audit_seal SET number = 100000 + number WHERE number = %d"),
        EDIT_SEAL("UPDATE audit_seal SET hash = sha256(hash) WHERE number = %d"),
        CUT_ROWS("DELETE FROM audit_entry WHERE id >= %d"),
        CUT_ROWS_AND_SEALS("DELETE FROM audit_entry WHERE id >= %1$d", "DELETE FROM audit_seal WHERE number >= %1$d"),
        CUT_ALL_BUT_THE_HEAD(
                "DELETE FROM audit_entry WHERE id >= %1$d",
                "DELETE FROM audit_seal WHERE number >= %1$d", "UPDATE audit_head SET settled = %1$d - 1");

        private final String[] sql;

        Deed(String... sql) {
            this.sql = sql;
        }

        List<String> sql(int row, int other) {
            List<String> made = new ArrayList<>();
            for (String one : sql) {
                made.add(String.format(one, row, other));
            }
            return made;
        }

        boolean fits(Finding found, int row) {
            return found.from() <= row + 1 && found.to() >= row;
        }
    }

    @Test
    void a_chain_that_was_hashed_anew_does_not_fit_what_was_signed() throws SQLException {
        try (Connection superuser = superuser()) {
            forge(superuser, 30);
            Verified verified = rig.verify(superuser);

            assertThat(verified.findings()).extracting(Finding::kind).containsOnly(Finding.Kind.REWRITTEN);
            assertThat(verified.wrongFrom()).contains(1L);
            superuser.rollback();
        }
    }

    @Test
    void a_history_signed_anew_with_the_servers_own_key_is_found_by_a_witness_alone() throws SQLException {
        SignedCheckpoint late = rig.witness();
        try (Connection superuser = superuser()) {
            forge(superuser, 90);
            sign(superuser);

            assertThat(rig.verify(superuser).clean()).isTrue();
            Verified verified = rig.verify(superuser, early, late);

            assertThat(verified.findings()).hasSize(1);
            Finding found = verified.findings().get(0);
            assertThat(found.kind()).isEqualTo(Finding.Kind.CONTRADICTED);
            assertThat(found.from()).isEqualTo(ROWS / 2 + 1);
            assertThat(verified.proved()).contains(early.checkpoint());
            superuser.rollback();
        }
    }

    @Test
    void a_history_cut_and_signed_anew_is_found_by_a_witness_alone() throws SQLException {
        SignedCheckpoint late = rig.witness();
        try (Connection superuser = superuser();
                Statement run = superuser.createStatement()) {
            run.execute("SET session_replication_role = replica");
            run.execute("DELETE FROM audit_entry WHERE id > 100");
            run.execute("DELETE FROM audit_seal WHERE number > 100");
            sign(superuser);

            assertThat(rig.verify(superuser).clean()).isTrue();
            assertThat(rig.verify(superuser, late).findings())
                    .extracting(Finding::kind)
                    .containsExactly(Finding.Kind.CONTRADICTED);
            superuser.rollback();
        }
    }

    @Test
    void what_another_authority_signed_is_not_believed(@TempDir Path other) {
        try (TestSeal stranger = new TestSeal(other)) {
            stranger.record(1);
            assertThat(await(stranger.sealer().seal())).isEqualTo(1);

            assertThat(stranger.anchors.fault(stranger.witness())).isEmpty();
            assertThat(rig.anchors.fault(stranger.witness()))
                    .hasValueSatisfying(why -> assertThat(why).contains("--root"));
        }
        SignedCheckpoint altered = new SignedCheckpoint(
                new Checkpoint(
                        early.checkpoint().number() + 1,
                        early.checkpoint().hash(),
                        early.checkpoint().at(),
                        early.checkpoint().keyId()),
                early.signature(),
                early.certificates());
        assertThat(rig.anchors.fault(altered)).contains("its signature is wrong");
    }

    /** Changes a row, and hashes it and all behind it anew, as somebody does who has no key. */
    private static void forge(Connection superuser, int row) throws SQLException {
        List<SealedRow> rows = new ArrayList<>();
        try (Statement run = superuser.createStatement()) {
            run.execute("SET session_replication_role = replica");
            run.execute("UPDATE audit_entry SET actor = 'os:innocent' WHERE id = " + row);
        }
        new VerifyStore(superuser).seals(rows::add);
        byte[] hash = ChainRow.beginning();
        try (PreparedStatement update = superuser.prepareStatement("UPDATE audit_seal SET hash = ? WHERE number = ?")) {
            for (SealedRow one : rows) {
                hash = one.row().hash(hash);
                update.setBytes(1, hash);
                update.setLong(2, one.number());
                update.addBatch();
            }
            update.executeBatch();
        }
    }

    /** Signs what is there with the server's own key, and leaves no other signature. */
    private static void sign(Connection superuser) throws SQLException {
        Checkpoint checkpoint;
        CheckpointSigner.Key key = rig.signer.current();
        try (Statement run = superuser.createStatement()) {
            run.execute("DELETE FROM audit_checkpoint");
            try (ResultSet last =
                    run.executeQuery("SELECT number, hash FROM audit_seal ORDER BY number DESC LIMIT 1")) {
                assertThat(last.next()).isTrue();
                checkpoint = new Checkpoint(
                        last.getLong(1), HexFormat.of().formatHex(last.getBytes(2)), Instant.now(), key.id());
            }
        }
        try (PreparedStatement head =
                superuser.prepareStatement("UPDATE audit_head SET statement = ?, signature = ?")) {
            head.setBytes(1, checkpoint.statement());
            head.setBytes(2, key.sign(checkpoint.statement()));
            assertThat(head.executeUpdate()).isEqualTo(1);
        }
    }

    private static Connection superuser() throws SQLException {
        Connection connection = rig.postgres.superuser();
        connection.setAutoCommit(false);
        return connection;
    }
}
