package io.fairlead.enterprise.allowlist;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.firewall.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DifferenceTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:30:00Z");

    @Test
    void hosts_and_ports_that_came_and_went_are_told_with_their_ports_alone() {
        Difference difference = Difference.of(
                List.of(Rows.of("a.example", Set.of(443), Set.of(17_001)), Rows.of("b.example", 443)),
                List.of(Rows.of("a.example", 443, 8443), Rows.of("c.example", 443)),
                NOW);

        assertThat(difference.added()).containsExactly(Rows.of("a.example", 8443), Rows.of("c.example", 443));
        assertThat(difference.removed())
                .containsExactly(Rows.of("a.example", Set.of(), Set.of(17_001)), Rows.of("b.example", 443));
        assertThat(difference.changed()).isEmpty();
    }

    @Test
    void another_end_is_a_change_and_a_day_that_has_come_is_none() {
        Row row = Rows.of("a.example", 443);
        Row ending = Rows.until(row, NOW.plus(Duration.ofDays(30)));

        assertThat(Difference.of(List.of(row), List.of(ending), NOW).changed()).containsExactly(ending);
        assertThat(Difference.of(List.of(row.from(Optional.of(NOW.minusSeconds(1)))), List.of(row), NOW)
                        .isNone())
                .isTrue();
    }

    @Test
    void a_row_that_is_told_in_two_pieces_is_the_same() {
        assertThat(Difference.of(
                                List.of(Rows.of("a.example", 443, 8443)),
                                List.of(Rows.of("a.example", 443), Rows.of("a.example", 8443)),
                                NOW)
                        .isNone())
                .isTrue();
    }
}
