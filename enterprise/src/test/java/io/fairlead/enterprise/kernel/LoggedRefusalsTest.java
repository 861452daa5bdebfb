package io.fairlead.enterprise.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.enterprise.identity.TestClock;
import io.fairlead.soap.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LoggedRefusalsTest {
    private final TestClock clock = new TestClock(Instant.parse("2026-11-21T12:00:00Z"));
    private final LoggedRefusals refusals = new LoggedRefusals(clock);

    @Test
    void each_fault_has_sixty_lines_a_minute() {
        assertThat(lines(Fault.NO_CERTIFICATE)).isEqualTo(60);
        assertThat(lines(Fault.BODY_EMPTY)).isEqualTo(60);
        assertThat(lines(Fault.NO_CERTIFICATE)).isZero();
        clock.advance(Duration.ofMinutes(1));
        assertThat(lines(Fault.NO_CERTIFICATE)).isEqualTo(60);
    }

    private long lines(Fault fault) {
        return IntStream.range(0, 1_000).filter(i -> refusals.take(fault)).count();
    }
}
