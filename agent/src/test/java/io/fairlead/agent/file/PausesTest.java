package io.fairlead.agent.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.soap.Fault;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PausesTest {
    private final Pauses pauses = new Pauses(() -> 1);

    @Test
    void a_mute_however_long_is_looked_after_twice_a_minute_and_leaves_no_long_pause_behind() {
        for (int looks = 0; looks < 1_000; looks++) {
            assertThat(pauses.next(Optional.of(Fault.DEVICE_MUTED), Optional.empty()))
                    .isBetween(Duration.ofSeconds(15), Duration.ofSeconds(30));
        }
        assertThat(pauses.next(Optional.empty(), Optional.empty())).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void a_trouble_that_lasts_is_waited_out_longer_each_time_and_a_success_ends_that() {
        Duration before = Duration.ZERO;
        for (int failures = 0; failures < 7; failures++) {
            Duration next = pauses.next(Optional.of(Fault.BUSY), Optional.empty());
            assertThat(next).isGreaterThan(before);
            before = next;
        }
        assertThat(pauses.next(Optional.empty(), Optional.of(Duration.ofMinutes(20))))
                .isGreaterThan(Duration.ofMinutes(20));
        pauses.reset();
        assertThat(pauses.next(Optional.empty(), Optional.empty())).isLessThan(Duration.ofSeconds(2));
    }
}
