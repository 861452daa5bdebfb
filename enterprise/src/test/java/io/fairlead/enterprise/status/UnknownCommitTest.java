package io.fairlead.enterprise.status;

import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.TestFleet;
import io.fairlead.enterprise.kernel.AppPool;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.kernel.DatabaseSettings;
import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.enterprise.status.ReportAnswer.Rejection;
import io.fairlead.soap.Fault;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The line to the database breaks at the worst moment. */
class UnknownCommitTest {
    private static final String EPOCH = TestFleet.hex(0xe1);
    private static TestStatus status;
    private static LostAnswers line;
    private static Pool pool;
    private static StatusService service;

    @BeforeAll
    static void start() {
        status = new TestStatus(Clock.systemUTC(), StatusSettings.defaults());
        TestFleet fleet = status.fleet;
        DatabaseSettings direct = fleet.postgres.settings();
        line = new LostAnswers(fleet.vertx, direct.host(), direct.port());
        DatabaseSettings broken = new DatabaseSettings(
                direct.host(),
                line.port(),
                direct.database(),
                direct.authority(),
                direct.owner(),
                direct.app(),
                direct.sealer());
        pool = new AppPool(4).open(fleet.vertx, broken);
        service = new StatusService(
                fleet.vertx.getOrCreateContext(),
                new Database(pool),
                fleet.devices,
                fleet.contacts,
                status.instructions,
                Timers.of(fleet.vertx),
                fleet.clock,
                StatusSettings.defaults(),
                fleet.metrics);
    }

    @AfterAll
    static void stop() {
        Void stopped = await(service.stop());
        Void closed = await(pool.close());
        line.close();
        status.close();
    }

    @Test
    void a_commit_whose_answer_is_lost_is_asked_again_and_stands_once() {
        List<DeviceId> devices = new ArrayList<>();
        for (int d = 0; d < 20; d++) {
            devices.add(status.fleet.registered("u-" + d));
        }
        for (int round = 0; round < 5; round++) {
            int before = line.lost.get();
            line.lose(3);
            List<Future<ReportAnswer>> answers = new ArrayList<>();
            for (DeviceId device : devices) {
                answers.add(service.report(TestStatus.report(
                        device, EPOCH, Instant.now(), 3L * round + 1, 3L * round + 2, 3L * round + 3)));
            }
            for (Future<ReportAnswer> answer : answers) {
                assertThat(await(answer)).isEqualTo(new ReportAnswer(EPOCH, 3L * round + 3, List.of()));
            }
            assertThat(line.lost.get()).isGreaterThan(before);
        }
        assertThat(status.fleet.count("status_message WHERE device LIKE 'u-%'")).isEqualTo(20 * 15);
        assertThat(status.fleet.count("item_value WHERE device LIKE 'u-%'")).isEqualTo(20 * 15);
    }

    @Test
    void what_was_rejected_by_a_commit_whose_answer_is_lost_is_named_all_the_same() {
        DeviceId device = status.fleet.registered("v-1");
        int before = line.lost.get();
        line.lose(1);
        Report report = new Report(
                device, EPOCH, null, Instant.now(), 0, List.of(new Parsed.Unfit(1, Fault.INVALID, new byte[0])));
        assertThat(await(service.report(report)))
                .isEqualTo(new ReportAnswer(EPOCH, 1, List.of(new Rejection(1, Fault.INVALID))));
        assertThat(line.lost.get()).isEqualTo(before + 1);
    }
}
