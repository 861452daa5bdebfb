package io.fairlead.enterprise.allowlist;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.firewall.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NoticeTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:30:00Z");
    private static final Instant SOONEST = Instant.parse("2026-11-30T00:00:00Z");

    @Test
    void the_first_list_holds_at_once() {
        assertThat(Notice.given(List.of(), List.of(Rows.of("a.example", 443)), NOW))
                .containsExactly(Rows.of("a.example", 443));
    }

    @Test
    void a_host_that_comes_later_is_announced_for_at_least_seven_whole_days() {
        Row old = Rows.of("a.example", 443);
        List<Row> rows = Notice.given(List.of(old), List.of(old, Rows.of("b.example", 443)), NOW);

        assertThat(rows).containsExactly(old, Rows.of("b.example", 443).from(Optional.of(SOONEST)));
        assertThat(Duration.between(NOW, SOONEST)).isGreaterThanOrEqualTo(Notice.AHEAD);
    }

    @Test
    void a_port_that_comes_later_is_announced_apart_from_those_that_are_open() {
        List<Row> rows = Notice.given(
                List.of(Rows.of("a.example", 443)),
                List.of(Rows.of("a.example", Set.of(443, 8443), Set.of(17_002))),
                NOW);

        assertThat(rows)
                .containsExactly(
                        Rows.of("a.example", 443),
                        Rows.of("a.example", Set.of(8443), Set.of(17_002)).from(Optional.of(SOONEST)));
    }

    @Test
    void what_was_announced_keeps_its_day_and_is_ordinary_when_it_has_passed() {
        Row old = Rows.of("a.example", 443);
        Row fresh = Rows.of("b.example", 443);
        List<Row> announced = Notice.given(List.of(old), List.of(old, fresh), NOW);

        assertThat(Notice.given(announced, List.of(old, fresh), NOW.plus(Duration.ofDays(3))))
                .isEqualTo(announced);
        assertThat(Notice.given(announced, List.of(old, fresh), SOONEST)).containsExactly(old, fresh);
    }

    @Test
    void a_date_of_the_catalogue_stands_when_it_is_later_than_the_notice() {
        Row old = Rows.of("a.example", 443);
        Instant spring = Instant.parse("2027-03-01T00:00:00Z");
        Instant tomorrow = Instant.parse("2026-11-23T00:00:00Z");

        assertThat(Notice.given(List.of(old), List.of(Rows.of("b.example", 443).from(Optional.of(spring))), NOW))
                .containsExactly(Rows.of("b.example", 443).from(Optional.of(spring)));
        assertThat(Notice.given(List.of(old), List.of(Rows.of("b.example", 443).from(Optional.of(tomorrow))), NOW))
                .containsExactly(Rows.of("b.example", 443).from(Optional.of(SOONEST)));
    }

    @Test
    void what_is_over_is_gone_and_what_ends_before_its_notice_never_comes() {
        Row old = Rows.of("a.example", 443);

        assertThat(Notice.given(List.of(old), List.of(Rows.until(old, NOW)), NOW))
                .isEmpty();
        assertThat(Notice.given(List.of(old), List.of(Rows.until(Rows.of("b.example", 443), NOW.plusSeconds(60))), NOW))
                .isEmpty();
    }
}
