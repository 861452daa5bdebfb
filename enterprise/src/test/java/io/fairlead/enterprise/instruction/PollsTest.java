package io.fairlead.enterprise.instruction;

import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.Polled;
import io.fairlead.enterprise.fleet.TestFleet;
import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.soap.Fault;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Many polls at once. */
class PollsTest {
    private static final Waiting WAITING = new Waiting(Duration.ZERO, () -> false);
    private static TestInstructions given;
    private static Mailbox mailbox;
    private static Polls polls;

    @BeforeAll
    static void start() {
        given = new TestInstructions();
        mailbox = given.mailbox(Timers.of(given.fleet.vertx));
        polls = given.polls(mailbox);
    }

    @AfterAll
    static void stop() {
        Void unused = await(mailbox.stop());
        given.close();
    }

    private static Polled poll(DeviceId device, String token, long journaled) {
        return new Polled(device, token, journaled, "1.0", "10.0.0.1", null);
    }

    private static Future<PollAnswer> polled(DeviceId device, String token, long journaled) {
        return polls.poll(poll(device, token, journaled), WAITING);
    }

    /** Holds a lock until the promise is completed. */
    private static Future<Void> locked(String statement, Future<Void> until) {
        Promise<Void> locked = Promise.promise();
        Future<Void> unused = given.fleet.database.inTransaction(
                connection -> connection.query(statement).execute().compose(held -> {
                    locked.complete();
                    return until;
                }));
        return locked.future();
    }

    @Test
    void polls_that_come_at_once_are_given_what_is_theirs_and_one_that_is_refused_is_refused_alone() {
        List<DeviceId> devices =
                IntStream.range(0, 30).mapToObj(i -> given.device("p-" + i)).toList();
        devices.forEach(given::collect);
        List<Future<PollAnswer>> answers = new ArrayList<>();
        devices.forEach(device -> answers.add(polled(device, null, 0)));
        Future<PollAnswer> unknown = polled(new DeviceId("p-nobody"), null, 0);
        Future<PollAnswer> behind = polled(given.device("p-behind"), null, 9);

        assertThat(TestFleet.refused(unknown)).isEqualTo(Fault.UNKNOWN_DEVICE);
        assertThat(TestFleet.refused(behind)).isEqualTo(Fault.JOURNAL_BEHIND);
        List<String> tokens = new ArrayList<>();
        for (Future<PollAnswer> answer : answers) {
            assertThat(await(answer).orders()).extracting(SignedOrder::sequence).containsExactly(1L);
            tokens.add(await(answer).token());
        }
        assertThat(tokens).doesNotHaveDuplicates();

        List<Future<PollAnswer>> next = new ArrayList<>();
        for (int i = 0; i < devices.size(); i++) {
            next.add(polled(devices.get(i), tokens.get(i), 1));
        }
        for (Future<PollAnswer> answer : next) {
            assertThat(await(answer).orders()).isEmpty();
        }
        assertThat(given.fleet.count("instruction WHERE device ~ '^p-[0-9]+$' AND journaled_at IS NOT NULL"))
                .isEqualTo(30);
    }

    @Test
    void of_two_polls_of_one_device_at_once_the_second_counts_as_a_repetition() {
        DeviceId device = given.device("p-twice");
        String token = await(polled(device, null, 0)).token();
        Future<PollAnswer> one = polled(device, token, 0);
        Future<PollAnswer> other = polled(device, token, 0);
        long number = given.collect(device);
        assertThat(await(one).token()).isNotEqualTo(await(other).token());
        // Whose answer was lost is not certain yet.
        PollAnswer doubtful = await(polled(device, await(other).token(), 0));
        assertThat(doubtful.orders()).isEmpty();
        assertThat(await(polled(device, doubtful.token(), 0)).orders())
                .extracting(SignedOrder::sequence)
                .containsExactly(number);
    }

    @Test
    void a_device_whose_contact_somebody_holds_keeps_no_other_waiting() {
        DeviceId held = given.device("p-held");
        DeviceId other = given.device("p-other");
        Promise<Void> until = Promise.promise();
        Void locked = await(locked("SELECT 1 FROM device_contact WHERE device = 'p-held' FOR UPDATE", until.future()));
        assertThat(locked).isNull();
        Future<PollAnswer> waits = polled(held, null, 0);
        assertThat(await(polled(other, null, 0)).token()).hasSize(32);
        assertThat(waits.isComplete()).isFalse();
        until.complete();
        assertThat(await(waits).token()).hasSize(32);
    }

    @Test
    void polls_beyond_a_thousand_that_wait_are_told_to_come_later_and_the_others_are_answered() {
        DeviceId device = given.device("p-late");
        Promise<Void> until = Promise.promise();
        Void locked = await(locked("LOCK TABLE device_contact IN ACCESS EXCLUSIVE MODE", until.future()));
        assertThat(locked).isNull();
        List<Future<PollAnswer>> waiting = IntStream.range(0, Polls.MOST_ARRIVING)
                .mapToObj(i -> polled(new DeviceId("p-stranger-" + i), null, 0))
                .toList();
        assertThat(TestFleet.refused(polled(device, null, 0))).isEqualTo(Fault.BUSY);
        assertThat(Fault.BUSY.retryAfterSeconds()).isPositive();
        until.complete();
        for (Future<PollAnswer> answer : waiting) {
            assertThat(TestFleet.refused(answer)).isEqualTo(Fault.UNKNOWN_DEVICE);
        }
        assertThat(await(polled(device, null, 0)).token()).hasSize(32);
    }
}
