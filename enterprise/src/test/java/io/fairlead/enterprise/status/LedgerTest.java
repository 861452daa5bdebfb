package io.fairlead.enterprise.status;

import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.TestFleet;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Connections are killed in mid-group while two hundred devices report; the ledger is kept outside. */
class LedgerTest {
    private static final int DEVICES = 200;
    private static final int BATCH = 5;
    private static final int CUTS = Boolean.getBoolean("fairlead.long") ? 200 : 20;
    private static final String EPOCH = TestFleet.hex(0xe1);
    private static TestStatus status;

    @BeforeAll
    static void start() {
        status = new TestStatus(Clock.systemUTC(), StatusSettings.defaults());
        status.fleet.postgres.execute("WITH made AS (INSERT INTO device (id, customer, site, region, model, serial,"
                + " created_at) SELECT 'l-' || n, 'c', 's', 'r', 'm', 'x', now() FROM generate_series(1, " + DEVICES
                + ") n RETURNING id) INSERT INTO device_contact (device) SELECT id FROM made");
    }

    @AfterAll
    static void stop() {
        status.close();
    }

    /** A device as its agent is: it forgets nothing that is not acknowledged. */
    private static final class Reporter {
        final DeviceId device;
        final AtomicLong acknowledged = new AtomicLong();
        volatile boolean enough;

        Reporter(DeviceId device) {
            this.device = device;
        }

        Future<Void> run() {
            if (enough) {
                return Future.succeededFuture();
            }
            long first = acknowledged.get() + 1;
            long[] sequences = new long[BATCH];
            for (int i = 0; i < BATCH; i++) {
                sequences[i] = first + i;
            }
            return status.service
                    .report(TestStatus.report(device, EPOCH, Instant.now(), sequences))
                    .compose(
                            answer -> {
                                acknowledged.set(answer.committed());
                                return run();
                            },
                            failure -> failure instanceof Refusal ? later() : Future.failedFuture(failure));
        }

        private Future<Void> later() {
            Promise<Void> pause = Promise.promise();
            status.fleet.vertx.setTimer(20, fired -> pause.complete());
            return pause.future().compose(done -> run());
        }
    }

    @Test
    void nothing_acknowledged_is_lost_and_nothing_is_stored_twice() {
        List<Reporter> reporters = new ArrayList<>();
        List<Future<Void>> runs = new ArrayList<>();
        for (int n = 1; n <= DEVICES; n++) {
            Reporter reporter = new Reporter(new DeviceId("l-" + n));
            reporters.add(reporter);
            runs.add(reporter.run());
        }
        int cut = 0;
        long seen = 0;
        for (int i = 0; i < CUTS; i++) {
            // Each cut meets a stream of reports that has gone on since the last.
            long goal = seen + DEVICES;
            while ((seen = total(reporters)) < goal) {
                TestFleet.breathe();
            }
            cut += status.fleet.postgres.cutConnections("fairlead");
        }
        reporters.forEach(reporter -> reporter.enough = true);
        Object done = await(Future.all(runs));
        assertThat(done).isNotNull();
        assertThat(cut).isGreaterThanOrEqualTo(CUTS);

        for (Reporter reporter : reporters) {
            String of = " WHERE device = '" + reporter.device + "'";
            assertThat(status.fleet.postgres.value(
                            "SELECT count(*) || ' ' || count(DISTINCT sequence) || ' ' || coalesce(max(sequence), 0)"
                                    + " FROM status_message" + of))
                    .isEqualTo(reporter.acknowledged + " " + reporter.acknowledged + " " + reporter.acknowledged);
            assertThat(status.fleet.count("item_value" + of)).isEqualTo(reporter.acknowledged.get());
        }
        assertThat(status.fleet.count("quarantine")).isZero();
    }

    private static long total(List<Reporter> reporters) {
        return reporters.stream()
                .mapToLong(reporter -> reporter.acknowledged.get())
                .sum();
    }
}
