package io.fairlead.enterprise.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What changed on one node is heard of on all, and costs one NOTIFY a second. */
class ChangesTest {
    private final Vertx vertx = Vertx.vertx();
    private final BlockingQueue<String> heardHere = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> heardThere = new LinkedBlockingQueue<>();
    private final List<Runnable> later = new ArrayList<>();
    private TestDatabase postgres;
    private Changes here;
    private Notifications first;
    private Notifications second;

    @BeforeEach
    void start() throws Exception {
        postgres = TestDatabase.start();
        Database database = postgres.database(vertx);
        first = new Notifications(vertx, postgres.appConnection(), Timers.of(vertx));
        second = new Notifications(vertx, postgres.appConnection(), Timers.of(vertx));
        // The pause between two rounds is over when the test says so.
        here = new Changes(database, first, (delay, call) -> {
            later.add(call);
            return () -> {};
        });
        here.listen(heardHere::add);
        new Changes(database, second, Timers.of(vertx)).listen(heardThere::add);
        TestDatabase.await(first.start());
        TestDatabase.await(second.start());
        assertThat(next(heardHere)).as("whoever has just connected reads all").isEqualTo(Changes.EVERYTHING);
        assertThat(next(heardThere)).isEqualTo(Changes.EVERYTHING);
    }

    @AfterEach
    void stop() {
        TestDatabase.await(first.close());
        TestDatabase.await(second.close());
        postgres.close();
        TestDatabase.await(vertx.close());
    }

    @Test
    void a_change_is_heard_of_on_every_node_and_many_within_a_second_once_together() throws Exception {
        here.note("device/LAB-7");
        assertThat(next(heardHere)).isEqualTo("device/LAB-7");
        assertThat(next(heardThere)).isEqualTo("device/LAB-7");

        for (int i = 0; i < 50; i++) {
            here.note("device/LAB-8");
            here.note("people");
        }
        assertThat(later).hasSize(1);
        assertThat(heardThere).isEmpty();
        later.get(0).run();

        assertThat(List.of(next(heardThere), next(heardThere))).containsExactly("device/LAB-8", "people");
        later.get(1).run();
        here.note("audit");
        assertThat(next(heardThere)).as("nothing was said twice").isEqualTo("audit");
    }

    @Test
    void more_than_a_notification_holds_is_said_as_everything() throws Exception {
        here.note("clones");
        assertThat(next(heardThere)).isEqualTo("clones");
        for (int i = 0; i < 1_000; i++) {
            here.note("device/ANALYSER-" + i);
        }
        later.get(0).run();
        assertThat(next(heardThere)).isEqualTo(Changes.EVERYTHING);
        assertThat(heardThere).isEmpty();
    }

    @Test
    void what_somebody_else_notifies_is_no_name() throws Exception {
        postgres.execute("SELECT pg_notify('fairlead_changed', 'device/<b> ../x Device/1 '';-- people')");
        assertThat(next(heardHere)).isEqualTo("people");
        assertThatThrownBy(() -> here.note("device/LAB 7")).isInstanceOf(IllegalArgumentException.class);
    }

    private static String next(BlockingQueue<String> heard) throws InterruptedException {
        return heard.poll(30, TimeUnit.SECONDS);
    }
}
