package io.fairlead.enterprise.status;

import static io.fairlead.enterprise.fleet.TestFleet.ANNA;
import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static io.fairlead.enterprise.status.TestStatus.message;
import static io.fairlead.enterprise.status.TestStatus.number;
import static io.fairlead.enterprise.status.TestStatus.report;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.Polled;
import io.fairlead.enterprise.fleet.TestFleet;
import io.fairlead.enterprise.instruction.Act;
import io.fairlead.enterprise.instruction.Instruction;
import io.fairlead.enterprise.instruction.Instructions;
import io.fairlead.enterprise.instruction.Outcome;
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

class StatusServiceTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final String EPOCH = TestFleet.hex(0xe1);
    private static TestStatus status;

    @BeforeAll
    static void start() {
        status = new TestStatus(Clock.fixed(NOW, ZoneOffset.UTC), StatusSettings.defaults());
    }

    @AfterAll
    static void stop() {
        status.close();
    }

    private static DeviceId device(String id) {
        return status.fleet.registered(id);
    }

    private static String stored(DeviceId device) {
        return status.fleet.postgres.value("SELECT string_agg(sequence::text, ' ' ORDER BY epoch, sequence)"
                + " FROM status_message WHERE device = '" + device + "'");
    }

    private static Report of(DeviceId device, Parsed... messages) {
        return new Report(device, EPOCH, null, NOW, 0, List.of(messages));
    }

    @Test
    void messages_are_committed_before_they_are_acknowledged() {
        DeviceId device = device("s-1");
        assertThat(status.report(report(device, EPOCH, NOW, 1, 2, 3))).isEqualTo(new ReportAnswer(EPOCH, 3, List.of()));
        assertThat(stored(device)).isEqualTo("1 2 3");
    }

    @Test
    void messages_sent_once_more_are_acknowledged_and_not_stored_twice() {
        DeviceId device = device("s-2");
        ReportAnswer first = status.report(report(device, EPOCH, NOW, 1, 2));
        assertThat(status.report(report(device, EPOCH, NOW, 1, 2, 3)).committed())
                .isEqualTo(3);
        assertThat(status.report(report(device, EPOCH, NOW, 1, 2))).isEqualTo(new ReportAnswer(EPOCH, 3, List.of()));
        assertThat(first.committed()).isEqualTo(2);
        assertThat(stored(device)).isEqualTo("1 2 3");
        assertThat(await(status.service.history(ANNA, device, "lamp.hours", NOW, NOW.plusSeconds(1), 10)))
                .hasSize(3);
    }

    @Test
    void a_second_holder_loses_nothing_because_nothing_of_it_is_taken_for_a_duplicate() {
        DeviceId device = status.fleet.enrolled("s-30", EPOCH);
        String both = await(status.fleet.polled(new Polled(device, null, 0, "1.0", "10.0.0.1", null)))
                .token();
        String mine = await(status.fleet.polled(new Polled(device, both, 0, "1.0", "10.0.0.1", null)))
                .token();
        assertThat(status.report(shown(device, mine, 1)).committed()).isEqualTo(1);

        // The copy has polled with the same token: until one has gone on, neither may report.
        String copy = await(status.fleet.polled(new Polled(device, both, 0, "1.0", "10.0.0.2", null)))
                .token();
        for (String token : new String[] {both, mine, copy}) {
            assertThat(refused(shown(device, token, 2))).isEqualTo(Fault.BUSY);
        }
        String next = await(status.fleet.polled(new Polled(device, mine, 0, "1.0", "10.0.0.1", null)))
                .token();
        assertThat(refused(shown(device, copy, 2))).isEqualTo(Fault.BUSY);
        assertThat(status.report(shown(device, next, 2)).committed()).isEqualTo(2);

        // Its next poll shows it.
        assertThat(TestFleet.refused(status.fleet.polled(new Polled(device, copy, 0, "1.0", "10.0.0.2", null))))
                .isEqualTo(Fault.IDENTITY_HELD);
        assertThat(refused(shown(device, next, 3))).isEqualTo(Fault.IDENTITY_HELD);
        assertThat(refused(shown(device, copy, 2, 3))).isEqualTo(Fault.IDENTITY_HELD);

        Void kept = await(status.fleet.clones.keep(ANNA, device, 1, "-"));
        assertThat(kept).isNull();
        assertThat(refused(shown(device, copy, 2, 3))).isEqualTo(Fault.CERTIFICATE_REVOKED);
        assertThat(status.report(shown(device, next, 3)).committed()).isEqualTo(3);
        assertThat(stored(device)).isEqualTo("1 2 3");
    }

    private static Report shown(DeviceId device, String token, long... sequences) {
        Report report = report(device, EPOCH, NOW, sequences);
        return new Report(device, EPOCH, token, NOW, 0, report.messages());
    }

    private static Fault refused(Report report) {
        return TestFleet.refused(status.service.report(report));
    }

    @Test
    void spools_quarantine_and_open_alarms_of_a_device_are_bounded() {
        DeviceId device = device("s-31");
        for (int i = 0; i < 10; i++) {
            assertThat(status.report(report(device, TestFleet.hex(100 + i), NOW, 1))
                            .committed())
                    .isEqualTo(1);
        }
        assertThat(refused(report(device, TestFleet.hex(200), NOW, 1))).isEqualTo(Fault.TOO_MANY_ITEMS);
        assertThat(status.report(report(device, TestFleet.hex(100), NOW, 2)).committed())
                .isEqualTo(2);

        status.fleet.postgres.execute(
                "INSERT INTO quarantine (device, epoch, sequence, fault, received_at, body)"
                        + " SELECT 's-31', repeat('9', 32), n, 'invalid', now(), '' FROM generate_series(1, 1000) n",
                "INSERT INTO alarm (device, code, severity, raised_at, last_seen, count, received_at)"
                        + " SELECT 's-31', 'a-' || n, 'info', now(), now(), 1, now() FROM generate_series(1, 500) n");
        StatusMessage alarming = new StatusMessage(
                4,
                NOW,
                List.of(),
                List.of(
                        new AlarmChange("one-more", Severity.ERROR, "x", true),
                        new AlarmChange("a-7", Severity.ERROR, "again", true)),
                List.of(),
                List.of());
        ReportAnswer answer = status.report(new Report(
                device,
                TestFleet.hex(100),
                null,
                NOW,
                0,
                List.of(new Parsed.Unfit(3, Fault.INVALID, new byte[3]), new Parsed.Fit(alarming))));
        assertThat(answer.committed()).isEqualTo(4);
        assertThat(answer.rejected()).hasSize(1);
        assertThat(status.fleet.count("quarantine WHERE device = 's-31'")).isEqualTo(1000);
        assertThat(status.fleet.count("alarm WHERE device = 's-31'")).isEqualTo(500);
        assertThat(status.fleet.postgres.value("SELECT count FROM alarm WHERE device = 's-31' AND code = 'a-7'"))
                .isEqualTo("2");
    }

    @Test
    void gaps_are_legal() {
        DeviceId device = device("s-3");
        assertThat(status.report(report(device, EPOCH, NOW, 5, 900)).committed())
                .isEqualTo(900);
        assertThat(status.report(report(device, EPOCH, NOW, 901)).committed()).isEqualTo(901);
        assertThat(stored(device)).isEqualTo("5 900 901");
    }

    @Test
    void what_comes_behind_a_later_message_counts_as_settled() {
        DeviceId device = device("s-4");
        assertThat(status.report(report(device, EPOCH, NOW, 5)).committed()).isEqualTo(5);
        assertThat(status.report(report(device, EPOCH, NOW, 4)).committed()).isEqualTo(5);
        assertThat(stored(device)).isEqualTo("5");
    }

    @Test
    void each_epoch_has_its_own_numbers() {
        DeviceId device = device("s-5");
        assertThat(status.report(report(device, EPOCH, NOW, 1, 2)).committed()).isEqualTo(2);
        assertThat(status.report(report(device, TestFleet.hex(0xe2), NOW, 1)).committed())
                .isEqualTo(1);
        assertThat(stored(device)).isEqualTo("1 2 1");
    }

    @Test
    void a_report_without_messages_is_answered_with_what_is_committed() {
        DeviceId device = device("s-6");
        assertThat(status.report(report(device, EPOCH, NOW)).committed()).isZero();
        assertThat(status.report(report(device, EPOCH, NOW, 7)).committed()).isEqualTo(7);
        assertThat(status.report(report(device, EPOCH, NOW)).committed()).isEqualTo(7);
    }

    @Test
    void an_unfit_message_is_quarantined_and_named_as_often_as_it_is_sent() {
        DeviceId device = device("s-7");
        Report report = of(
                device,
                number(1, NOW, "a", 1),
                new Parsed.Unfit(2, Fault.DUPLICATE_ITEM, new byte[] {65}),
                number(3, NOW, "a", 3));
        ReportAnswer answer = new ReportAnswer(EPOCH, 3, List.of(new Rejection(2, Fault.DUPLICATE_ITEM)));
        assertThat(status.report(report)).isEqualTo(answer);
        assertThat(status.report(report)).isEqualTo(answer);
        assertThat(stored(device)).isEqualTo("1 3");
        assertThat(await(status.service.quarantine(ANNA, device, 10)))
                .singleElement()
                .satisfies(refused -> {
                    assertThat(refused.sequence()).isEqualTo(2);
                    assertThat(refused.fault()).isEqualTo("duplicate-item");
                    assertThat(refused.body()).containsExactly(65);
                });
    }

    @Test
    void a_message_of_1999_blocks_nothing() {
        DeviceId device = device("s-8");
        Instant of1999 = Instant.parse("1999-12-31T23:59:59Z");
        ReportAnswer answer = status.report(of(
                device,
                number(1, of1999, "a", 1),
                number(2, NOW.plus(Duration.ofHours(25)), "a", 2),
                number(3, NOW.minus(Duration.ofDays(399)), "a", 3)));
        assertThat(answer)
                .isEqualTo(new ReportAnswer(
                        EPOCH, 3, List.of(new Rejection(1, Fault.OBSERVED_AT), new Rejection(2, Fault.OBSERVED_AT))));
        assertThat(stored(device)).isEqualTo("3");
    }

    @Test
    void a_wrong_clock_is_corrected_by_its_offset_and_a_slow_journey_is_not() {
        DeviceId wrong = device("s-9");
        Instant its = Instant.parse("1999-12-31T23:59:59.5Z");
        Report report = new Report(wrong, EPOCH, null, its, 0, List.of(number(1, its.minusSeconds(60), "a", 1)));
        assertThat(status.report(report).rejected()).isEmpty();
        assertThat(await(status.service.latest(ANNA, wrong)))
                .singleElement()
                .satisfies(value -> assertThat(value.observedAt()).isEqualTo(NOW.minusSeconds(60)));

        DeviceId slow = device("s-10");
        Instant sent = NOW.minusMillis(1_900);
        Report late = new Report(slow, EPOCH, null, sent, 0, List.of(number(1, sent, "a", 1)));
        assertThat(status.report(late).rejected()).isEmpty();
        assertThat(await(status.service.latest(ANNA, slow)))
                .singleElement()
                .satisfies(value -> assertThat(value.observedAt()).isEqualTo(sent));
        assertThat(await(status.fleet.devices.get(ANNA, slow)).contact().clockOffsetMillis())
                .isEqualTo(-1_900);
    }

    @Test
    void the_latest_value_is_the_one_observed_last() {
        DeviceId device = device("s-11");
        ReportAnswer unused = status.report(of(
                device,
                number(1, NOW.minusSeconds(5), "a", 1),
                number(2, NOW.minusSeconds(9), "a", 2),
                message(3, NOW.minusSeconds(9), DataItem.ofText("b", "idle"))));
        assertThat(await(status.service.latest(ANNA, device)))
                .containsExactly(
                        new LatestValue("a", 1.0, null, "h", NOW.minusSeconds(5), NOW),
                        new LatestValue("b", null, "idle", null, NOW.minusSeconds(9), NOW));
        ReportAnswer older = status.report(of(device, number(4, NOW.minusSeconds(8), "a", 4)));
        assertThat(older.committed()).isEqualTo(4);
        assertThat(await(status.service.latest(ANNA, device)))
                .first()
                .satisfies(value -> assertThat(value.number()).isEqualTo(1.0));
    }

    @Test
    void a_value_from_the_future_is_replaced_by_the_next() {
        DeviceId device = device("s-19");
        ReportAnswer ahead = status.report(of(device, number(1, NOW.plus(Duration.ofHours(23)), "a", 1)));
        ReportAnswer next = status.report(of(device, number(2, NOW, "a", 2)));
        assertThat(ahead.committed() + next.committed()).isEqualTo(3);
        assertThat(await(status.service.latest(ANNA, device)))
                .singleElement()
                .satisfies(value -> assertThat(value.number()).isEqualTo(2.0));
    }

    @Test
    void a_result_that_ended_before_all_calendars_is_refused_by_itself() {
        DeviceId device = device("s-20");
        Instant far = Instant.parse("9998-01-01T00:00:00Z");
        InstructionResult result = new InstructionResult(1, Outcome.DONE, "", Instant.parse("1900-01-01T00:00:00Z"));
        Parsed bad = new Parsed.Fit(new StatusMessage(1, far, List.of(), List.of(), List.of(), List.of(result)));
        Report report = new Report(device, EPOCH, null, far, 0, List.of(bad, number(2, far, "a", 1)));
        assertThat(status.report(report))
                .isEqualTo(new ReportAnswer(EPOCH, 2, List.of(new Rejection(1, Fault.OBSERVED_AT))));
    }

    @Test
    void two_spools_of_one_device_do_not_stand_in_each_others_way() {
        DeviceId device = device("s-21");
        List<DataItem> forth = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            forth.add(DataItem.ofNumber("item." + i, i, null));
        }
        List<DataItem> back = new ArrayList<>(forth);
        java.util.Collections.reverse(back);
        Writer writer =
                new GroupWriter(status.fleet.database, status.fleet.contacts, status.instructions, status.fleet.clock);
        List<Future<List<SliceOutcome>>> written = new ArrayList<>();
        for (int i = 1; i <= 100; i++) {
            Parsed message = message(i, NOW, (i % 2 == 0 ? forth : back).toArray(DataItem[]::new));
            written.add(writer.write(
                    List.of(new Slice(device, TestFleet.hex(i % 2), null, Duration.ZERO, 0, List.of(message)))));
        }
        written.forEach(one -> assertThat(await(one)).hasSize(1));
    }

    private static Parsed alarm(long sequence, String text, boolean raised) {
        AlarmChange change = new AlarmChange("E-42", Severity.ERROR, text, raised);
        return new Parsed.Fit(new StatusMessage(
                sequence, NOW.plusSeconds(sequence), List.of(), List.of(change), List.of(), List.of()));
    }

    @Test
    void an_alarm_is_open_from_its_raising_to_its_clearing() {
        DeviceId device = device("s-12");
        ReportAnswer raised = status.report(of(device, alarm(1, "hot", true), alarm(2, "hotter", true)));
        assertThat(raised.committed()).isEqualTo(2);
        assertThat(await(status.service.openAlarms(ANNA, device)))
                .singleElement()
                .satisfies(alarm -> {
                    assertThat(alarm.text()).isEqualTo("hotter");
                    assertThat(alarm.count()).isEqualTo(2);
                    assertThat(alarm.raisedAt()).isEqualTo(NOW.plusSeconds(1));
                    assertThat(alarm.lastSeen()).isEqualTo(NOW.plusSeconds(2));
                });
        ReportAnswer cleared = status.report(of(device, alarm(3, null, false), alarm(4, null, false)));
        assertThat(cleared.committed()).isEqualTo(4);
        assertThat(await(status.service.openAlarms(ANNA, device))).isEmpty();
    }

    @Test
    void an_alarm_that_comes_and_goes_within_a_group_leaves_each_of_its_lives() {
        DeviceId device = device("s-13");
        ReportAnswer unused = status.report(of(
                device,
                alarm(1, "a", true),
                alarm(2, null, false),
                alarm(3, "b", true),
                alarm(4, null, false),
                alarm(5, "c", true)));
        assertThat(status.fleet.count("alarm WHERE device = 's-13'")).isEqualTo(3);
        assertThat(await(status.service.openAlarms(ANNA, device)))
                .singleElement()
                .satisfies(alarm -> assertThat(alarm.text()).isEqualTo("c"));
    }

    @Test
    void events_are_kept() {
        DeviceId device = device("s-14");
        DeviceEvent event = new DeviceEvent("start", Severity.INFO, "Zeile eins\nLine two");
        ReportAnswer unused = status.report(
                of(device, new Parsed.Fit(new StatusMessage(1, NOW, List.of(), List.of(), List.of(event), List.of()))));
        assertThat(await(status.service.events(ANNA, device, NOW, NOW.plusSeconds(1), 5)))
                .containsExactly(new PastEvent("start", Severity.INFO, "Zeile eins\nLine two", NOW, NOW));
    }

    @Test
    void the_first_result_of_an_instruction_counts_and_an_unknown_one_is_ignored() {
        DeviceId device = status.fleet.enrolled("s-15", TestFleet.hex(1));
        long number = await(status.instructions.create(ANNA, device, new Act.Collect(), Instructions.VALIDITY));
        InstructionResult interrupted = new InstructionResult(number, Outcome.INTERRUPTED, "power", NOW);
        InstructionResult done = new InstructionResult(number, Outcome.DONE, "later", NOW);
        InstructionResult unknown = new InstructionResult(99, Outcome.DONE, "", NOW);
        ReportAnswer answer = status.report(of(
                device,
                new Parsed.Fit(new StatusMessage(
                        1, NOW, List.of(), List.of(), List.of(), List.of(interrupted, done, unknown)))));
        assertThat(answer.committed()).isEqualTo(1);
        assertThat(await(status.instructions.list(ANNA, device, 10)))
                .singleElement()
                .satisfies(instruction -> {
                    assertThat(instruction.state()).isEqualTo(Instruction.State.INTERRUPTED);
                    assertThat(instruction.detail()).isEqualTo("power");
                    assertThat(instruction.reportedAt()).isEqualTo(NOW);
                });
    }

    @Test
    void a_report_of_an_unknown_device_is_refused_and_harms_no_other() {
        DeviceId known = device("s-16");
        Future<ReportAnswer> foreign = status.service.report(report(new DeviceId("stranger"), EPOCH, NOW, 1));
        Future<ReportAnswer> good = status.service.report(report(known, EPOCH, NOW, 1));
        assertThat(TestFleet.refused(foreign)).isEqualTo(Fault.UNKNOWN_DEVICE);
        assertThat(await(good).committed()).isEqualTo(1);
    }

    private static Parsed.Fit items(long sequence, int from, int to) {
        List<DataItem> items = new ArrayList<>();
        for (int i = from; i < to; i++) {
            items.add(DataItem.ofNumber("item." + i, i, null));
        }
        return message(sequence, NOW, items.toArray(DataItem[]::new));
    }

    @Test
    void a_device_has_five_hundred_items_at_most() {
        DeviceId device = device("s-17");
        ReportAnswer answer = status.report(of(
                device, items(1, 0, 200), items(2, 200, 400), items(3, 400, 501), items(4, 400, 500), items(5, 0, 9)));
        assertThat(answer.rejected()).containsExactly(new Rejection(3, Fault.TOO_MANY_ITEMS));
        assertThat(status.fleet.count("latest_value WHERE device = 's-17'")).isEqualTo(500);
    }

    @Test
    void after_its_first_day_a_device_has_ten_new_items_an_hour() {
        DeviceId device = device("s-18");
        ReportAnswer first = status.report(of(device, items(1, 0, 101)));
        assertThat(first.rejected()).isEmpty();
        status.fleet.postgres.execute(
                "UPDATE latest_value SET first_received = first_received - interval '25 hours' WHERE device = 's-18'");
        ReportAnswer answer =
                status.report(of(device, items(2, 101, 107), items(3, 107, 112), items(4, 107, 111), items(5, 0, 111)));
        assertThat(answer.rejected()).containsExactly(new Rejection(3, Fault.TOO_MANY_ITEMS));
        assertThat(status.fleet.count("latest_value WHERE device = 's-18'")).isEqualTo(111);
    }
}
