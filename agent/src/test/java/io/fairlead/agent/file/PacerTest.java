package io.fairlead.agent.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.agent.link.Pace;
import java.io.InterruptedIOException;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PacerTest {
    private static final long SECOND = 1_000_000_000L;

    /** Sleeping moves it on, nothing else does. */
    private final AtomicLong now = new AtomicLong();

    private final AtomicLong longest = new AtomicLong();

    @Test
    void a_chunk_at_128_kbit_takes_its_time_in_even_slices() throws Exception {
        Pacer pacer = pacer(16_000);
        int bytes = pass(pacer, 131_072);

        assertThat(bytes).isEqualTo(131_072);
        // 8.2 s for the bytes, and a 25th for what carries them.
        assertThat(now.get()).isBetween(8_200_000_000L, 8_700_000_000L);
        assertThat(longest.get()).as("no pause in which a line looks dead").isLessThan(SECOND / 4);
    }

    @Test
    void two_transfers_share_the_rate() throws Exception {
        Pacer pacer = pacer(16_000);
        for (int i = 0; i < 5; i++) {
            assertThat(pass(pacer, 65_536) + pass(pacer, 65_536)).isEqualTo(131_072);
        }

        assertThat(5 * 131_072L * SECOND / now.get()).as("bytes a second").isBetween(15_000L, 16_000L);
    }

    @Test
    void rest_saves_nothing_up() throws Exception {
        Pacer pacer = pacer(16_000);
        now.addAndGet(3600 * SECOND);
        long before = now.get();
        assertThat(pass(pacer, 131_072)).isPositive();

        assertThat(now.get() - before).isGreaterThan(8 * SECOND);
    }

    @Test
    void at_a_low_rate_chunks_go_one_after_the_other_each_above_the_least_rate() throws Exception {
        Pacer pacer = pacer(8_000);
        AtomicInteger at = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(4);
        for (int i = 0; i < 4; i++) {
            new Thread(() -> {
                        long bytes = pacer.move(() -> true, pace -> {
                            int together = at.incrementAndGet();
                            most.accumulateAndGet(together, Math::max);
                            Thread.yield();
                            return at.decrementAndGet();
                        });
                        assertThat(bytes).isNotNegative();
                        done.countDown();
                    })
                    .start();
        }
        done.await();
        assertThat(most).hasValue(1);

        long before = now.get();
        assertThat(pass(pacer, 131_072)).isPositive();
        assertThat(131_072 * SECOND / (now.get() - before)).isGreaterThan(4096);
    }

    @Test
    void without_a_rate_nothing_waits() throws Exception {
        Pacer pacer = new Pacer(OptionalLong.empty(), now::get, nanos -> {
            throw new AssertionError("slept");
        });

        assertThat(pass(pacer, 1 << 20)).isEqualTo(1 << 20);
    }

    @Test
    void what_is_no_longer_wanted_ends_with_the_next_slice() {
        assertThatThrownBy(() -> pacer(16_000).move(() -> false, pace -> passed(pace, 100)))
                .isInstanceOf(InterruptedIOException.class);
    }

    private Pacer pacer(long rate) {
        return new Pacer(OptionalLong.of(rate), now::get, nanos -> {
            longest.accumulateAndGet(nanos, Math::max);
            now.addAndGet(nanos);
        });
    }

    private static int pass(Pacer pacer, int bytes) throws Exception {
        return pacer.move(() -> true, pace -> passed(pace, bytes));
    }

    private static int passed(Pace pace, int bytes) throws java.io.IOException {
        int at = 0;
        while (at < bytes) {
            int slice = Math.min(pace.slice(), bytes - at);
            pace.pass(slice);
            at += slice;
        }
        return at;
    }
}
