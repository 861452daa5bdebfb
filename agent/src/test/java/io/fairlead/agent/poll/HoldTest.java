package io.fairlead.agent.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.agent.link.LinkException.Loss;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HoldTest {
    private static final int NEVER = Integer.MAX_VALUE;
    private static final int MARGIN = 10;

    private final Hold hold = new Hold(50);
    private Duration now = Duration.ZERO;

    @Test
    void polls_are_held_for_fifty_seconds() {
        assertThat(hold.seconds()).isEqualTo(50);
    }

    @Test
    void a_proxy_that_hangs_up_after_thirty_seconds_is_undercut() {
        hold.lost(Duration.ofSeconds(30), Loss.CLOSED);
        assertThat(hold.seconds()).isEqualTo(50);
        hold.lost(Duration.ofSeconds(30), Loss.CLOSED);

        assertThat(hold.seconds()).isEqualTo(22);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5, 10, 20, 30, 45})
    void a_firewall_that_forgets_what_is_silent_is_undercut_within_four_minutes(int forgets) {
        behind(forgets, Duration.ofMinutes(4));

        assertThat(hold.seconds()).isLessThan(forgets);
    }

    /** What the longer polls cost that are tried now and then. */
    @ParameterizedTest
    @ValueSource(ints = {4, 5, 10, 20, 30, 45})
    void in_a_day_behind_it_hardly_a_poll_is_lost(int forgets) {
        behind(forgets, Duration.ofMinutes(10));

        List<Boolean> day = behind(forgets, Duration.ofDays(1));

        assertThat(day).filteredOn(lost -> lost).hasSizeLessThanOrEqualTo(12);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5, 10, 30})
    void when_the_firewall_turns_gentle_polls_are_long_again(int forgets) {
        behind(forgets, Duration.ofMinutes(5));

        behind(NEVER, Duration.ofMinutes(30));

        assertThat(hold.seconds()).isEqualTo(50);
    }

    @Test
    void after_months_behind_it_that_takes_hours_and_not_for_ever() {
        behind(5, Duration.ofDays(90));

        behind(NEVER, Hold.MOST_PATIENCE.plusMinutes(30));

        assertThat(hold.seconds()).isEqualTo(50);
    }

    @Test
    void one_loss_is_a_server_that_restarts_and_a_quick_one_is_no_silence() {
        for (int i = 0; i < 5; i++) {
            hold.lost(Duration.ofSeconds(30), Loss.CLOSED);
            hold.answered(Duration.ofSeconds(50));
        }
        for (int i = 0; i < 10; i++) {
            hold.lost(Duration.ofSeconds(1), Loss.CLOSED);
        }

        assertThat(hold.seconds()).isEqualTo(50);
    }

    /** Each loss is followed by the instruction that was lost with it, at once. */
    @Test
    void answers_before_their_time_hide_no_losses() {
        for (int i = 0; i < 2; i++) {
            hold.lost(Duration.ofSeconds(60), Loss.SILENT);
            hold.answered(Duration.ofMillis(20));
        }

        assertThat(hold.seconds()).isEqualTo(25);
    }

    @Test
    void it_never_goes_below_three_seconds_nor_beyond_what_the_customer_says() {
        Hold short_ = new Hold(12);
        for (int i = 0; i < 20; i++) {
            short_.lost(Duration.ofSeconds(22), Loss.SILENT);
        }
        assertThat(short_.seconds()).isEqualTo(3);
        for (int i = 0; i < 10_000; i++) {
            short_.answered(Duration.ofSeconds(short_.seconds()));
        }
        assertThat(short_.seconds()).isEqualTo(12);
    }

    /** Polls for so long behind what forgets a connection after so many silent seconds; returns which polls were lost. */
    private List<Boolean> behind(int forgets, Duration time) {
        List<Boolean> lost = new ArrayList<>();
        Duration end = now.plus(time);
        while (now.compareTo(end) < 0) {
            Duration held = Duration.ofSeconds(hold.seconds());
            boolean gone = hold.seconds() >= forgets;
            lost.add(gone);
            if (gone) {
                now = now.plus(held).plusSeconds(MARGIN);
                hold.lost(held.plusSeconds(MARGIN), Loss.SILENT);
            } else {
                now = now.plus(held);
                hold.answered(held);
            }
        }
        return lost;
    }
}
