package io.fairlead.enterprise.status;

import static io.fairlead.enterprise.kernel.TestDatabase.await;

import io.fairlead.enterprise.audit.CheckpointSigner;
import io.fairlead.enterprise.audit.Sealer;
import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.TestFleet;
import io.fairlead.enterprise.identity.AuditSigner;
import io.fairlead.enterprise.identity.Authority;
import io.fairlead.enterprise.identity.OwnCertificates;
import io.fairlead.enterprise.kernel.DataFolder;
import io.fairlead.enterprise.kernel.Timers;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the audit costs the ingest: messages a second alone, and while each n-th message writes an audit row in its own
 * transaction and a sealer works. No test: it is run by name, {@code mvn -pl enterprise -am test -Dtest=AuditFigures}.
 * Both are measured in turns, because the machine may have other things to do.
 */
class AuditFigures {
    private static final int DEVICES = 2_000;
    private static final int TURNS = 6;
    private static final int SECONDS = 5;
    private static final String EPOCH = TestFleet.hex(0xe1);

    @TempDir
    Path folder;

    @ParameterizedTest(name = "an audit row for each {0}. message")
    @ValueSource(ints = {10, 1})
    void ingest_with_audit_and_without(int nth) throws InterruptedException {
        try (TestStatus status = new TestStatus(Clock.systemUTC(), StatusSettings.defaults())) {
            status.fleet.postgres.execute(
                    "WITH made AS (INSERT INTO device (id, customer, site, region, model, serial, created_at) SELECT"
                            + " 'p-' || n, 'c', 's', 'r', 'm', 'x', now() FROM generate_series(1, " + DEVICES
                            + ") n RETURNING id) INSERT INTO device_contact (device) SELECT id FROM made",
                    "CREATE TABLE audited (on_now boolean NOT NULL)",
                    "INSERT INTO audited VALUES (false)",
                    "GRANT SELECT ON audited TO fairlead_app",
                    // By the owner's hand what a feature does in its own transaction.
                    "CREATE FUNCTION audit_messages() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                            + " IF (SELECT on_now FROM audited) THEN INSERT INTO audit_entry (actor, code, subject,"
                            + " detail) SELECT 'device:' || device, 'instruction.finished', device, 'sequence=' ||"
                            + " sequence || ' outcome=DONE' FROM fresh WHERE (sequence + hashtext(device)) % " + nth
                            + " = 0; END IF; RETURN NULL; END $$",
                    "CREATE TRIGGER audit_messages AFTER INSERT ON status_message REFERENCING NEW TABLE AS fresh"
                            + " FOR EACH STATEMENT EXECUTE FUNCTION audit_messages()");
            LongAdder committed = new LongAdder();
            AtomicBoolean over = new AtomicBoolean();
            List<Future<Void>> runs = new ArrayList<>();
            for (int n = 1; n <= DEVICES; n++) {
                runs.add(run(status, new DeviceId("p-" + n), 1, committed, over));
            }
            Thread.sleep(5_000);
            double[] alone = new double[TURNS];
            double[] audited = new double[TURNS];
            for (int turn = 0; turn < TURNS; turn++) {
                alone[turn] = rate(committed);
                status.fleet.postgres.execute("UPDATE audited SET on_now = true");
                Sealer sealer = sealer(status);
                sealer.start();
                Thread.sleep(1_000);
                audited[turn] = rate(committed);
                status.fleet.postgres.execute("UPDATE audited SET on_now = false");
                long unusedRest = await(sealer.seal());
                await(sealer.stop());
            }
            over.set(true);
            Object done = await(Future.all(runs));
            System.out.printf(
                    "an audit row for each %d. message: %.0f messages/s without, %.0f with, ratio %.2f; rows sealed %s,"
                            + " not sealed %s%n",
                    nth,
                    median(alone),
                    median(audited),
                    median(audited) / median(alone),
                    status.fleet.postgres.value("SELECT count(*) FROM audit_seal"),
                    status.fleet.postgres.value(
                            "SELECT (SELECT count(*) FROM audit_entry) - (SELECT count(*) FROM" + " audit_seal)"));
        }
    }

    @Test
    void rows_that_a_sealer_takes_in_a_second() {
        try (TestStatus status = new TestStatus(Clock.systemUTC(), StatusSettings.defaults())) {
            status.fleet.postgres.execute("INSERT INTO audit_entry (actor, code, subject, detail) SELECT 'os:root',"
                    + " 'instruction.created', 'LAB-' || n % 100, 'sequence=' || n || ' what=collect until=2026'"
                    + " FROM generate_series(1, 100000) n");
            Sealer sealer = sealer(status);
            long start = System.nanoTime();
            long rows = await(sealer.seal());
            System.out.printf("sealed %.0f rows/s%n", rows / ((System.nanoTime() - start) / 1e9));
            await(sealer.stop());
        }
    }

    private Sealer sealer(TestStatus status) {
        DataFolder data = new DataFolder(folder.resolve("data"));
        Authority authority = Authority.open(data, Clock.systemUTC(), new SecureRandom());
        CheckpointSigner signer = new AuditSigner(new OwnCertificates(authority, data, Clock.systemUTC()));
        var settings = status.fleet.postgres.settings();
        return new Sealer(
                status.fleet.vertx, settings.connectAs(settings.sealer()), signer, Timers.of(status.fleet.vertx));
    }

    private static double rate(LongAdder committed) throws InterruptedException {
        long before = committed.sum();
        long start = System.nanoTime();
        Thread.sleep(SECONDS * 1_000L);
        return (committed.sum() - before) / ((System.nanoTime() - start) / 1e9);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return (sorted[TURNS / 2 - 1] + sorted[TURNS / 2]) / 2;
    }

    private static Future<Void> run(
            TestStatus status, DeviceId device, long sequence, LongAdder committed, AtomicBoolean over) {
        if (over.get()) {
            return Future.succeededFuture();
        }
        Instant now = Instant.now();
        Report report = new Report(
                device,
                EPOCH,
                null,
                now,
                0,
                List.of(TestStatus.message(sequence, now, DataItem.ofNumber("analyser.value", sequence, "h"))));
        return status.service.report(report).compose(answer -> {
            committed.increment();
            return run(status, device, sequence + 1, committed, over);
        });
    }
}
