package io.fairlead.enterprise.fleet;

import static io.fairlead.enterprise.fleet.TestFleet.ANNA;
import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.soap.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ClonesTest {
    private static final String FIRST = TestFleet.hex(0xc1);
    private static final String SECOND = TestFleet.hex(0xc2);
    private static final MovingClock CLOCK = new MovingClock(Instant.parse("2026-11-21T12:00:00Z"));
    private static TestFleet fleet;

    @BeforeAll
    static void start() {
        fleet = new TestFleet(CLOCK);
    }

    @AfterAll
    static void stop() {
        fleet.close();
    }

    /** The PC where the instrument stands. */
    private static Polled here(DeviceId device, String token) {
        return new Polled(device, token, 0, "1.0", "10.0.0.1", FIRST);
    }

    /** The copy of its disk. */
    private static Polled there(DeviceId device, String token) {
        return new Polled(device, token, 0, "0.9", "10.0.0.2", SECOND);
    }

    private static String rolled(Polled poll) {
        return await(fleet.polled(poll)).token();
    }

    private static Fault refused(Polled poll) {
        return TestFleet.refused(fleet.polled(poll));
    }

    private static HeldDevice held(DeviceId device) {
        return await(fleet.clones.list(ANNA)).stream()
                .filter(one -> one.device().equals(device))
                .findFirst()
                .orElseThrow();
    }

    /** Two holders of one token go on both; answers what the first may present next. */
    private static String[] cloned(DeviceId device) {
        String both = rolled(here(device, null));
        String mine = rolled(here(device, both));
        String yours = rolled(there(device, both));
        String next = rolled(here(device, mine));
        assertThat(refused(there(device, yours))).isEqualTo(Fault.IDENTITY_HELD);
        return new String[] {next, yours};
    }

    @Test
    void two_that_go_on_from_one_token_are_held_and_both_are_refused_and_told_apart() {
        DeviceId device = fleet.enrolled("k-1", TestFleet.hex(1));
        String[] tokens = cloned(device);
        CLOCK.advance(Duration.ofSeconds(60));
        assertThat(refused(here(device, tokens[0]))).isEqualTo(Fault.IDENTITY_HELD);
        assertThat(refused(there(device, tokens[1]))).isEqualTo(Fault.IDENTITY_HELD);

        HeldDevice held = held(device);
        assertThat(held.why()).contains("10.0.0.2").contains("10.0.0.1");
        assertThat(held.holders()).hasSize(2);
        assertThat(held.holders().get(0))
                .extracting(Holder::number, Holder::inStep, Holder::address, Holder::certificate, Holder::polls)
                .containsExactly(1, true, "10.0.0.1", FIRST, 1L);
        assertThat(held.holders().get(1))
                .extracting(Holder::number, Holder::inStep, Holder::address, Holder::agentVersion, Holder::polls)
                .containsExactly(2, false, "10.0.0.2", "0.9", 2L);
        assertThat(await(fleet.devices.get(ANNA, device)).contact().heldSince()).isEqualTo(held.since());
        assertThat(fleet.count("audit_entry WHERE subject = 'k-1' AND code = 'clone.held'"))
                .isEqualTo(1);
    }

    @Test
    void a_copy_that_wakes_a_week_later_is_held_at_its_first_poll_whatever_its_journal() {
        DeviceId device = fleet.enrolled("k-2", TestFleet.hex(1));
        String yesterday = rolled(here(device, null));
        String token = yesterday;
        for (int i = 0; i < 20; i++) {
            token = rolled(here(device, token));
        }
        CLOCK.advance(Duration.ofDays(7));
        assertThat(refused(new Polled(device, yesterday, 7, "1.0", "10.0.0.2", FIRST)))
                .isEqualTo(Fault.IDENTITY_HELD);
        assertThat(refused(here(device, token))).isEqualTo(Fault.IDENTITY_HELD);
    }

    @Test
    void a_poll_that_comes_minutes_late_is_put_off_once_and_holds_nobody_unless_somebody_asks_again() {
        DeviceId device = fleet.enrolled("k-9", TestFleet.hex(1));
        String given = rolled(here(device, null));
        String token = rolled(here(device, rolled(here(device, given))));
        CLOCK.advance(Duration.ofMinutes(4));

        assertThat(refused(here(device, given))).isEqualTo(Fault.BUSY);
        Rolled next = await(fleet.polled(here(device, token)));
        assertThat(next.certain()).isTrue();
        assertThat(reporting(device).refuses(given)).contains(Fault.BUSY);
        assertThat(reporting(device).refuses(token)).isEmpty();

        assertThat(refused(there(device, given))).isEqualTo(Fault.IDENTITY_HELD);
    }

    @Test
    void a_poll_whose_agent_has_hung_up_changes_nothing() {
        DeviceId device = fleet.enrolled("k-10", TestFleet.hex(1));
        String given = rolled(here(device, null));
        String token = rolled(here(device, rolled(here(device, given))));
        CLOCK.advance(Duration.ofHours(1));

        for (int i = 0; i < 3; i++) {
            assertThat(TestFleet.refused(fleet.database.inTransaction(
                            connection -> fleet.contacts.polled(connection, here(device, given), () -> true))))
                    .isEqualTo(Fault.BUSY);
        }
        assertThat(await(fleet.polled(here(device, token))).certain()).isTrue();
    }

    private static Reporting reporting(DeviceId device) {
        return await(fleet.database.inTransaction(connection -> fleet.contacts.lock(connection, List.of(device))))
                .get(device);
    }

    @Test
    void the_holder_in_step_is_kept_and_goes_on_while_the_other_needs_a_new_code() {
        DeviceId device = fleet.enrolled("k-3", TestFleet.hex(1));
        String[] tokens = cloned(device);
        await(fleet.clones.keep(ANNA, device, 1, "the PC in the lab"));

        assertThat(refused(there(device, tokens[1]))).isEqualTo(Fault.CERTIFICATE_REVOKED);
        Rolled next = await(fleet.polled(here(device, tokens[0])));
        assertThat(next.certain()).isTrue();
        assertThat(refused(there(device, tokens[1]))).isEqualTo(Fault.CERTIFICATE_REVOKED);
        assertThat(await(fleet.polled(here(device, next.token()))).certain()).isTrue();
        assertThat(await(fleet.clones.list(ANNA))).noneMatch(one -> one.device().equals(device));
        assertThat(
                        fleet.postgres.value(
                                "SELECT actor || ' ' || detail FROM audit_entry WHERE subject = 'k-3' AND code = 'clone.decided'"))
                .isEqualTo("os:anna keep=1 of=2 reason=the PC in the lab");
    }

    @Test
    void the_other_holder_may_be_kept_as_well_and_then_the_first_needs_a_new_code() {
        DeviceId device = fleet.enrolled("k-4", TestFleet.hex(1));
        String[] tokens = cloned(device);
        assertThat(refused(here(device, tokens[0]))).isEqualTo(Fault.IDENTITY_HELD);
        await(fleet.clones.keep(ANNA, device, 2, "-"));

        assertThat(refused(here(device, tokens[0]))).isEqualTo(Fault.CERTIFICATE_REVOKED);
        Rolled next = await(fleet.polled(there(device, tokens[1])));
        assertThat(next.certain()).isTrue();
        assertThat(await(fleet.polled(there(device, next.token()))).certain()).isTrue();
    }

    @Test
    void a_release_takes_whoever_polls_first_and_holds_again_when_there_is_another() {
        DeviceId device = fleet.enrolled("k-5", TestFleet.hex(1));
        String[] tokens = cloned(device);
        await(fleet.clones.release(ANNA, device, "restored from a backup"));
        Rolled next = await(fleet.polled(there(device, tokens[1])));
        assertThat(await(fleet.polled(there(device, next.token()))).certain()).isTrue();
        assertThat(refused(here(device, tokens[0]))).isEqualTo(Fault.IDENTITY_HELD);
    }

    @Test
    void a_new_enrolment_ends_it() {
        DeviceId device = fleet.enrolled("k-6", TestFleet.hex(1));
        String[] tokens = cloned(device);
        fleet.enrol(device, TestFleet.hex(2));
        assertThat(await(fleet.polled(here(device, null))).certain()).isTrue();
        assertThat(fleet.count("device_holder WHERE device = 'k-6'")).isZero();
        assertThat(tokens).hasSize(2);
    }

    @Test
    void who_makes_up_tokens_fills_no_table() {
        DeviceId device = fleet.enrolled("k-7", TestFleet.hex(1));
        String[] tokens = cloned(device);
        for (int i = 0; i < 30; i++) {
            assertThat(refused(there(device, TestFleet.hex(1_000 + i)))).isEqualTo(Fault.IDENTITY_HELD);
        }
        assertThat(held(device).holders()).hasSize(8);
        assertThat(tokens).hasSize(2);
    }

    @Test
    void a_decision_needs_a_device_that_is_held_and_a_holder_that_there_is() {
        DeviceId device = fleet.enrolled("k-8", TestFleet.hex(1));
        assertThat(TestFleet.refused(fleet.clones.keep(ANNA, device, 1, "-"))).isEqualTo(Fault.CONFLICT);
        assertThat(TestFleet.refused(fleet.clones.release(ANNA, new DeviceId("nobody"), "-")))
                .isEqualTo(Fault.UNKNOWN_DEVICE);
        String[] tokens = cloned(device);
        assertThat(TestFleet.refused(fleet.clones.keep(ANNA, device, 3, "-"))).isEqualTo(Fault.NOT_FOUND);
        assertThat(List.of(tokens)).hasSize(2);
        assertThat(held(device).holders()).hasSize(2);
    }
}
