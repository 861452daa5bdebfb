package io.fairlead.agent.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What people are told of the rate and of the time left. */
class MeterTest {
    private final Meter meter = new Meter();

    @Test
    void the_rate_is_that_of_late_and_the_time_left_follows_from_it() {
        assertThat(meter.fresh()).isTrue();
        meter.at(0, 0);
        assertThat(meter.fresh()).isFalse();
        meter.at(500, 500);
        told(500, 0, Optional.empty());

        meter.at(10_000, 1_000);
        told(10_000, 10_000, Optional.of(Duration.ofSeconds(99)));
        meter.at(100_000, 10_000);
        told(100_000, 10_000, Optional.of(Duration.ofSeconds(90)));

        // Ten seconds later nothing of the quick start is left in it.
        meter.at(110_000, 20_000);
        told(110_000, 1_000, Optional.of(Duration.ofSeconds(890)));
        meter.at(999_999, 30_000);
        assertThat(meter.progress(transfer(), "sending").left()).contains(Duration.ofSeconds(1));
        meter.at(1_000_000, 31_000);
        assertThat(meter.progress(transfer(), "sending").left()).contains(Duration.ZERO);
    }

    @Test
    void what_was_there_before_a_start_is_no_speed() {
        meter.at(900_000, 5_000);
        told(900_000, 0, Optional.empty());
        meter.at(901_000, 7_000);

        told(901_000, 500, Optional.of(Duration.ofSeconds(198)));
    }

    @Test
    void a_rest_a_step_back_and_a_clock_set_back_begin_anew() {
        meter.at(0, 0);
        meter.at(100_000, 1_000);
        meter.rest();
        assertThat(meter.fresh()).isTrue();
        told(100_000, 0, Optional.empty());

        meter.at(100_000, 60_000);
        meter.at(200_000, 61_000);
        told(200_000, 100_000, Optional.of(Duration.ofSeconds(8)));
        meter.at(50_000, 62_000);
        told(50_000, 0, Optional.empty());

        meter.at(60_000, 63_000);
        meter.at(70_000, 10);
        told(70_000, 0, Optional.empty());
        meter.at(80_000, 1_010);
        told(80_000, 10_000, Optional.of(Duration.ofSeconds(92)));
    }

    private void told(long done, long rate, Optional<Duration> left) {
        Progress told = meter.progress(transfer(), "sending");
        assertThat(told.done()).isEqualTo(done);
        assertThat(told.rate()).isEqualTo(rate);
        assertThat(told.left()).isEqualTo(left);
    }

    private static Transfer transfer() {
        return new Transfer(
                FilesRig.id(1),
                Transfer.Way.UPLOAD,
                "/out",
                "run.log",
                1_000_000,
                "",
                false,
                false,
                false,
                "",
                "",
                Instant.EPOCH,
                Transfer.Phase.BEGUN,
                Optional.empty());
    }
}
