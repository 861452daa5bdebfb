package io.fairlead.agent.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrustedTimeTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    @TempDir
    Path folder;

    private LocalAudit audit;
    private long nanos;
    private Instant earliest = Instant.EPOCH;
    private Instant latest = Instant.MAX;

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
    void a_pc_in_the_past_gets_the_server_s_time_when_two_answers_agree_which_goes_on_and_outlives_a_restart()
            throws IOException {
        TrustedTime time = time(Instant.parse("2009-01-01T00:00:00Z"));
        time.heard(NOON);
        assertThat(time.fresh()).isFalse();
        assertThat(time.now()).isEqualTo(Instant.parse("2009-01-01T00:00:00Z"));
        nanos += Duration.ofSeconds(2).toNanos();
        time.heard(NOON.plusSeconds(2));
        assertThat(time.fresh()).isTrue();
        assertThat(time.now()).isEqualTo(NOON.plusSeconds(2));
        nanos += Duration.ofSeconds(30).toNanos();
        assertThat(time.now()).isEqualTo(NOON.plusSeconds(32));
        time.heard(NOON.plusSeconds(10));
        assertThat(time.now()).isEqualTo(NOON.plusSeconds(32));

        TrustedTime later = time(Instant.parse("2009-01-01T00:00:00Z"));
        assertThat(later.now()).isEqualTo(NOON.plusSeconds(2));
        assertThat(later.fresh()).isFalse();
        // Time does not run backwards: the PC is known to be wrong before anybody is asked.
        assertThat(later.wrongBy()).isPresent();
        assertThat(Files.readAllLines(folder.resolve("audit.log")))
                .filteredOn(line -> line.contains("clock.wrong"))
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        // Days between the first answer and the second, and whether the second is believed.
        "3650, 3650, true",
        "3650, 0, true",
        "3650, 3640, false",
        "30, 29, false",
        "2, 2, true",
    })
    void a_jump_of_more_than_a_day_needs_two_answers_that_agree(int first, int second, boolean believed) {
        TrustedTime time = time(NOON);
        time.heard(NOON.plus(Duration.ofDays(first)));
        assertThat(time.fresh()).isFalse();
        assertThat(time.now()).isEqualTo(NOON);
        time.heard(NOON.plus(Duration.ofDays(second)));
        assertThat(time.fresh()).isEqualTo(believed);
        assertThat(time.now()).isEqualTo(believed ? NOON.plus(Duration.ofDays(second)) : NOON);
    }

    @Test
    void a_server_beyond_the_end_of_this_device_s_certificate_is_never_believed_however_often_it_says_so()
            throws IOException {
        latest = NOON.plus(Duration.ofDays(60));
        TrustedTime time = time(NOON);
        for (int i = 0; i < 3; i++) {
            time.heard(Instant.parse("2040-01-01T00:00:00Z"));
        }
        assertThat(time.fresh()).isFalse();
        assertThat(time.now()).isEqualTo(NOON);
        assertThat(folder.resolve("time")).doesNotExist();
        time.heard(NOON);
        assertThat(time.fresh()).isTrue();

        // What an earlier version kept is not believed either.
        Files.writeString(folder.resolve("time"), "2040-01-01T00:00:00Z");
        assertThat(time(NOON).now()).isEqualTo(NOON);
        assertThat(Files.readAllLines(folder.resolve("audit.log")))
                .filteredOn(line -> line.contains("clock.server-doubtful"))
                .hasSize(2);
    }

    @Test
    void orders_go_by_the_server_s_last_word_on_a_pc_that_is_wrong_either_way_and_after_a_sleep() {
        for (Duration wrong : List.of(Duration.ofDays(1), Duration.ofDays(-1), Duration.ofDays(3650))) {
            Instant[] pc = {NOON.plus(wrong)};
            TrustedTime time = time(() -> pc[0]);
            assertThat(time.byServer()).isEqualTo(time.now());
            time.heard(NOON);
            time.heard(NOON);
            assertThat(time.byServer()).isEqualTo(NOON);
            nanos += Duration.ofSeconds(5).toNanos();
            assertThat(time.byServer()).isEqualTo(NOON.plusSeconds(5));
            // The PC sleeps: only its own clock goes on.
            pc[0] = pc[0].plus(Duration.ofHours(8));
            assertThat(time.byServer()).isEqualTo(NOON.plus(Duration.ofHours(8)));
            // And the server was an hour ahead when it spoke.
            time.heard(NOON.plus(Duration.ofHours(7)));
            assertThat(time.byServer()).isEqualTo(NOON.plus(Duration.ofHours(7)));
        }
    }

    @Test
    void a_server_that_takes_back_a_future_is_named_and_certificates_go_by_the_later_time() throws IOException {
        TrustedTime time = time(NOON);
        time.heard(NOON.plus(Duration.ofDays(30)));
        time.heard(NOON.plus(Duration.ofDays(30)));
        time.heard(NOON);
        time.heard(NOON);

        assertThat(time.now()).isEqualTo(NOON.plus(Duration.ofDays(30)));
        assertThat(time.byServer()).isEqualTo(NOON);
        assertThat(Files.readAllLines(folder.resolve("audit.log")))
                .filteredOn(line -> line.contains("clock.server-doubtful"))
                .singleElement()
                .asString()
                .contains("until a new enrolment");
    }

    @Test
    void it_is_never_before_the_certificate_was_made() {
        earliest = NOON.minusSeconds(60);
        TrustedTime time = time(Instant.parse("2009-01-01T00:00:00Z"));

        assertThat(time.now()).isEqualTo(earliest);
        assertThat(time.wrongBy()).isPresent();
        time.heard(NOON);
        assertThat(time.fresh()).isTrue();
        assertThat(time.byServer()).isEqualTo(NOON);
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
        return time(() -> pc);
    }

    private TrustedTime time(InstantSource pc) {
        return new TrustedTime(
                folder.resolve("time"),
                pc.withZone(ZoneOffset.UTC),
                () -> nanos,
                () -> new TrustedTime.Lifetime(earliest, latest),
                audit);
    }
}
