package io.fairlead.enterprise.kernel;

import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NotificationsTest {
    private static TestDatabase postgres;
    private static Vertx vertx;
    private static Database database;

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private Notifications notifications;

    @BeforeAll
    static void startDatabase() {
        postgres = TestDatabase.start();
        vertx = Vertx.vertx();
        database = postgres.database(vertx);
    }

    @AfterAll
    static void stopDatabase() {
        postgres.close();
        await(vertx.close());
    }

    @BeforeEach
    void start() {
        notifications = new Notifications(vertx, postgres.appConnection(), Timers.of(vertx));
        notifications.listen("first", payload -> heard.add("first:" + payload));
        notifications.onReconnect(() -> heard.add("reconnect"));
    }

    @AfterEach
    void stop() {
        await(notifications.close());
    }

    @Test
    void a_notification_arrives_when_its_transaction_is_committed_and_only_then() throws Exception {
        await(notifications.start());
        assertThat(next()).isEqualTo("reconnect");

        notify("first", "one");
        assertThatThrownBy(() -> await(database.inTransaction(transaction -> transaction
                        .query("SELECT pg_notify('first', 'undone')")
                        .execute()
                        .map(rows -> {
                            throw new IllegalStateException("undone");
                        }))))
                .hasMessageContaining("undone");
        notify("second", "not listened to");
        notify("first", "two");

        assertThat(next()).isEqualTo("first:one");
        assertThat(next()).isEqualTo("first:two");
    }

    @Test
    void a_channel_added_later_is_heard_and_survives_a_lost_connection() throws Exception {
        await(notifications.start());
        assertThat(next()).isEqualTo("reconnect");
        notifications.listen("later", payload -> heard.add("later:" + payload));
        await(database.pool().query("SELECT 1").execute());

        cutUntilReconnected();
        notify("later", "a");
        notify("first", "b");

        assertThat(next()).isEqualTo("later:a");
        assertThat(next()).isEqualTo("first:b");
    }

    @Test
    void what_is_notified_while_nobody_listens_is_covered_by_the_call_after_the_reconnect() throws Exception {
        await(notifications.start());
        assertThat(next()).isEqualTo("reconnect");
        for (int round = 0; round < 5; round++) {
            String payload = "round-" + round;
            assertThat(postgres.cutConnections("fairlead-listen")).isPositive();
            notify("first", payload);

            // Either the notification itself, or a reconnect after it was committed, and always the reconnect.
            String word = next();
            assertThat(word).isIn("first:" + payload, "reconnect");
            assertThat(word.equals("reconnect") ? word : next()).isEqualTo("reconnect");
        }
    }

    @Test
    void a_listener_that_fails_harms_nobody() throws Exception {
        notifications.listen("third", payload -> {
            throw new IllegalStateException("listener's own fault");
        });
        notifications.listen("third", payload -> heard.add("third:" + payload));
        await(notifications.start());
        assertThat(next()).isEqualTo("reconnect");

        notify("third", "a");

        assertThat(next()).isEqualTo("third:a");
    }

    private void cutUntilReconnected() throws InterruptedException {
        assertThat(postgres.cutConnections("fairlead-listen")).isPositive();
        assertThat(next()).isEqualTo("reconnect");
    }

    private void notify(String channel, String payload) {
        await(database.pool()
                .query("SELECT pg_notify('" + channel + "', '" + payload + "')")
                .execute());
    }

    private String next() throws InterruptedException {
        return heard.poll(30, TimeUnit.SECONDS);
    }
}
