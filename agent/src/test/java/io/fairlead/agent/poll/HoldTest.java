package io.fairlead.agent.poll;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HoldTest {
    private final Hold hold = new Hold();

    @Test
    void polls_are_held_for_fifty_seconds() {
        assertThat(hold.seconds()).isEqualTo(50);
    }

    @Test
    void a_proxy_that_drops_after_thirty_seconds_is_undercut() {
        lost(30, 2);

        assertThat(hold.seconds()).isEqualTo(22);
    }

    @Test
    void a_proxy_that_drops_without_a_word_is_found_step_by_step() {
        lost(60, 2);
        assertThat(hold.seconds()).isEqualTo(37);
        lost(47, 2);
        assertThat(hold.seconds()).isEqualTo(27);
        lost(37, 20);
        assertThat(hold.seconds()).isEqualTo(10);
    }

    @Test
    void one_loss_is_a_server_that_restarts_and_a_quick_one_is_no_silence() {
        lost(30, 1);
        hold.answered(Duration.ofSeconds(50));
        lost(30, 1);
        hold.answered(Duration.ofSeconds(50));
        lost(1, 10);

        assertThat(hold.seconds()).isEqualTo(50);
    }

    @Test
    void after_twenty_polls_held_to_their_end_a_longer_one_is_tried() {
        lost(30, 2);
        for (int i = 0; i < 20; i++) {
            hold.answered(Duration.ofSeconds(hold.seconds()));
        }
        assertThat(hold.seconds()).isEqualTo(27);

        for (int i = 0; i < 1000; i++) {
            hold.answered(Duration.ofSeconds(hold.seconds()));
        }
        assertThat(hold.seconds()).isEqualTo(50);
    }

    private void lost(int seconds, int times) {
        for (int i = 0; i < times; i++) {
            hold.lost(Duration.ofSeconds(seconds));
        }
    }
}
