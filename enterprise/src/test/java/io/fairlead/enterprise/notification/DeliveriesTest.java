package io.fairlead.enterprise.notification;

import static io.fairlead.enterprise.account.TestAccounts.ROOT;
import static io.fairlead.enterprise.fleet.TestFleet.refused;
import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static io.fairlead.enterprise.notification.EventKind.ALARM_RAISED;
import static io.fairlead.enterprise.notification.EventKind.DEVICE_MISSING;
import static io.fairlead.enterprise.notification.EventKind.SESSION_ENDED;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.enterprise.people.Actor;
import io.fairlead.soap.Fault;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeliveriesTest {
    private final TestNotifications room = new TestNotifications(Optional.empty(), null);
    private TestReceiver receiver;
    private Deliveries node;
    private Actor erp;
    private String endpoint;

    @BeforeEach
    void start() {
        room.afresh();
        receiver = new TestReceiver(room.vertx, "127.0.0.1");
        node = room.node(room.room.database);
        room.names.put("erp.test", List.of("127.0.0.1"));
        room.named("erp.test", receiver.port(), true, "127.0.0.0/8");
        endpoint = "http://erp.test:" + receiver.port() + "/in";
        erp = room.account("erp", "integration", null);
        room.device("LAB-1", "St. Mary");
        room.device("LAB-2", "St. Paul");
    }

    @AfterEach
    void stop() {
        Void stopped = await(node.stop());
    }

    @AfterAll
    void close() {
        room.close();
    }

    private String waiting() {
        return room.sql("SELECT count(*) FROM notification_outbox");
    }

    @Test
    void what_one_commit_raises_comes_in_one_call_in_order_and_is_gone_when_it_was_taken() {
        Subscription made = room.subscribed(erp, endpoint, ALARM_RAISED);
        room.alarms("LAB-1", "error", 1, 70);
        assertThat(waiting()).isEqualTo("70");

        assertThat(await(node.round())).isEqualTo(70);

        assertThat(receiver.numbers()).hasSize(2);
        assertThat(receiver.numbers().get(0)).startsWith("1,2,3,").endsWith(",50");
        assertThat(receiver.numbers().get(1)).startsWith("51,").endsWith(",70");
        assertThat(receiver.bodies.get(0))
                .contains(made.id(), TestNotifications.TOKEN, "Lamp &lt;old&gt; &amp; weak", "St. Mary", "lamp/1<");
        assertThat(receiver.heads.get(0)).contains("NotificationConsumer:Notify", "text/xml");
        assertThat(waiting()).isEqualTo("0");
        Subscription now = await(room.subscriptions.get(erp, made.id()));
        assertThat(now.delivered()).isEqualTo(70);
        assertThat(now.state()).isEqualTo(Subscription.State.ACTIVE);
    }

    @Test
    void who_rolls_back_tells_nobody_and_without_subscriptions_nothing_is_written() {
        room.alarms("LAB-1", "error", 1, 3);
        assertThat(waiting()).isEqualTo("0");
        Subscription unused = room.subscribed(erp, endpoint, ALARM_RAISED);

        room.room.postgres.execute(
                "BEGIN",
                "INSERT INTO alarm (device, code, severity, raised_at, last_seen, count, received_at)"
                        + " VALUES ('LAB-1', 'x', 'error', now(), now(), 1, now())",
                "ROLLBACK");

        assertThat(waiting()).isEqualTo("0");
    }

    @Test
    void a_node_that_dies_between_sending_and_the_answer_loses_nothing_and_another_sends_the_same_again()
            throws Exception {
        var own = room.ownConnections();
        Deliveries dying = room.node(own);
        Subscription unused = room.subscribed(erp, endpoint, ALARM_RAISED);
        room.alarms("LAB-1", "error", 1, 3);
        CountDownLatch came = new CountDownLatch(1);
        receiver.answers(request -> came.countDown());
        Future<Integer> begun = dying.round();
        assertThat(came.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(await(node.round())).as("it is not this node's turn").isZero();

        Void cut = await(own.pool().close());
        receiver.answers(200, TestReceiver.TAKEN);
        room.alarms("LAB-1", "error", 4, 4);

        int taken = 0;
        for (int i = 0; i < 100 && taken == 0; i++) {
            taken = await(node.round());
        }
        assertThat(taken).isEqualTo(4);
        assertThat(receiver.numbers()).containsExactly("1,2,3", "1,2,3,4");
        assertThat(begun.isComplete() && begun.succeeded()).isFalse();
        assertThat(waiting()).isEqualTo("0");
    }

    @Test
    void only_what_the_account_may_see_then_is_sent_and_its_numbers_have_no_hole() {
        Actor paul = room.account("paul", "integration", "St. Paul");
        Subscription unused = room.subscribed(paul, endpoint, ALARM_RAISED);
        room.alarms("LAB-1", "error", 1, 5);
        room.alarms("LAB-2", "error", 1, 2);
        room.alarms("LAB-1", "error", 6, 7);
        room.alarms("LAB-2", "error", 3, 3);

        assertThat(await(node.round())).isEqualTo(3);

        assertThat(receiver.numbers()).containsExactly("1,2,3");
        assertThat(receiver.bodies.get(0)).contains("LAB-2").doesNotContain("LAB-1");
        assertThat(waiting()).isEqualTo("0");
    }

    @Test
    void an_account_that_lost_its_roles_is_told_nothing_and_its_subscription_says_so() {
        Subscription made = room.subscribed(erp, endpoint, ALARM_RAISED);
        room.alarms("LAB-1", "error", 1, 1);
        room.room.postgres.execute("DELETE FROM person_grant WHERE person = 'erp'");

        assertThat(await(node.round())).isZero();

        assertThat(receiver.bodies).isEmpty();
        assertThat(await(room.subscriptions.get(erp, made.id())).state()).isEqualTo(Subscription.State.BARRED);
    }

    @Test
    void filters_are_heeded() {
        Subscription unused = await(room.subscriptions.subscribe(
                erp,
                new Subscription.Wish(
                        endpoint,
                        true,
                        TestNotifications.TOKEN,
                        List.of(ALARM_RAISED),
                        new Subscription.Only(null, "St. Paul", "EU", "Analyser 3", "error"))));
        room.alarms("LAB-1", "critical", 1, 1);
        room.alarms("LAB-2", "warning", 1, 1);
        assertThat(waiting()).isEqualTo("0");
        room.alarms("LAB-2", "error", 2, 2);
        room.alarms("LAB-2", "critical", 3, 3);
        assertThat(waiting()).isEqualTo("2");
    }

    @Test
    void what_fails_waits_longer_each_time_is_suspended_after_three_days_and_goes_on_when_asked_to() {
        Subscription made = room.subscribed(erp, endpoint, ALARM_RAISED);
        room.alarms("LAB-1", "error", 1, 2);
        receiver.answers(500, "no");
        assertThat(await(node.round())).isZero();
        Subscription failing = await(room.subscriptions.get(erp, made.id()));
        assertThat(failing.state()).isEqualTo(Subscription.State.FAILING);
        assertThat(failing.failure()).isEqualTo(Undelivered.STATUS.text());
        assertThat(await(node.round())).isZero();
        assertThat(receiver.bodies).as("not before its time").hasSize(1);
        for (int hours = 0; hours <= 72; hours++) {
            room.room.clock.advance(Duration.ofHours(1));
            assertThat(await(node.round())).isZero();
        }
        int tried = receiver.bodies.size();
        assertThat(tried).isBetween(60, 74);
        assertThat(await(room.subscriptions.get(erp, made.id())).state()).isEqualTo(Subscription.State.SUSPENDED);
        assertThat(room.sql("SELECT string_agg(subject, ',') FROM audit_entry WHERE code = 'notification.suspended'"))
                .isEqualTo("integration:erp");
        receiver.answers(200, TestReceiver.TAKEN);
        room.room.clock.advance(Duration.ofDays(1));
        assertThat(await(node.round())).isZero();
        assertThat(node.troubles()).singleElement().asString().contains("erp", made.id());

        Void resumed = await(room.subscriptions.resume(erp, made.id()));
        assertThat(await(node.round())).isEqualTo(2);
        assertThat(receiver.numbers()).hasSize(tried + 1).containsOnly("1,2");
    }

    @Test
    void how_each_try_ended_is_kept_for_a_week_without_what_was_said_and_counted() {
        Subscription made = room.subscribed(erp, endpoint + "?key=secret", ALARM_RAISED);
        room.alarms("LAB-1", "error", 1, 2);
        receiver.answers(500, "no");
        assertThat(await(node.round())).isZero();
        room.room.clock.advance(Duration.ofMinutes(1));
        receiver.answers(200, TestReceiver.TAKEN);
        assertThat(await(node.round())).isEqualTo(2);

        DeliveryHistory.Line line = await(room.history.of(ROOT, "erp")).get(0);
        assertThat(line.subscription().id()).isEqualTo(made.id());
        assertThat(line.endpoint()).isEqualTo(endpoint + "?…");
        Attempt taken = line.attempts().get(0);
        Attempt failed = line.attempts().get(1);
        assertThat(taken.undelivered()).isNull();
        assertThat(List.of(taken.count(), taken.tries(), taken.status())).containsExactly(2, 2, 200);
        assertThat(taken.nextTry()).isNull();
        assertThat(failed.undelivered()).isEqualTo(Undelivered.STATUS);
        assertThat(List.of(failed.first(), failed.last())).containsExactly(1L, 2L);
        assertThat(List.of(failed.tries(), failed.status())).containsExactly(1, 500);
        assertThat(failed.kinds()).containsExactly(ALARM_RAISED);
        assertThat(failed.nextTry()).isBetween(failed.at(), failed.at().plusSeconds(5));
        Actor paul = room.account("paul", "integration", "St. Paul");
        assertThat(refused(room.history.of(paul, "erp"))).isEqualTo(Fault.NOT_FOUND);
        assertThat(room.sql("SELECT string_agg(a::text, ' ') FROM notification_attempt a"))
                .doesNotContain(TestNotifications.TOKEN, "Lamp", "secret");
        assertThat(room.metrics.get("fairlead.notification.taken").counter().count())
                .isEqualTo(2);
        assertThat(room.metrics
                        .get("fairlead.notification.deliveries")
                        .tag("outcome", "status")
                        .timer()
                        .count())
                .isEqualTo(1);

        room.room.postgres.execute("INSERT INTO notification_attempt (subscription, at, took_ms, count, first_number,"
                + " last_number, kinds, status, tries) SELECT subscription, at, 1, 1, n, n, kinds, 200, 1"
                + " FROM notification_attempt, generate_series(3, 60) n WHERE failure IS NULL");
        room.alarms("LAB-1", "error", 61, 61);
        assertThat(await(node.round())).isEqualTo(1);
        assertThat(await(room.history.of(ROOT, "erp")).get(0).attempts())
                .hasSize(DeliveryHistory.MOST + 1)
                .contains(failed)
                .doesNotContain(taken);
        room.room.clock.advance(Duration.ofDays(7).plusMinutes(1));
        assertThat(await(node.round())).isZero();
        assertThat(await(room.history.of(ROOT, "erp")).get(0).attempts()).isEmpty();
    }

    @Test
    void what_waits_and_since_when_is_measured_without_what_waits_for_the_suspended() {
        WaitingWatch watch =
                new WaitingWatch(room.room.database, (delay, call) -> () -> {}, room.room.clock, room.metrics);
        assertThat(measured(watch)).containsExactly(0.0, 0.0, 0.0);
        Subscription made = room.subscribed(erp, endpoint, ALARM_RAISED);
        room.alarms("LAB-1", "error", 1, 3);
        room.room.postgres.execute("UPDATE notification_outbox SET at = '"
                + room.room.clock.instant().minusSeconds(90)
                + "' WHERE id = (SELECT min(id) FROM notification_outbox)");
        assertThat(measured(watch)).containsExactly(3.0, 90.0, 0.0);
        room.room.postgres.execute(
                "UPDATE notification_subscription SET state = 'suspended' WHERE id = '" + made.id() + "'");
        assertThat(measured(watch)).containsExactly(0.0, 0.0, 1.0);
    }

    private List<Double> measured(WaitingWatch watch) {
        Void looked = await(watch.look());
        return Stream.of("waiting", "oldest", "suspended")
                .map(name -> room.metrics
                        .get("fairlead.notification." + name)
                        .gauge()
                        .value())
                .toList();
    }

    @Test
    void a_device_that_is_silent_for_ten_minutes_is_told_once_and_no_silence_of_our_own() {
        Subscription unused = room.subscribed(erp, endpoint, DEVICE_MISSING);
        assertThat(await(node.round())).isZero();
        room.room.clock.advance(Duration.ofMinutes(10));
        assertThat(await(node.round())).as("from now on it is looked").isZero();
        Instant heard = contact("LAB-1");
        for (int i = 0; i < 9; i++) {
            room.room.clock.advance(Duration.ofMinutes(1));
            assertThat(await(node.round())).isZero();
        }
        room.room.clock.advance(Duration.ofMinutes(1));
        assertThat(await(node.round())).isEqualTo(1);
        room.room.clock.advance(Duration.ofMinutes(20));
        assertThat(await(node.round())).isZero();
        Instant again = contact("LAB-1");
        room.room.clock.advance(Duration.ofMinutes(11));
        assertThat(await(node.round())).isEqualTo(1);

        assertThat(receiver.numbers()).containsExactly("1", "2");
        assertThat(receiver.bodies.get(0)).contains("device-missing", "LAB-1", "lastContact>" + heard + "<");
        assertThat(receiver.bodies.get(1)).contains("lastContact>" + again + "<");
    }

    private Instant contact(String device) {
        Instant now = room.room.clock.instant();
        room.room.postgres.execute(
                "UPDATE device_contact SET last_contact = '" + now + "' WHERE device = '" + device + "'");
        return now;
    }

    @Test
    void a_session_that_ended_is_told() {
        Subscription unused = room.subscribed(erp, endpoint, SESSION_ENDED);
        room.room.postgres.execute(
                "ALTER TABLE remote_session DROP CONSTRAINT remote_session_device_sequence_fkey",
                "INSERT INTO remote_session (id, device, sequence, requested_by, reason, services, minutes,"
                        + " request_sha256, state, requested_at, detail) VALUES ('" + "ab".repeat(16)
                        + "', 'LAB-1', 1, 'person:anna', 'x', '{}', 5, '" + "0".repeat(64) + "', 'ASKED', now(), '')",
                "UPDATE remote_session SET detail = 'y'",
                "UPDATE remote_session SET state = 'WITHDRAWN', ended_at = now(), cause = 'ENDED_BY_OPERATOR'");

        assertThat(await(node.round())).isEqualTo(1);
        assertThat(receiver.bodies.get(0))
                .contains("session-ended", "person:anna", "state>withdrawn<", "cause>ended-by-operator<");
    }

    @Test
    void more_than_ten_thousand_do_not_wait_and_the_receiver_sees_a_hole() {
        Subscription made = room.subscribed(erp, endpoint, ALARM_RAISED);
        receiver.answers(500, "no");
        room.alarms("LAB-1", "error", 1, 10_060);
        assertThat(await(node.round())).isZero();
        room.room.clock.advance(Duration.ofMinutes(2));
        assertThat(await(node.round())).isZero();

        assertThat(waiting()).isEqualTo("10000");
        receiver.answers(200, TestReceiver.TAKEN);
        Void resumed = await(room.subscriptions.resume(erp, made.id()));
        int taken = await(node.round());
        // A call that the network broke off is tried again later, as ever.
        for (int more = 0; taken < 10_000 && more < 20; more++) {
            room.room.clock.advance(Duration.ofHours(2));
            taken += await(node.round());
        }
        assertThat(taken).isEqualTo(10_000);
        assertThat(receiver.numbers().get(2)).startsWith("2,3,").endsWith(",51");
        assertThat(room.sql("SELECT detail FROM audit_entry WHERE code = 'notification.dropped'"))
                .isEqualTo("count=60");
    }

    @Test
    void who_unsubscribes_takes_along_what_waits_and_nobody_ends_anothers() {
        Subscription made = room.subscribed(erp, endpoint, ALARM_RAISED);
        Actor paul = room.account("paul", "integration", null);
        room.alarms("LAB-1", "error", 1, 3);

        assertThat(refused(room.subscriptions.end(paul, made.id()))).isEqualTo(Fault.NOT_FOUND);
        assertThat(refused(room.subscriptions.test(paul, made.id()))).isEqualTo(Fault.NOT_FOUND);
        Void ended = await(room.subscriptions.end(erp, made.id()));

        assertThat(waiting()).isEqualTo("0");
        assertThat(await(node.round())).isZero();
    }

    @Test
    void a_host_that_is_named_no_more_gets_nothing() {
        Subscription made = room.subscribed(erp, endpoint, ALARM_RAISED);
        room.alarms("LAB-1", "error", 1, 1);
        Void gone = await(room.receivers.forget(ROOT, "erp.test", receiver.port()));

        assertThat(await(node.round())).isZero();

        assertThat(receiver.connections).hasValue(0);
        assertThat(await(room.subscriptions.get(erp, made.id())).state()).isEqualTo(Subscription.State.BARRED);
        assertThat(refused(room.subscriptions.subscribe(erp, TestNotifications.wish(endpoint, ALARM_RAISED))))
                .isEqualTo(Fault.ENDPOINT_REFUSED);
        assertThat(refused(room.receivers.name(erp, Receiver.Wish.of("erp.test", receiver.port(), true, List.of()))))
                .isEqualTo(Fault.FORBIDDEN);
    }
}
