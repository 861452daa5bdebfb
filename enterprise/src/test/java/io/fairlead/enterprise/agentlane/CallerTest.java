package io.fairlead.enterprise.agentlane;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CallerTest {
    private static final Instant END = Instant.parse("2026-11-21T12:00:00Z");
    private static final Duration ASKED = Duration.ofSeconds(50);

    @Test
    void nobody_is_held_beyond_the_end_of_his_certificate() {
        Caller caller = new Caller("192.0.2.7", END, () -> false);

        assertThat(caller.patience(ASKED, END.minusSeconds(52))).isEqualTo(ASKED);
        assertThat(caller.patience(ASKED, END.minusSeconds(51))).isEqualTo(Duration.ofSeconds(49));
        assertThat(caller.patience(ASKED, END.minusSeconds(1))).isZero();
        assertThat(caller.patience(Duration.ZERO, END.minusSeconds(60))).isZero();
    }
}
