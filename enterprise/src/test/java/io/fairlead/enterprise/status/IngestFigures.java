package io.fairlead.enterprise.status;

import static io.fairlead.enterprise.kernel.TestDatabase.await;

import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.TestFleet;
import io.vertx.core.Future;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How many messages a second are committed, with one commit a message and with the group commit, on the embedded
 * database with fsync on. No test: it is run by name, {@code mvn -pl enterprise -am test -Dtest=IngestFigures}, and
 * prints a line each. Every device has one report with one message under way, as agents have.
 */
class IngestFigures {
    private static final int WARM_SECONDS = 5;
    private static final int SECONDS = 10;
    private static final String EPOCH = TestFleet.hex(0xe1);

    @ParameterizedTest(name = "{0}, {1} devices, {2} items a message")
    @CsvSource({"one by one, 64, 1", "group commit, 2000, 1", "one by one, 64, 10", "group commit, 2000, 10"})
    void messages_a_second(String mode, int devices, int items) {
        StatusSettings defaults = StatusSettings.defaults();
        StatusSettings settings = mode.equals("one by one") ? defaults.oneByOne() : defaults;
        try (TestStatus status = new TestStatus(Clock.systemUTC(), settings)) {
            status.fleet.postgres.execute("WITH made AS (INSERT INTO device (id, customer, site, region, model, serial,"
                    + " created_at) SELECT 'p-' || n, 'c', 's', 'r', 'm', 'x', now() FROM generate_series(1, "
                    + devices + ") n RETURNING id) INSERT INTO device_contact (device) SELECT id FROM made");
            LongAdder committed = new LongAdder();
            AtomicBoolean over = new AtomicBoolean();
            List<Future<Void>> runs = new ArrayList<>();
            for (int n = 1; n <= devices; n++) {
                runs.add(run(status, new DeviceId("p-" + n), 1, items, committed, over));
            }
            sleep(WARM_SECONDS);
            long before = committed.sum();
            long cpu = java();
            long start = System.nanoTime();
            sleep(SECONDS);
            long messages = committed.sum() - before;
            double seconds = (System.nanoTime() - start) / 1e9;
            double javaMicros = (java() - cpu) / 1e3 / messages;
            over.set(true);
            Object done = await(Future.all(runs));
            System.out.printf(
                    "%s, %d items a message: %.0f messages/s, %.1f us of the server's processor each%n",
                    mode, items, messages / seconds, javaMicros);
        }
    }

    private static Future<Void> run(
            TestStatus status, DeviceId device, long sequence, int items, LongAdder committed, AtomicBoolean over) {
        if (over.get()) {
            return Future.succeededFuture();
        }
        Instant now = Instant.now();
        DataItem[] values = new DataItem[items];
        for (int i = 0; i < items; i++) {
            values[i] = DataItem.ofNumber("analyser.value." + i, sequence, "h");
        }
        Report report = new Report(device, EPOCH, null, now, 0, List.of(TestStatus.message(sequence, now, values)));
        return status.service.report(report).compose(answer -> {
            committed.increment();
            return run(status, device, sequence + 1, items, committed, over);
        });
    }

    private static long java() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static void sleep(int seconds) {
        try {
            Thread.sleep(seconds * 1_000L);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
