package io.fairlead.enterprise.reach;

import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.MovingClock;
import io.fairlead.enterprise.fleet.TestFleet;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SiteChecksTest {
    private static final MovingClock CLOCK = new MovingClock(Instant.parse("2026-11-22T09:00:00Z"));
    private static TestFleet fleet;
    private static SiteChecks checks;

    @BeforeAll
    static void start() {
        fleet = new TestFleet(CLOCK);
        checks = new SiteChecks(fleet.database, fleet.devices, fleet.audit, CLOCK);
    }

    @AfterAll
    static void stop() {
        fleet.close();
    }

    @Test
    void the_last_check_of_a_device_and_the_one_before_are_kept_and_each_is_audited() {
        DeviceId device = fleet.registered("reach-1");
        List<DeviceId> heard = new ArrayList<>();
        checks.onChange(heard::add);
        assertThat(await(checks.of(TestFleet.ANNA, device))).isEqualTo(new LastChecks(null, null));

        SiteCheck first = check(row("a.example", null), row("b.example", Trouble.DROPPED));
        take(device, first);
        CLOCK.advance(Duration.ofSeconds(1));
        SiteCheck second = check(row("a.example", null), row("b.example", null));
        take(device, second);
        CLOCK.advance(Duration.ofSeconds(1));
        SiteCheck third = check(row("a.example", Trouble.TLS_INSPECTION));
        take(device, third);

        LastChecks last = await(checks.of(TestFleet.ANNA, device));
        assertThat(last.newest()).isEqualTo(new KeptCheck(CLOCK.instant(), third));
        assertThat(last.before().check()).isEqualTo(second);
        assertThat(fleet.count("device_reach WHERE device = 'reach-1'")).isEqualTo(2);
        assertThat(fleet.postgres.value("SELECT string_agg(actor || ' ' || detail, ', ' ORDER BY id) FROM audit_entry"
                        + " WHERE subject = 'reach-1' AND code = 'device.reach-reported'"))
                .isEqualTo("device:reach-1 required=2 missing=1 list=2026112200,"
                        + " device:reach-1 required=2 missing=0 list=2026112200,"
                        + " device:reach-1 required=1 missing=1 list=2026112200");
        assertThat(heard).containsExactly(device, device, device);
    }

    @Test
    void a_check_said_again_changes_nothing_and_more_than_thirty_an_hour_are_not_taken() {
        DeviceId device = fleet.registered("reach-2");
        SiteCheck first = check(row("a.example", null));
        take(device, first);
        take(device, first);
        assertThat(fleet.count("device_reach WHERE device = 'reach-2'")).isOne();
        for (int i = 1; i < SiteChecks.MOST_AN_HOUR; i++) {
            CLOCK.advance(Duration.ofSeconds(1));
            take(device, check(row("a.example", null)));
        }
        CLOCK.advance(Duration.ofSeconds(1));
        assertThat(TestFleet.refused(checks.take(device, check(row("a.example", null)))))
                .isEqualTo(Fault.BUSY);
        assertThat(fleet.count("audit_entry WHERE subject = 'reach-2' AND code = 'device.reach-reported'"))
                .isEqualTo(SiteChecks.MOST_AN_HOUR);
        CLOCK.advance(Duration.ofHours(1));
        take(device, check(row("a.example", null)));
    }

    @Test
    void a_muted_device_is_heard_and_a_time_that_no_clock_shows_is_refused() {
        DeviceId device = fleet.registered("reach-3");
        fleet.postgres.execute("UPDATE device SET muted = true WHERE id = 'reach-3'");
        take(device, check(row("a.example", null)));
        for (Instant never : List.of(Instant.MIN, Instant.MAX, Instant.parse("1970-01-01T00:00:00Z"))) {
            SiteCheck check = new SiteCheck(never, null, 0, List.of(row("a.example", null)));
            assertThat(TestFleet.refused(checks.take(device, check))).isEqualTo(Fault.OBSERVED_AT);
        }
    }

    @Test
    void who_may_not_see_a_device_sees_no_check_of_it() {
        DeviceId device = fleet.registered("reach-4", "AP", "Elsewhere");
        take(device, check(row("a.example", null)));
        Actor eve = fleet.granted("eve", "service-engineer", "EU", null);

        assertThat(TestFleet.refused(checks.of(eve, device))).isEqualTo(Fault.UNKNOWN_DEVICE);
    }

    @Test
    void rows_stand_in_order_whatever_the_device_sent_first() {
        SiteCheck check = check(row("b.example", null), row("z.example", Trouble.CUT), row("a.example", null));

        assertThat(check.rows()).extracting(CheckedRow::host).containsExactly("z.example", "a.example", "b.example");
        assertThat(check.good()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "<b>", "a\n", "évêque.example", "-a", "a'; DROP TABLE device"})
    void what_is_no_host_is_refused(String host) {
        assertInvalid(() -> row(host, null));
        assertInvalid(() -> row("a".repeat(254), null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u001b[2J", "a\nb", "a\u202eb", "a\u200bb", "a\ud800"})
    void words_that_are_no_plain_text_or_too_long_are_refused(String found) {
        assertInvalid(() -> row("a.example", Trouble.CUT, found));
        assertInvalid(() -> row("a.example", Trouble.CUT, "x".repeat(301)));
    }

    @Test
    void more_rows_none_or_another_version_than_the_contract_allows_are_refused() {
        List<CheckedRow> many = Collections.nCopies(201, row("a.example", null));

        assertInvalid(() -> new SiteCheck(Instant.EPOCH, null, 0, many));
        assertInvalid(() -> new SiteCheck(Instant.EPOCH, null, 0, List.of()));
        assertInvalid(() -> new SiteCheck(Instant.EPOCH, "<b>", 0, many.subList(0, 1)));
        assertInvalid(() -> new SiteCheck(Instant.EPOCH, null, -1, many.subList(0, 1)));
    }

    private static void assertInvalid(org.assertj.core.api.ThrowableAssert.ThrowingCallable made) {
        assertThatThrownBy(made)
                .isInstanceOfSatisfying(
                        Refusal.class, refused -> assertThat(refused.fault()).isEqualTo(Fault.INVALID));
    }

    private static void take(DeviceId device, SiteCheck check) {
        Void unused = await(checks.take(device, check));
    }

    private static SiteCheck check(CheckedRow... rows) {
        return new SiteCheck(CLOCK.instant(), "2026112200", 0, List.of(rows));
    }

    private static CheckedRow row(String host, @Nullable Trouble trouble) {
        return row(host, trouble, trouble == null ? "" : "something was met");
    }

    private static CheckedRow row(String host, @Nullable Trouble trouble, String found) {
        return new CheckedRow(
                host,
                CheckedRow.Protocol.TCP,
                443,
                true,
                trouble == null ? Reached.OPEN : Reached.FAILED,
                trouble,
                Way.DIRECT,
                found);
    }
}
