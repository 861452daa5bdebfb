package io.fairlead.enterprise.audit;

import static io.fairlead.enterprise.kernel.TestDatabase.await;

import io.fairlead.enterprise.identity.AuditSigner;
import io.fairlead.enterprise.identity.Authority;
import io.fairlead.enterprise.identity.OwnCertificates;
import io.fairlead.enterprise.kernel.DataFolder;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.kernel.TestDatabase;
import io.fairlead.enterprise.kernel.Timers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** A database, an authority and sealers on it. */
public final class TestSeal implements AutoCloseable {
    public final Vertx vertx = Vertx.vertx();
    public final TestDatabase postgres = TestDatabase.start();
    public final Database database = postgres.database(vertx);
    public final Audit audit = new Audit(database);
    public final Seals seals = new Seals(database, Timers.of(vertx));
    public final CheckpointSigner signer;
    public final TrustAnchors anchors;
    private final List<Sealer> sealers = new ArrayList<>();

    public TestSeal(Path folder) {
        DataFolder data = new DataFolder(folder.resolve("data"));
        Authority authority = Authority.open(data, Clock.systemUTC(), new SecureRandom());
        this.signer = new AuditSigner(new OwnCertificates(authority, data, Clock.systemUTC()));
        this.anchors = new TrustAnchors(List.of(authority.root()));
    }

    public Sealer sealer() {
        Sealer sealer = new Sealer(
                vertx, postgres.settings().connectAs(postgres.settings().sealer()), signer, Timers.of(vertx));
        sealers.add(sealer);
        return sealer;
    }

    /** Rows that differ, each in a transaction of its own. */
    public void record(int rows) {
        List<Future<Void>> written = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            written.add(audit.record(new AuditEntry(
                    "os:user" + i % 7, AuditCode.INSTRUCTION_CREATED, "LAB-" + i % 11, "sequence=" + i + " ü=\"µ\"")));
        }
        Object done = await(Future.all(written));
    }

    /** Verifies on a connection of its own. */
    public Verified verify(SignedCheckpoint... witnesses) {
        try (Connection connection = postgres.app()) {
            connection.setAutoCommit(false);
            return verify(connection, witnesses);
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    public Verified verify(Connection connection, SignedCheckpoint... witnesses) throws SQLException {
        return new Verification(anchors, List.of(witnesses)).run(connection);
    }

    /** The newest checkpoint, as somebody keeps it who got it now. */
    public SignedCheckpoint witness() {
        await(seals.read());
        return seals.newest().orElseThrow();
    }

    @Override
    public void close() {
        sealers.forEach(sealer -> await(sealer.stop()));
        postgres.close();
        await(vertx.close());
    }
}
