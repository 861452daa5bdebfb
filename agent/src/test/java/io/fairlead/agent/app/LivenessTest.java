package io.fairlead.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.agent.poll.Stop;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LivenessTest {
    private final AtomicLong nanos = new AtomicLong();
    private final Liveness liveness = new Liveness(nanos::get, new Stop(), loop -> {});

    @Test
    void loops_that_make_steps_are_left_alone() {
        Runnable pulse = liveness.pulse("poll");

        for (int i = 0; i < 60; i++) {
            pass(Duration.ofSeconds(30));
            assertThat(liveness.look()).isEmpty();
            pulse.run();
        }
    }

    @Test
    void a_loop_that_makes_no_step_for_eleven_minutes_is_named() {
        Runnable poll = liveness.pulse("poll");
        Runnable report = liveness.pulse("report");
        assertThat(report).isNotNull();

        for (int i = 0; i < 22; i++) {
            pass(Duration.ofSeconds(30));
            poll.run();
            assertThat(liveness.look()).isEmpty();
        }
        pass(Duration.ofSeconds(30));
        poll.run();

        assertThat(liveness.look()).contains("report");
    }

    @Test
    void after_a_sleep_of_the_pc_everybody_gets_time_to_wake_up() {
        Runnable poll = liveness.pulse("poll");
        assertThat(poll).isNotNull();

        pass(Duration.ofHours(8));

        assertThat(liveness.look()).isEmpty();
        pass(Duration.ofSeconds(30));
        assertThat(liveness.look()).isEmpty();
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
