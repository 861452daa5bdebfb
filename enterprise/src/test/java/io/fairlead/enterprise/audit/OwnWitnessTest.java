package io.fairlead.enterprise.audit;

import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.enterprise.kernel.Blocking;
import io.fairlead.enterprise.kernel.DataFolder;
import io.fairlead.enterprise.kernel.Timers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnWitnessTest {
    @TempDir
    Path folder;

    @Test
    void a_tail_cut_with_everything_that_spoke_of_it_is_found_by_the_file_beside_the_database() throws Exception {
        try (TestSeal rig = new TestSeal(folder.resolve("rig"))) {
            DataFolder data = new DataFolder(folder.resolve("node"));
            OwnWitness own = new OwnWitness(data, rig.seals, new Blocking(rig.vertx), Timers.of(rig.vertx));
            Sealer sealer = rig.sealer();
            rig.record(5);
            assertThat(await(sealer.seal())).isPositive();
            SignedCheckpoint earlier = rig.witness();
            rig.record(5);
            assertThat(await(sealer.seal())).isPositive();
            SignedCheckpoint latest = rig.witness();
            await(own.keep());
            Path file = data.secretPath(OwnWitness.FILE);
            String line = Files.readString(file);
            assertThat(line).isEqualTo(WitnessFile.line(latest) + "\n");
            await(sealer.stop());

            // All of it, and the head put back to a checkpoint that the server did sign once.
            try (Connection superuser = rig.postgres.superuser();
                    Statement run = superuser.createStatement()) {
                run.execute("SET session_replication_role = replica");
                run.execute("DELETE FROM audit_entry WHERE id > 5");
                run.execute("DELETE FROM audit_seal WHERE number > 5");
                run.execute("DELETE FROM audit_checkpoint WHERE number > 5");
                try (var head =
                        superuser.prepareStatement("UPDATE audit_head SET settled = 5, statement = ?, signature = ?")) {
                    head.setBytes(1, earlier.checkpoint().statement());
                    head.setBytes(2, earlier.signature());
                    assertThat(head.executeUpdate()).isEqualTo(1);
                }
            }
            assertThat(rig.verify().clean()).isTrue();
            List<SignedCheckpoint> kept = new WitnessFile(file).read();
            assertThat(rig.verify(kept.get(0)).findings())
                    .extracting(Finding::kind)
                    .containsExactly(Finding.Kind.CONTRADICTED);

            // A later server does not write over the proof.
            Sealer second = rig.sealer();
            rig.record(3);
            assertThat(await(second.seal())).isPositive();
            await(rig.seals.read());
            OwnWitness later = new OwnWitness(data, rig.seals, new Blocking(rig.vertx), Timers.of(rig.vertx));
            await(later.keep());
            assertThat(Files.readString(file)).isEqualTo(line);

            // Nor when the other history has grown past it.
            rig.record(9);
            assertThat(await(second.seal())).isPositive();
            await(rig.seals.read());
            assertThat(rig.seals.number()).isGreaterThan(latest.checkpoint().number());
            await(later.keep());
            assertThat(Files.readString(file)).isEqualTo(line);
            assertThat(rig.verify().clean()).isTrue();
            assertThat(rig.verify(kept.get(0)).clean()).isFalse();
        }
    }
}
