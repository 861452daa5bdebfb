package io.fairlead.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StreamPaceTest {
    private final AtomicLong nanos = new AtomicLong();

    @Test
    void a_minute_of_slices_at_the_customers_rate_takes_a_minute_and_what_the_line_adds() throws IOException {
        StreamPace pace = new StreamPace(OptionalLong.of(128_000), nanos::get, nanos::addAndGet);
        assertThat(pace.slice()).isEqualTo(2_000);
        for (int passed = 0; passed < 960_000; passed += pace.slice()) {
            pace.pass(pace.slice());
        }
        assertThat(nanos.get() / 1_000_000).isBetween(62_000L, 62_400L);
    }

    @Test
    void without_a_rate_nothing_waits() throws IOException {
        StreamPace pace = new StreamPace(OptionalLong.empty(), nanos::get, nanos::addAndGet);
        pace.pass(Integer.MAX_VALUE);
        assertThat(pace.slice()).isEqualTo(Integer.MAX_VALUE);
        assertThat(nanos).hasValue(0);
    }
}
