package io.fairlead.agent.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final Optional<Duration> NOTHING = Optional.empty();

    @Test
    void the_longest_wait_doubles_from_a_second_to_a_minute() {
        Backoff backoff = new Backoff(() -> 1);

        List<Long> seconds = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            seconds.add(backoff.next(NOTHING).toSeconds());
        }

        assertThat(seconds).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L);
    }

    @Test
    void a_wait_is_anything_below() {
        assertThat(new Backoff(() -> 0).next(NOTHING)).isZero();
        assertThat(new Backoff(() -> 0.25).next(NOTHING)).isEqualTo(Duration.ofMillis(250));
    }

    @Test
    void what_the_enterprise_asks_for_is_waited_out_and_jittered() {
        Backoff backoff = new Backoff(() -> 0.5);

        assertThat(backoff.next(Optional.of(Duration.ofSeconds(30)))).isEqualTo(Duration.ofMillis(30_500));
        assertThat(backoff.next(Optional.of(Duration.ofDays(30))))
                .isEqualTo(Duration.ofHours(1).plusSeconds(1));
    }

    @Test
    void a_success_starts_over() {
        Backoff backoff = new Backoff(() -> 1);
        assertThat(backoff.next(NOTHING)).isEqualTo(Duration.ofSeconds(1));
        assertThat(backoff.next(NOTHING)).isEqualTo(Duration.ofSeconds(2));

        backoff.reset();

        assertThat(backoff.next(NOTHING)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void where_only_a_person_helps_it_is_quiet_at_once() {
        assertThat(new Backoff(() -> 0).quiet(NOTHING)).isEqualTo(Duration.ofSeconds(150));
        assertThat(new Backoff(() -> 1).quiet(NOTHING)).isEqualTo(Duration.ofSeconds(450));
    }
}
