package io.fairlead.enterprise.status;

import static io.fairlead.enterprise.fleet.TestFleet.ANNA;
import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.TestFleet;
import io.fairlead.enterprise.status.ReportAnswer.Rejection;
import io.fairlead.soap.Fault;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Rows that the database refuses: a trigger stands for whatever validation has not thought of. */
class BisectionTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final String EPOCH = TestFleet.hex(0xe1);
    private static TestStatus status;

    @BeforeAll
    static void start() {
        status = new TestStatus(Clock.fixed(NOW, ZoneOffset.UTC), StatusSettings.defaults());
        status.fleet.postgres.execute("""
                CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN RAISE EXCEPTION 'refused' USING ERRCODE = 'data_exception'; END $$
                """, """
                CREATE TRIGGER refuse BEFORE INSERT OR UPDATE ON latest_value
                FOR EACH ROW WHEN (NEW.item = 'poison') EXECUTE FUNCTION refuse()
                """);
    }

    @AfterAll
    static void stop() {
        status.close();
    }

    @Test
    void one_message_that_the_database_refuses_is_quarantined_and_its_group_is_stored() {
        List<Future<ReportAnswer>> answers = new ArrayList<>();
        for (int d = 0; d < 40; d++) {
            DeviceId device = status.fleet.registered("b-" + d);
            List<Parsed> messages = new ArrayList<>();
            for (int sequence = 1; sequence <= 5; sequence++) {
                boolean bad = d == 17 && sequence == 3;
                messages.add(TestStatus.number(sequence, NOW, bad ? "poison" : "a", sequence));
            }
            answers.add(status.service.report(new Report(device, EPOCH, null, NOW, 0, messages)));
        }
        for (int d = 0; d < 40; d++) {
            ReportAnswer answer = await(answers.get(d));
            assertThat(answer.committed()).isEqualTo(5);
            assertThat(answer.rejected())
                    .isEqualTo(d == 17 ? List.of(new Rejection(3, Fault.STORAGE_REFUSED)) : List.of());
        }
        assertThat(status.fleet.count("status_message WHERE device LIKE 'b-%'")).isEqualTo(199);
        assertThat(status.fleet.count("item_value WHERE device LIKE 'b-%'")).isEqualTo(199);
        assertThat(await(status.service.quarantine(ANNA, new DeviceId("b-17"), 10)))
                .singleElement()
                .satisfies(refused -> assertThat(new String(refused.body(), java.nio.charset.StandardCharsets.UTF_8))
                        .contains("poison"));
    }

    @Test
    void a_report_without_messages_in_such_a_group_is_answered_with_what_is_committed() {
        DeviceId quiet = status.fleet.registered("e-1");
        DeviceId bad = status.fleet.registered("e-2");
        assertThat(status.report(TestStatus.report(quiet, EPOCH, NOW, 5)).committed())
                .isEqualTo(5);
        Writer writer = new Bisection(new GroupWriter(
                status.fleet.database, status.fleet.contacts, status.instructions, Clock.fixed(NOW, ZoneOffset.UTC)));
        List<Slice> group = List.of(
                new Slice(quiet, EPOCH, null, Duration.ZERO, 0, List.of()),
                new Slice(bad, EPOCH, null, Duration.ZERO, 0, List.of(TestStatus.number(1, NOW, "poison", 1))));
        assertThat(await(writer.write(group)))
                .extracting(SliceOutcome::committed)
                .containsExactly(5L, 1L);
    }

    @Test
    void a_mistake_of_ours_puts_no_message_into_quarantine() {
        List<Slice> group = List.of(new Slice(
                new DeviceId("f-1"), EPOCH, null, Duration.ZERO, 0, List.of(TestStatus.number(1, NOW, "a", 1))));
        Writer writer = new Bisection(slices -> Future.failedFuture(new NullPointerException("ours")));
        Throwable failure = await(writer.write(group).transform(result -> Future.succeededFuture(result.cause())));
        assertThat(failure).isInstanceOf(NullPointerException.class);
        assertThat(GroupFailure.ofData(new NullPointerException("ours"))).isFalse();
    }

    @Test
    void a_refused_message_alone_in_its_report_lets_its_stream_move_on() {
        DeviceId device = status.fleet.registered("c-1");
        Report bad = new Report(device, EPOCH, null, NOW, 0, List.of(TestStatus.number(1, NOW, "poison", 1)));
        ReportAnswer answer = new ReportAnswer(EPOCH, 1, List.of(new Rejection(1, Fault.STORAGE_REFUSED)));
        assertThat(status.report(bad)).isEqualTo(answer);
        assertThat(status.report(bad)).isEqualTo(answer);
        assertThat(status.report(TestStatus.report(device, EPOCH, NOW, 2)).committed())
                .isEqualTo(2);
    }

    @Test
    void a_missing_table_is_nobodys_message() {
        DeviceId device = status.fleet.registered("d-1");
        status.fleet.postgres.execute("ALTER TABLE item_history RENAME TO item_history_gone");
        Future<ReportAnswer> answer = status.service.report(TestStatus.report(device, EPOCH, NOW, 1));
        while (status.fleet
                        .metrics
                        .get("fairlead.status.commit.failures")
                        .counter()
                        .count()
                < 2) {
            TestFleet.breathe();
        }
        status.fleet.postgres.execute("ALTER TABLE item_history_gone RENAME TO item_history");
        assertThat(await(answer)).isEqualTo(new ReportAnswer(EPOCH, 1, List.of()));
        assertThat(await(status.service.quarantine(ANNA, device, 10))).isEmpty();
    }
}
