package io.fairlead.enterprise.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.status.GroupRows.ItemKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KnownItemsTest {
    private final KnownItems known = new KnownItems(4);

    private static Slice slice(String device, String... items) {
        StatusMessage message = new StatusMessage(
                1,
                Instant.EPOCH,
                Stream.of(items).map(item -> DataItem.ofNumber(item, 1, null)).toList(),
                List.of(),
                List.of(),
                List.of());
        return new Slice(
                new DeviceId(device), "e".repeat(32), null, Duration.ZERO, 0, List.of(new Parsed.Fit(message)));
    }

    private Set<ItemKey> missing(Slice... slices) {
        return known.of(List.of(slices)).missing(List.of(slices));
    }

    @Test
    void what_was_seen_is_not_asked_for_again_of_that_device() {
        assertThat(missing(slice("a", "x", "y"), slice("b", "x"), slice("a", "y")))
                .containsExactly(new ItemKey("a", "x"), new ItemKey("a", "y"), new ItemKey("b", "x"));
        known.seen(Map.of(new ItemKey("a", "x"), 7L));
        assertThat(missing(slice("a", "x", "y"), slice("b", "x")))
                .containsExactly(new ItemKey("a", "y"), new ItemKey("b", "x"));
        assertThat(known.of(List.of(slice("a", "x"))).of("a", "x")).isEqualTo(7);
    }

    @Test
    void who_has_asked_goes_on_reading_what_is_forgotten_or_learnt_meanwhile() {
        known.seen(Map.of(new ItemKey("a", "x"), 1L));
        ItemIds ids = known.of(List.of(slice("a", "x")));
        known.seen(Map.of(new ItemKey("a", "y"), 2L));
        known.seen(Map.of(new ItemKey("b", "1"), 3L, new ItemKey("b", "2"), 4L, new ItemKey("b", "3"), 5L));
        assertThat(ids.of("a", "x")).isEqualTo(1);
        ids.add(Map.of(new ItemKey("a", "z"), 6L));
        assertThat(ids.of("a", "z")).isEqualTo(6);
        assertThat(ids.missing(List.of(slice("a", "x", "y", "z")))).containsExactly(new ItemKey("a", "y"));
    }

    @Test
    void the_device_that_was_silent_longest_is_forgotten_first() {
        known.seen(Map.of(new ItemKey("a", "x"), 1L, new ItemKey("a", "y"), 2L));
        known.seen(Map.of(new ItemKey("b", "x"), 3L, new ItemKey("b", "y"), 4L));
        assertThat(missing(slice("a", "x"))).isEmpty();
        known.seen(Map.of(new ItemKey("c", "x"), 5L));
        assertThat(missing(slice("a", "x", "y"), slice("b", "x"), slice("c", "x")))
                .containsExactly(new ItemKey("b", "x"));
    }
}
