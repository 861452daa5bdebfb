package io.fairlead.enterprise.status;

import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.ManualTimers;
import io.fairlead.enterprise.fleet.MovingClock;
import io.fairlead.enterprise.fleet.TestFleet;
import io.fairlead.soap.Fault;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When groups are formed. What is in them is written by nobody here; the other tests of this room do. */
class GroupCommitTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final Duration LINGER = Duration.ofMillis(2);
    private static final Duration LONG = Duration.ofMinutes(1);

    /** A group that waits for its fate. */
    private record Group(List<Slice> slices, Promise<List<SliceOutcome>> fate) {
        List<String> devices() {
            return slices.stream().map(slice -> slice.device().value()).toList();
        }

        void commit() {
            fate.complete(slices.stream()
                    .map(slice -> new SliceOutcome(
                            slice.messages().size(), List.of(), slice.messages().size(), 0, null))
                    .toList());
        }
    }

    private final Vertx vertx = Vertx.vertx();
    private final Context owner = vertx.getOrCreateContext();
    private final ManualTimers timers = new ManualTimers();
    private final MovingClock clock = new MovingClock(NOW);
    private final BlockingQueue<Group> written = new LinkedBlockingQueue<>();
    private GroupCommit commits;

    @BeforeEach
    void start() {
        commits = commits(new StatusSettings(10, 2, LINGER, 200, Duration.ofSeconds(10), 400));
    }

    private GroupCommit commits(StatusSettings settings) {
        Writer writer = slices -> {
            Group group = new Group(slices, Promise.promise());
            written.add(group);
            return group.fate().future();
        };
        return new GroupCommit(owner, writer, timers, clock, settings, new StatusMetrics(new SimpleMeterRegistry()));
    }

    @AfterEach
    void stop() {
        Void unused = await(vertx.close());
    }

    private static Slice slice(String device, int messages) {
        List<Parsed> list = new ArrayList<>();
        for (int i = 1; i <= messages; i++) {
            list.add(new Parsed.Unfit(i, Fault.INVALID, new byte[0]));
        }
        return new Slice(new DeviceId(device), TestFleet.hex(1), null, Duration.ZERO, 0, list);
    }

    private Group next() throws InterruptedException {
        Group group = written.poll(20, TimeUnit.SECONDS);
        assertThat(group).isNotNull();
        return group;
    }

    /** Until the owner has done all that it was given. */
    private void settle() {
        Promise<Void> done = Promise.promise();
        owner.runOnContext(ignored -> done.complete());
        Void unused = await(done.future());
    }

    private void fire(Duration upTo) {
        settle();
        timers.fire(upTo);
        settle();
    }

    @Test
    void what_waits_is_bounded_in_bytes_and_room_comes_back() throws Exception {
        commits = commits(new StatusSettings(1_000, 2, LINGER, 20_000, Duration.ofSeconds(10), 400));
        byte[] large = new byte[65_536]; // one for all: what is counted is what it would be
        int fit = (int) (GroupCommit.MOST_BYTES / (large.length + 600));
        List<Future<SliceOutcome>> taken = new ArrayList<>();
        for (int i = 0; i < fit; i++) {
            taken.add(commits.submit(large("d-" + i, large)));
        }
        settle();
        assertThat(taken.stream().filter(Future::isComplete).count()).isZero();
        assertThat(TestFleet.refused(commits.submit(large("one-more", large)))).isEqualTo(Fault.BUSY);

        next().commit(); // a thousand were ready at once
        settle();
        Future<SliceOutcome> later = commits.submit(large("later", large));
        settle();
        assertThat(later.isComplete()).isFalse();
    }

    private static Slice large(String device, byte[] body) {
        return new Slice(
                new DeviceId(device),
                TestFleet.hex(1),
                null,
                Duration.ZERO,
                0,
                List.of(new Parsed.Unfit(1, Fault.INVALID, body)));
    }

    @Test
    void what_comes_within_a_moment_is_one_group_sorted_by_device() throws Exception {
        Future<SliceOutcome> b = commits.submit(slice("b", 1));
        Future<SliceOutcome> a = commits.submit(slice("a", 2));
        settle();
        assertThat(written).isEmpty();
        fire(LINGER);
        Group group = next();
        assertThat(group.devices()).containsExactly("a", "b");
        assertThat(a.isComplete()).isFalse();
        group.commit();
        assertThat(await(a).stored()).isEqualTo(2);
        assertThat(await(b).stored()).isEqualTo(1);
    }

    @Test
    void a_full_group_does_not_wait() throws Exception {
        Future<SliceOutcome> a = commits.submit(slice("a", 6));
        Future<SliceOutcome> b = commits.submit(slice("b", 6));
        Group first = next();
        assertThat(first.devices()).containsExactly("a");
        first.commit();
        assertThat(await(a).stored()).isEqualTo(6);
        Group second = next();
        assertThat(second.devices()).containsExactly("b");
        second.commit();
        assertThat(await(b).stored()).isEqualTo(6);
    }

    @Test
    void of_a_device_one_report_is_written_and_one_waits() throws Exception {
        Future<SliceOutcome> first = commits.submit(slice("a", 10));
        Group group = next();
        Future<SliceOutcome> second = commits.submit(slice("a", 10));
        Future<SliceOutcome> third = commits.submit(slice("a", 10));
        assertThat(TestFleet.refused(third)).isEqualTo(Fault.BUSY);
        fire(LINGER);
        assertThat(written).isEmpty();
        group.commit();
        assertThat(await(first).stored()).isEqualTo(10);
        next().commit();
        assertThat(await(second).stored()).isEqualTo(10);
    }

    @Test
    void a_report_beyond_the_queue_is_refused_as_busy() throws Exception {
        Future<SliceOutcome> a = commits.submit(slice("a", 150));
        Group first = next();
        Future<SliceOutcome> b = commits.submit(slice("b", 150));
        Group second = next();
        Future<SliceOutcome> c = commits.submit(slice("c", 150));
        Future<SliceOutcome> d = commits.submit(slice("d", 51));
        assertThat(TestFleet.refused(d)).isEqualTo(Fault.BUSY);
        first.commit();
        second.commit();
        next().commit();
        assertThat(await(a).stored() + await(b).stored() + await(c).stored()).isEqualTo(450);
    }

    @Test
    void a_group_that_fails_is_written_again_as_it_was() throws Exception {
        Future<SliceOutcome> a = commits.submit(slice("a", 10));
        Group once = next();
        once.fate().fail(new java.io.IOException("connection reset"));
        settle();
        assertThat(a.isComplete()).isFalse();
        fire(Duration.ofMillis(20));
        Group again = next();
        assertThat(again.slices()).isEqualTo(once.slices());
        again.commit();
        assertThat(await(a).stored()).isEqualTo(10);
    }

    @Test
    void who_has_waited_ten_seconds_is_told_that_nothing_is_known() throws Exception {
        Future<SliceOutcome> writing = commits.submit(slice("a", 10));
        Group group = next();
        Future<SliceOutcome> behind = commits.submit(slice("a", 10));
        clock.advance(Duration.ofSeconds(9));
        fire(LONG);
        assertThat(writing.isComplete()).isFalse();
        clock.advance(Duration.ofSeconds(1));
        fire(LONG);
        assertThat(TestFleet.refused(writing)).isEqualTo(Fault.UNAVAILABLE);
        assertThat(TestFleet.refused(behind)).isEqualTo(Fault.UNAVAILABLE);

        Future<SliceOutcome> later = commits.submit(slice("a", 10));
        settle();
        assertThat(written).isEmpty();
        group.fate().fail(new java.io.IOException("connection reset"));
        next().commit();
        assertThat(await(later).stored()).isEqualTo(10);
    }

    @Test
    void a_stop_answers_all_that_was_taken_and_takes_no_more() throws Exception {
        Future<SliceOutcome> a = commits.submit(slice("a", 1));
        Future<Void> stopped = commits.stop();
        assertThat(TestFleet.refused(commits.submit(slice("b", 1)))).isEqualTo(Fault.STOPPING);
        assertThat(stopped.isComplete()).isFalse();
        next().commit();
        Void unused = await(stopped);
        assertThat(await(a).stored()).isEqualTo(1);
    }

    @Test
    void one_by_one_each_report_has_its_own_commit() throws Exception {
        GroupCommit single = commits(StatusSettings.defaults().oneByOne());
        Future<SliceOutcome> a = single.submit(slice("a", 1));
        Future<SliceOutcome> b = single.submit(slice("b", 1));
        Group first = next();
        Group second = next();
        assertThat(first.slices()).hasSize(1);
        assertThat(second.slices()).hasSize(1);
        first.commit();
        second.commit();
        assertThat(await(a).stored() + await(b).stored()).isEqualTo(2);
    }
}
