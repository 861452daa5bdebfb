package io.fairlead.enterprise.instruction;

import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.ManualTimers;
import io.fairlead.enterprise.fleet.Polled;
import io.fairlead.enterprise.fleet.TestFleet;
import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.soap.Fault;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MailboxTest {
    private static final Duration HOLD = Duration.ofSeconds(50);
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
                    "os:anna", new DeviceId("many-" + n), new Act.Collect(), Instructions.VALIDITY));
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
        Polls polls = new Polls(given.fleet.database, given.fleet.contacts, given.instructions, mailbox);
        long number = given.collect(device);
        PollAnswer answer = await(polls.poll(new Polled(device, null, 0, "1.0", "10.1.1.1"), HOLD));
        assertThat(answer.orders()).extracting(SignedOrder::sequence).containsExactly(number);
        assertThat(answer.signers()).singleElement().isEqualTo(new byte[] {3, 4});

        Future<PollAnswer> next = polls.poll(new Polled(device, answer.token(), number, "1.0", "10.1.1.1"), HOLD);
        while (await(given.instructions.list(device, 1)).get(0).state() != Instruction.State.JOURNALED) {
            TestFleet.breathe();
        }
        assertThat(given.collect(device)).isEqualTo(number + 1);
        assertThat(await(next).orders()).extracting(SignedOrder::sequence).containsExactly(number + 1);
        assertThat(await(next).token()).isNotEqualTo(answer.token());
    }

    @Test
    void a_journal_is_noted_with_the_contact_or_not_at_all() {
        DeviceId device = given.device("m-11");
        Polls polls = new Polls(given.fleet.database, given.fleet.contacts, given.instructions, mailbox);
        long number = given.collect(device);
        PollAnswer answer = await(polls.poll(new Polled(device, null, 0, "1.0", "10.1.1.1"), HOLD));
        Polled next = new Polled(device, answer.token(), number, "1.0", "10.1.1.1");

        given.fleet.postgres.execute("ALTER TABLE instruction RENAME COLUMN journaled_at TO gone");
        boolean failed = await(polls.poll(next, HOLD).transform(result -> Future.succeededFuture(result.failed())));
        assertThat(failed).isTrue();
        given.fleet.postgres.execute("ALTER TABLE instruction RENAME COLUMN gone TO journaled_at");

        Future<PollAnswer> held = polls.poll(next, HOLD);
        while (await(given.instructions.list(device, 1)).get(0).state() != Instruction.State.JOURNALED) {
            TestFleet.breathe();
        }
        long later = given.collect(device);
        assertThat(await(held).orders()).extracting(SignedOrder::sequence).containsExactly(later);
    }
}
