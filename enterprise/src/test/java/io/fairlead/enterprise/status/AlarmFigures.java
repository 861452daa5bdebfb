package io.fairlead.enterprise.status;

import static io.fairlead.enterprise.kernel.TestDatabase.await;

import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.TestFleet;
import io.vertx.core.Future;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What it costs to tell other systems of alarms, in processor time of the server and its PostgreSQL for a message that raises
 * one: without the trigger, with it and nobody subscribed, and with a subscription. No test: it is run by name,
 * {@code mvn -pl enterprise -am test -Dtest=AlarmFigures}, and prints a line each, the three in turn.
 */
class AlarmFigures {
    private static final int ROUNDS = 4;
    private static final int DEVICES = 500;
    private static final int WARM_SECONDS = 2;
    private static final int SECONDS = 10;
    private static final long NANOS_A_TICK = 10_000_000;
    private static final int STATEMENTS = 300;
    private static final Pattern TRIGGER = Pattern.compile("Trigger alarm_notified: time=([0-9.]+)");
    private static final String EPOCH = TestFleet.hex(0xe1);

    private final Map<DeviceId, Long> sent = new HashMap<>();

    @Test
    void a_message_that_raises_an_alarm() throws Exception {
        try (TestStatus status = new TestStatus(Clock.systemUTC(), StatusSettings.defaults())) {
            status.fleet.postgres.execute(
                    "WITH made AS (INSERT INTO device (id, customer, site, region, model, serial, created_at)"
                            + " SELECT 'p-' || n, 'c', 's', 'r', 'm', 'x', now() FROM generate_series(1, " + DEVICES
                            + ") n RETURNING id) INSERT INTO device_contact (device) SELECT id FROM made",
                    "INSERT INTO person (name, display_name, organisation, kind, created_at, created_by)"
                            + " VALUES ('erp', 'E', 'E', 'integration', now(), 'test')",
                    "INSERT INTO account (name, addresses) VALUES ('erp', '{}')");
            measured(status, "to warm up");
            for (int round = 0; round < ROUNDS; round++) {
                prepared(status, "DISABLE");
                measured(status, "no trigger");
                prepared(status, "ENABLE");
                measured(status, "nobody subscribed");
                trigger(status, "nobody subscribed");
                status.fleet.postgres.execute("INSERT INTO notification_subscription (id, account, endpoint, soap12,"
                        + " token, kinds, state, created_at) VALUES ('" + TestFleet.hex(1) + "', 'erp', 'https://x/',"
                        + " false, 'x', '{alarm-raised}', 'suspended', now())");
                measured(status, "one subscription");
                trigger(status, "one subscription");
            }
        }
    }

    /** What PostgreSQL itself says the trigger takes; of many statements the shortest, which others disturbed least. */
    private static void trigger(TestStatus status, String how) throws SQLException {
        for (int alarms : new int[] {1, 20}) {
            double shortest = Double.MAX_VALUE;
            try (Connection connection = status.fleet.postgres.owner()) {
                connection.setAutoCommit(false);
                for (int i = 0; i < STATEMENTS; i++) {
                    shortest = Math.min(shortest, raised(connection, alarms));
                }
            }
            System.out.printf("%s: a statement with %d alarms, %.0f us in the trigger%n", how, alarms, 1e3 * shortest);
        }
    }

    private static double raised(Connection connection, int alarms) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            ResultSet plan = statement.executeQuery("EXPLAIN (ANALYZE) INSERT INTO alarm (device, code, severity, text,"
                    + " raised_at, last_seen, count, received_at) SELECT 'p-' || n, 'one', 'error',"
                    + " 'Lamp', now(), now(), 1, now() FROM generate_series(1, " + alarms + ") n");
            double millis = 0;
            while (plan.next()) {
                Matcher found = TRIGGER.matcher(plan.getString(1));
                if (found.find()) {
                    millis = Double.parseDouble(found.group(1));
                }
            }
            connection.rollback();
            return millis;
        }
    }

    private static void prepared(TestStatus status, String trigger) {
        status.fleet.postgres.execute(
                "TRUNCATE notification_outbox, notification_subscription",
                "ALTER TABLE alarm " + trigger + " TRIGGER alarm_notified");
    }

    private void measured(TestStatus status, String how) throws InterruptedException, IOException {
        LongAdder committed = new LongAdder();
        AtomicBoolean over = new AtomicBoolean();
        List<Future<Void>> runs = new ArrayList<>();
        for (int n = 1; n <= DEVICES; n++) {
            DeviceId device = new DeviceId("p-" + n);
            runs.add(run(status, device, sent.getOrDefault(device, 0L) + 1, committed, over));
        }
        Thread.sleep(Duration.ofSeconds(WARM_SECONDS).toMillis());
        long before = committed.sum();
        long server = server();
        long postgres = postgres();
        Thread.sleep(Duration.ofSeconds(SECONDS).toMillis());
        long messages = committed.sum() - before;
        double own = (server() - server) / 1e3 / messages;
        double its = (postgres() - postgres) / 1e3 / messages;
        over.set(true);
        Object done = await(Future.all(runs));
        System.out.printf(
                "%s: %d messages/s, %.0f us of the server's processor and %.0f us of PostgreSQL's each%n",
                how, messages / SECONDS, own, its);
    }

    private Future<Void> run(
            TestStatus status, DeviceId device, long sequence, LongAdder committed, AtomicBoolean over) {
        if (over.get()) {
            return Future.succeededFuture();
        }
        Instant now = Instant.now();
        // What the message before raised is cleared: nothing piles up.
        List<AlarmChange> changes = List.of(
                new AlarmChange("lamp/" + sequence, Severity.ERROR, "Lamp", true),
                new AlarmChange("lamp/" + (sequence - 1), Severity.ERROR, null, false));
        Parsed message = new Parsed.Fit(new StatusMessage(sequence, now, List.of(), changes, List.of(), List.of()));
        Report report = new Report(device, EPOCH, null, now, 0, List.of(message));
        return status.service.report(report).compose(answer -> {
            committed.increment();
            synchronized (sent) {
                sent.put(device, sequence);
            }
            return run(status, device, sequence + 1, committed, over);
        });
    }

    private static long server() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    /** Nanoseconds of all its processes, those that have ended too. */
    private static long postgres() throws IOException {
        long postmaster = ProcessHandle.current()
                .descendants()
                .filter(each -> each.children().findAny().isPresent())
                .findFirst()
                .orElseThrow()
                .pid();
        long ticks = ticks(postmaster, 13, 16);
        for (ProcessHandle each :
                ProcessHandle.of(postmaster).orElseThrow().children().toList()) {
            ticks += ticks(each.pid(), 13, 14);
        }
        return ticks * NANOS_A_TICK;
    }

    /** Fields of proc(5)'s stat, from 0: user and system time of its own, and of children that ended. */
    private static long ticks(long pid, int from, int to) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        long sum = 0;
        for (int field = from; field <= to; field++) {
            sum += Long.parseLong(fields[field - 2]);
        }
        return sum;
    }
}
