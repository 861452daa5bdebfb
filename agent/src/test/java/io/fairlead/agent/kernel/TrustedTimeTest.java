package io.fairlead.agent.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustedTimeTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    @TempDir
    Path folder;

    private LocalAudit audit;
    private long nanos;

    @BeforeEach
    void open_the_audit() {
        audit = new LocalAudit(folder.resolve("audit.log"), Clock.fixed(NOON, ZoneOffset.UTC));
    }

    @Test
    void before_anything_is_heard_it_is_the_pc_s_and_not_fresh() {
        TrustedTime time = time(NOON);
        assertThat(time.now()).isEqualTo(NOON);
        assertThat(time.fresh()).isFalse();
    }

    @Test
    void a_pc_in_the_past_gets_the_server_s_time_which_goes_on_and_outlives_a_restart() {
        TrustedTime time = time(Instant.parse("2009-01-01T00:00:00Z"));
        time.heard(NOON);
        assertThat(time.fresh()).isTrue();
        assertThat(time.now()).isEqualTo(NOON);
        nanos += Duration.ofSeconds(30).toNanos();
        assertThat(time.now()).isEqualTo(NOON.plusSeconds(30));
        time.heard(NOON.plusSeconds(10));
        assertThat(time.now()).isEqualTo(NOON.plusSeconds(30));

        TrustedTime later = time(Instant.parse("2009-01-01T00:00:00Z"));
        assertThat(later.now()).isEqualTo(NOON);
        assertThat(later.fresh()).isFalse();
    }

    @Test
    void it_is_written_at_most_once_a_minute() throws IOException {
        TrustedTime time = time(NOON);
        time.heard(NOON);
        time.heard(NOON.plusSeconds(59));
        assertThat(Files.readString(folder.resolve("time"))).isEqualTo("2026-11-21T12:00:00Z");
        time.heard(NOON.plusSeconds(61));
        assertThat(Files.readString(folder.resolve("time"))).isEqualTo("2026-11-21T12:01:01Z");
    }

    @Test
    void a_pc_ahead_is_believed_and_a_wrong_clock_is_named_once() throws IOException {
        TrustedTime time = time(NOON.plus(Duration.ofDays(1)));
        time.heard(NOON);
        time.heard(NOON.plusSeconds(50));
        assertThat(time.now()).isEqualTo(NOON.plus(Duration.ofDays(1)));
        assertThat(time.wrongBy()).contains(Duration.ofDays(1).minusSeconds(50));
        time.heard(NOON.plus(Duration.ofDays(1)));
        assertThat(time.wrongBy()).isEmpty();
        assertThat(Files.readAllLines(folder.resolve("audit.log")))
                .containsExactly(
                        "2026-11-21T12:00:00.000Z clock.wrong pc-ahead-seconds=86400 server=2026-11-21T12:00:00Z",
                        "2026-11-21T12:00:00.000Z clock.right");
    }

    @Test
    void an_altered_file_counts_as_none() throws IOException {
        Files.writeString(folder.resolve("time"), "yesterday");
        assertThat(time(NOON).now()).isEqualTo(NOON);
    }

    private TrustedTime time(Instant pc) {
        return new TrustedTime(folder.resolve("time"), Clock.fixed(pc, ZoneOffset.UTC), () -> nanos, audit);
    }
}
