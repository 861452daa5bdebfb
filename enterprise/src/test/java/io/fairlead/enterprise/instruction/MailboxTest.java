package io.fairlead.enterprise.instruction;

import static io.fairlead.enterprise.fleet.TestFleet.ANNA;
import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.ManualTimers;
import io.fairlead.enterprise.fleet.Polled;
import io.fairlead.enterprise.fleet.Standings;
import io.fairlead.enterprise.fleet.TestFleet;
import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.soap.Fault;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailboxTest {
    @TempDir
    Path folder;

    private static final Duration HOLD = Duration.ofSeconds(50);
    private static final Waiting WAITING = new Waiting(HOLD, () -> false);
    private static TestInstructions given;
    /** Time stands still here: what wakes a poll is a notification. */
    private static ManualTimers still;

    private static Mailbox mailbox;
    private static Mailbox otherNode;

    @BeforeAll
    static void start() {
        given = new TestInstructions();
        still = new ManualTimers();
        mailbox = given.mailbox(still);
        otherNode = given.mailbox(new ManualTimers());
    }

    @AfterAll
    static void stop() {
        Void here = await(mailbox.stop());
        Void there = await(otherNode.stop());
        given.close();
    }

    private static List<Long> sequences(Future<List<SignedOrder>> poll) {
        return await(poll).stream().map(SignedOrder::sequence).toList();
    }

    private static void untilRead(Mailbox polls) {
        while (await(polls.unread()) > 0) {
            TestFleet.breathe();
        }
    }

    @Test
    void what_waits_already_is_answered_at_once() {
        DeviceId device = given.device("m-1");
        long one = given.collect(device);
        long two = given.collect(device);
        assertThat(sequences(mailbox.park(device, 0, HOLD))).containsExactly(one, two);
        assertThat(sequences(mailbox.park(device, one, HOLD))).containsExactly(two);
    }

    @Test
    void an_open_poll_is_answered_by_the_next_instruction() {
        DeviceId device = given.device("m-2");
        Future<List<SignedOrder>> poll = mailbox.park(device, 0, HOLD);
        assertThat(given.collect(device)).isEqualTo(1);
        assertThat(sequences(poll)).containsExactly(1L);
    }

    @Test
    void an_instruction_given_at_one_node_wakes_the_poll_parked_at_another() {
        DeviceId device = given.device("m-3");
        Future<List<SignedOrder>> here = mailbox.park(device, 0, HOLD);
        Future<List<SignedOrder>> there = otherNode.park(device, 0, HOLD);
        untilRead(mailbox);
        untilRead(otherNode);
        assertThat(given.collect(device)).isEqualTo(1);
        assertThat(sequences(there)).containsExactly(1L);
        assertThat(sequences(here)).containsExactly(1L);
    }

    @Test
    void a_poll_returns_empty_at_its_time() {
        DeviceId device = given.device("m-4");
        Duration hold = Duration.ofSeconds(7);
        Future<List<SignedOrder>> poll = mailbox.park(device, 0, hold);
        Future<List<SignedOrder>> longer = mailbox.park(given.device("m-4b"), 0, HOLD);
        while (!poll.isComplete()) {
            still.fire(hold);
            TestFleet.breathe();
        }
        assertThat(await(poll)).isEmpty();
        assertThat(longer.isComplete()).isFalse();
    }

    @Test
    void a_hold_of_zero_asks_once() {
        DeviceId device = given.device("m-5");
        Mailbox moving = given.mailbox(Timers.of(given.fleet.vertx));
        assertThat(await(moving.park(device, 0, Duration.ZERO))).isEmpty();
        long number = given.collect(device);
        assertThat(sequences(moving.park(device, 0, Duration.ZERO))).containsExactly(number);
    }

    @Test
    void a_newer_poll_sends_the_older_home_empty() {
        DeviceId device = given.device("m-6");
        Future<List<SignedOrder>> older = mailbox.park(device, 0, HOLD);
        Future<List<SignedOrder>> newer = mailbox.park(device, 0, HOLD);
        assertThat(await(older)).isEmpty();
        assertThat(newer.isComplete()).isFalse();
        assertThat(given.collect(device)).isEqualTo(1);
        assertThat(sequences(newer)).containsExactly(1L);
    }

    @Test
    void a_lost_connection_loses_no_wake_up() {
        List<Future<List<SignedOrder>>> polls = new ArrayList<>();
        List<DeviceId> devices = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            devices.add(given.device("lost-" + i));
            polls.add(mailbox.park(devices.get(i), 0, HOLD));
        }
        untilRead(mailbox);
        int cut = 0;
        for (DeviceId device : devices) {
            if (device.value().endsWith("0") || device.value().endsWith("5")) {
                cut += given.fleet.postgres.cutConnections("fairlead-listen");
            }
            assertThat(given.collect(device)).isEqualTo(1);
        }
        assertThat(cut).isPositive();
        for (Future<List<SignedOrder>> poll : polls) {
            assertThat(sequences(poll)).containsExactly(1L);
        }
    }

    @Test
    void a_thousand_parked_polls_are_woken() {
        given.fleet.postgres.execute("""
                WITH made AS (
                    INSERT INTO device (id, customer, site, region, model, serial, enrolment, created_at)
                    SELECT 'many-' || n, 'c', 's', 'r', 'm', 'x', repeat('a', 32), now() FROM generate_series(1, 1000) n
                    RETURNING id)
                INSERT INTO device_contact (device) SELECT id FROM made
                """);
        List<Future<List<SignedOrder>>> polls = new ArrayList<>();
        for (int n = 1; n <= 1_000; n++) {
            polls.add(mailbox.park(new DeviceId("many-" + n), 0, HOLD));
        }
        untilRead(mailbox);
        List<Future<Long>> created = new ArrayList<>();
        for (int n = 1; n <= 1_000; n++) {
            created.add(given.instructions.create(
                    ANNA, new DeviceId("many-" + n), new Act.Collect(), Instructions.VALIDITY));
        }
        for (Future<Long> one : created) {
            assertThat(await(one)).isEqualTo(1);
        }
        for (Future<List<SignedOrder>> poll : polls) {
            assertThat(sequences(poll)).containsExactly(1L);
        }
    }

    @Test
    void a_foreign_notification_wakes_nobody_and_harms_nobody() {
        DeviceId device = given.device("m-7");
        Future<List<SignedOrder>> poll = mailbox.park(device, 0, HOLD);
        given.fleet.postgres.execute(
                "SELECT pg_notify('fairlead_instruction', 'no device''s id')",
                "SELECT pg_notify('fairlead_instruction', 'm-7')");
        assertThat(given.collect(device)).isEqualTo(1);
        assertThat(sequences(poll)).containsExactly(1L);
    }

    @Test
    void a_stop_sends_everyone_home_empty() {
        DeviceId device = given.device("m-8");
        Mailbox stopping = given.mailbox(new ManualTimers());
        Future<List<SignedOrder>> parked = stopping.park(device, 0, HOLD);
        Void unused = await(stopping.stop());
        assertThat(await(parked)).isEmpty();
        assertThat(await(stopping.park(device, 0, HOLD))).isEmpty();
    }

    @Test
    void a_hold_has_bounds() {
        DeviceId device = given.device("m-9");
        assertThat(TestFleet.refused(mailbox.park(device, 0, Duration.ofSeconds(56))))
                .isEqualTo(Fault.INVALID);
        assertThat(TestFleet.refused(mailbox.park(device, 0, Duration.ofSeconds(-1))))
                .isEqualTo(Fault.INVALID);
    }

    @Test
    void a_poll_goes_from_contact_to_signers() {
        DeviceId device = given.device("m-10");
        Polls polls = given.polls(mailbox);
        long number = given.collect(device);
        PollAnswer answer = await(polls.poll(new Polled(device, null, 0, "1.0", "10.1.1.1", null), WAITING));
        assertThat(answer.orders()).extracting(SignedOrder::sequence).containsExactly(number);
        assertThat(answer.signers()).singleElement().isEqualTo(new byte[] {3, 4});

        Future<PollAnswer> next =
                polls.poll(new Polled(device, answer.token(), number, "1.0", "10.1.1.1", null), WAITING);
        while (await(given.instructions.list(ANNA, device, 1)).get(0).state() != Instruction.State.JOURNALED) {
            TestFleet.breathe();
        }
        assertThat(given.collect(device)).isEqualTo(number + 1);
        assertThat(await(next).orders()).extracting(SignedOrder::sequence).containsExactly(number + 1);
        assertThat(await(next).token()).isNotEqualTo(answer.token());
    }

    @Test
    void a_second_holder_sends_the_first_home_at_the_other_node_and_neither_is_given_anything() {
        DeviceId device = given.device("m-12");
        Polls here = given.polls(mailbox);
        Polls there = given.polls(otherNode);
        String both = await(given.fleet.polled(polled(device, null))).token();
        Future<PollAnswer> first = here.poll(polled(device, both), WAITING);
        untilRead(mailbox);

        // A copy of the disk: it has the same token.
        PollAnswer copy = await(there.poll(polled(device, both), WAITING));
        assertThat(copy.orders()).isEmpty();
        PollAnswer home = await(first);
        assertThat(home.orders()).isEmpty();
        long number = given.collect(device);

        // The first to go on is not certain yet either; the second shows as a stray.
        assertThat(await(there.poll(polled(device, copy.token()), WAITING)).orders())
                .isEmpty();
        assertThat(TestFleet.refused(here.poll(polled(device, home.token()), WAITING)))
                .isEqualTo(Fault.IDENTITY_HELD);
        assertThat(TestFleet.refused(there.poll(polled(device, copy.token()), WAITING)))
                .isEqualTo(Fault.IDENTITY_HELD);

        Void kept = await(given.fleet.clones.keep(ANNA, device, 2, "-"));
        PollAnswer answer = await(here.poll(polled(device, home.token()), WAITING));
        while (answer.orders().isEmpty()) { // the news of the decision came while it was parked
            answer = await(here.poll(polled(device, answer.token()), WAITING));
        }
        assertThat(answer.orders()).extracting(SignedOrder::sequence).containsExactly(number);
    }

    @Test
    void what_comes_while_a_poll_is_not_the_newest_any_more_is_kept_for_the_one_that_is() {
        DeviceId device = given.device("m-13");
        Polls polls = given.polls(mailbox);
        String token = await(given.fleet.polled(polled(device, null))).token();
        Future<PollAnswer> parked = polls.poll(polled(device, token), WAITING);
        while (!await(mailbox.holds(device))) {
            TestFleet.breathe();
        }
        untilRead(mailbox);
        // Another node has taken a newer poll, and its notification is lost.
        given.fleet.postgres.execute("UPDATE device_contact SET turn = turn + 1 WHERE device = 'm-13'");
        long number = given.collect(device);
        PollAnswer answer = await(parked);
        assertThat(answer.orders()).isEmpty();
        assertThat(given.fleet.count("instruction WHERE device = 'm-13' AND delivered_at IS NOT NULL"))
                .isZero();
        assertThat(await(polls.poll(polled(device, answer.token()), WAITING)).orders())
                .extracting(SignedOrder::sequence)
                .containsExactly(number);
    }

    @Test
    void what_changes_about_a_devices_certificates_sends_its_poll_home_at_every_node() {
        DeviceId device = given.device("m-14");
        Future<List<SignedOrder>> here = mailbox.park(device, 0, HOLD);
        Future<List<SignedOrder>> there = otherNode.park(device, 0, HOLD);
        untilRead(mailbox);
        untilRead(otherNode);
        given.fleet.postgres.execute("SELECT pg_notify('fairlead_certificate', 'm-14')");
        assertThat(await(here)).isEmpty();
        assertThat(await(there)).isEmpty();
    }

    @Test
    void a_mute_sends_a_poll_home_at_every_node_and_what_waits_is_kept_until_the_unmute() throws Exception {
        DeviceId device = given.device("m-16");
        Standings standings = given.standings(folder);
        long number = given.collect(device);
        // Both have it in their journals.
        Future<List<SignedOrder>> here = mailbox.park(device, number, HOLD);
        Future<List<SignedOrder>> there = otherNode.park(device, number, HOLD);
        untilRead(mailbox);
        untilRead(otherNode);

        assertThat(await(standings.mute(ANNA, device, "service"))).isTrue();
        assertThat(await(here)).isEmpty();
        assertThat(await(there)).isEmpty();
        Future<List<SignedOrder>> muted = mailbox.park(device, 0, HOLD);
        untilRead(mailbox);
        assertThat(muted.isComplete()).isFalse();

        assertThat(await(standings.unmute(ANNA, device, "service is over"))).isTrue();
        assertThat(await(muted)).isEmpty();
        assertThat(sequences(mailbox.park(device, 0, HOLD))).containsExactly(number);
    }

    private static Polled polled(DeviceId device, String token) {
        return new Polled(device, token, 0, "1.0", "10.1.1.1", null);
    }

    @Test
    void rows_whose_signer_nobody_knows_do_not_stand_before_a_genuine_one() {
        DeviceId device = given.device("m-15");
        Polls polls = given.polls(mailbox);
        for (int i = 1; i <= 20; i++) {
            given.collect(device);
        }
        given.fleet.postgres.execute("UPDATE instruction SET key_id = repeat('f', 32) WHERE device = 'm-15'");
        long genuine = given.collect(device);

        PollAnswer first = await(polls.poll(polled(device, null), WAITING));
        assertThat(first.orders()).isEmpty();
        assertThat(await(polls.poll(polled(device, first.token()), WAITING)).orders())
                .extracting(SignedOrder::sequence)
                .containsExactly(genuine);
        assertThat(given.fleet.postgres.value("SELECT actor || ' ' || left(detail, 8) FROM audit_entry"
                        + " WHERE subject = 'm-15' AND code = 'instruction.cancelled'"))
                .isEqualTo("server count=20");
    }

    @Test
    void a_journal_is_noted_with_the_contact_or_not_at_all() {
        DeviceId device = given.device("m-11");
        Polls polls = given.polls(mailbox);
        long number = given.collect(device);
        PollAnswer answer = await(polls.poll(new Polled(device, null, 0, "1.0", "10.1.1.1", null), WAITING));
        Polled next = new Polled(device, answer.token(), number, "1.0", "10.1.1.1", null);

        given.fleet.postgres.execute("ALTER TABLE instruction RENAME COLUMN journaled_at TO gone");
        boolean failed = await(polls.poll(next, WAITING).transform(result -> Future.succeededFuture(result.failed())));
        assertThat(failed).isTrue();
        given.fleet.postgres.execute("ALTER TABLE instruction RENAME COLUMN gone TO journaled_at");

        Future<PollAnswer> held = polls.poll(next, WAITING);
        while (await(given.instructions.list(ANNA, device, 1)).get(0).state() != Instruction.State.JOURNALED) {
            TestFleet.breathe();
        }
        long later = given.collect(device);
        assertThat(await(held).orders()).extracting(SignedOrder::sequence).containsExactly(later);
    }
}
