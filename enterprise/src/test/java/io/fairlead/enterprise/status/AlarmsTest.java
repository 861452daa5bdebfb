package io.fairlead.enterprise.status;

import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.enterprise.audit.AuditRow;
import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.MovingClock;
import io.fairlead.enterprise.fleet.Remark;
import io.fairlead.enterprise.fleet.TestFleet;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.enterprise.status.Alarms.Acknowledgement;
import io.fairlead.enterprise.status.Alarms.Place;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AlarmsTest {
    private static final Actor ANNA = Actor.operatingSystem("anna");
    private static final Actor BEN = Actor.operatingSystem("ben");
    private static final String EPOCH = TestFleet.hex(0xe1);
    private static final MovingClock CLOCK = new MovingClock(Instant.parse("2026-11-21T12:00:00Z"));
    private static TestStatus status;
    private static Alarms alarms;
    private long sequence;

    @BeforeAll
    static void start() {
        status = new TestStatus(CLOCK, StatusSettings.defaults());
        alarms = new Alarms(status.fleet.database, status.fleet.devices, status.fleet.audit, CLOCK);
    }

    @AfterAll
    static void stop() {
        status.close();
    }

    private void say(DeviceId device, boolean raised, String... codes) {
        CLOCK.advance(Duration.ofSeconds(1));
        Instant now = CLOCK.instant();
        List<AlarmChange> changes = new ArrayList<>();
        for (String code : codes) {
            changes.add(new AlarmChange(code, Severity.ERROR, "door open", raised));
        }
        StatusMessage message = new StatusMessage(++sequence, now, List.of(), changes, List.of(), List.of());
        ReportAnswer answer = status.report(new Report(device, EPOCH, null, now, 0, List.of(new Parsed.Fit(message))));
        assertThat(answer.committed()).isEqualTo(sequence);
    }

    private static Alarm only(DeviceId device) {
        List<Alarm> open = await(alarms.open(ANNA, device));
        assertThat(open).hasSize(1);
        return open.get(0);
    }

    private static List<String> audited(DeviceId device) {
        return await(status.fleet.audit.list(50, device.value())).stream()
                .filter(row -> row.code().startsWith("alarm."))
                .map(row -> row.actor() + " " + row.code())
                .toList();
    }

    @Test
    void the_first_who_acknowledges_counts_and_the_second_is_told_and_keeps_his_comment() {
        DeviceId device = status.fleet.registered("a-1");
        say(device, true, "door");
        long id = only(device).id();

        List<Acknowledgement> both = await(Future.all(
                        alarms.acknowledge(ANNA, id, new Remark("I go there")),
                        alarms.acknowledge(BEN, id, new Remark("me too")))
                .map(done -> done.<Acknowledgement>list()));

        assertThat(both).extracting(Acknowledgement::first).containsExactlyInAnyOrder(true, false);
        Alarm alarm = only(device);
        String winner = both.get(0).first() ? "os:anna" : "os:ben";
        assertThat(alarm.acknowledged()).isEqualTo(new Alarm.Acknowledged(winner, CLOCK.instant()));
        assertThat(both.get(winner.equals("os:anna") ? 1 : 0)
                        .alarm()
                        .acknowledged()
                        .by())
                .isEqualTo(winner);
        assertThat(alarm.comments()).extracting(Alarm.Comment::text).containsExactlyInAnyOrder("I go there", "me too");
        assertThat(audited(device))
                .containsExactlyInAnyOrder(
                        winner + " alarm.acknowledged", "os:anna alarm.commented", "os:ben alarm.commented");
    }

    @Test
    void an_alarm_that_clears_keeps_what_people_did_and_raised_again_is_another() {
        DeviceId device = status.fleet.registered("a-2");
        say(device, true, "door");
        long first = only(device).id();
        assertThat(await(alarms.acknowledge(ANNA, first, null)).first()).isTrue();
        say(device, true, "door");
        assertThat(only(device).acknowledged()).isNotNull();

        say(device, false, "door");
        say(device, true, "door");

        Alarm again = only(device);
        assertThat(again.id()).isNotEqualTo(first);
        assertThat(again.acknowledged()).isNull();
        Alarm past = await(alarms.past(ANNA, device, null, 10)).get(0);
        assertThat(past.id()).isEqualTo(first);
        assertThat(past.acknowledged().by()).isEqualTo("os:anna");
        assertThat(past.closedBy()).isNull();
        assertThat(await(alarms.comment(BEN, first, new Remark("it was the cleaner")))
                        .comments())
                .hasSize(1);
    }

    @Test
    void a_person_closes_what_its_source_forgot_but_not_what_the_enterprise_itself_says() {
        DeviceId device = status.fleet.registered("a-3");
        say(device, true, "door");
        long id = only(device).id();

        Alarm closed = await(alarms.close(ANNA, id, new Remark("the module was taken out")));

        assertThat(closed.isOpen()).isFalse();
        assertThat(closed.closedBy()).isEqualTo("os:anna");
        assertThat(closed.comments()).extracting(Alarm.Comment::text).containsExactly("the module was taken out");
        assertThat(TestFleet.refused(alarms.close(BEN, id, new Remark("once more"))))
                .isEqualTo(Fault.CONFLICT);
        assertThat(await(alarms.get(ANNA, id)).comments()).hasSize(1);
        say(device, true, "door");
        assertThat(only(device).id()).isNotEqualTo(id);
        Alarm unusedClosed = await(alarms.close(ANNA, only(device).id(), new Remark("-")));

        Void raised = await(new OwnAlarms(status.fleet.database, CLOCK)
                .open("fairlead/test", Map.of("a-3", new OwnAlarms.Raised(Severity.CRITICAL, "stolen"))));
        assertThat(TestFleet.refused(alarms.close(ANNA, only(device).id(), new Remark("go away"))))
                .isEqualTo(Fault.CONFLICT);
        assertThat(only(device).isOpen()).isTrue();
    }

    @Test
    void past_alarms_come_page_by_page_none_twice_and_none_left_out() {
        DeviceId device = status.fleet.registered("a-4");
        String[] codes = {"c1", "c2", "c3", "c4", "c5", "c6", "c7"};
        say(device, true, codes);
        // All of them at one moment, so that the time alone cannot tell one page from the next.
        say(device, false, codes);
        List<Long> seen = new ArrayList<>();
        Place after = null;
        for (int page = 0; page < 5; page++) {
            List<Alarm> alarmsOfPage = await(alarms.past(ANNA, device, after, 3));
            alarmsOfPage.forEach(alarm -> seen.add(alarm.id()));
            if (alarmsOfPage.size() < 3) {
                break;
            }
            Alarm last = alarmsOfPage.get(2);
            after = new Place(last.clearedAt(), last.id());
        }
        assertThat(seen).hasSize(7).doesNotHaveDuplicates();
    }

    @Test
    void who_may_not_see_a_device_does_not_learn_that_its_alarm_is_there() {
        DeviceId device = status.fleet.registered("a-5");
        say(device, true, "door");
        long id = only(device).id();
        Actor stranger = Actor.person("nobody", true);
        assertThat(TestFleet.refused(alarms.get(stranger, id))).isEqualTo(Fault.NOT_FOUND);
        assertThat(TestFleet.refused(alarms.acknowledge(stranger, id, null))).isEqualTo(Fault.NOT_FOUND);
        assertThat(TestFleet.refused(alarms.comment(ANNA, 999_999, new Remark("x"))))
                .isEqualTo(Fault.NOT_FOUND);
        assertThat(audited(device)).isEmpty();
    }

    @Test
    void a_remark_is_text_that_people_wrote() {
        assertThat(new Remark("  two\r\nlines\t✓ 👩‍🔬 ").value()).isEqualTo("two\nlines\t✓ 👩‍🔬");
        assertThat(new Remark("x".repeat(4_000)).value()).hasSize(4_000);
        for (String bad :
                List.of("", " \n ", "x".repeat(4_001), "\u001b[31mred", "a\u202egpj.exe", "\ud800", "a\u0000")) {
            assertThatThrownBy(() -> new Remark(bad)).isInstanceOf(Refusal.class);
        }
    }

    @Test
    void every_deed_stands_in_the_audit_of_its_device() {
        DeviceId device = status.fleet.registered("a-6");
        say(device, true, "door");
        long id = only(device).id();
        Alarm unused = await(alarms.acknowledge(ANNA, id, null)).alarm();
        Alarm unusedClosed = await(alarms.close(BEN, id, new Remark("done")));
        List<AuditRow> rows = await(status.fleet.audit.list(50, device.value()));
        assertThat(rows.get(0).detail()).isEqualTo("alarm=" + id + " code=door");
        assertThat(audited(device))
                .containsExactly("os:ben alarm.commented", "os:ben alarm.closed", "os:anna alarm.acknowledged");
    }
}
