package io.fairlead.enterprise.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.status.GroupRows.ItemKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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

    @Test
    void what_was_seen_is_not_asked_for_again_of_that_device() {
        assertThat(known.others(List.of(slice("a", "x", "y"), slice("b", "x"), slice("a", "y"))))
                .containsExactly(new ItemKey("a", "x"), new ItemKey("a", "y"), new ItemKey("b", "x"));
        known.seen(List.of(new ItemKey("a", "x")));
        assertThat(known.others(List.of(slice("a", "x", "y"), slice("b", "x"))))
                .containsExactly(new ItemKey("a", "y"), new ItemKey("b", "x"));
    }

    @Test
    void the_device_that_was_silent_longest_is_forgotten_first() {
        known.seen(List.of(new ItemKey("a", "x"), new ItemKey("a", "y"), new ItemKey("b", "x"), new ItemKey("b", "y")));
        assertThat(known.others(List.of(slice("a", "x")))).isEmpty();
        known.seen(List.of(new ItemKey("c", "x")));
        assertThat(known.others(List.of(slice("a", "x", "y"), slice("b", "x"), slice("c", "x"))))
                .containsExactly(new ItemKey("b", "x"));
    }
}
