package io.fairlead.enterprise.recording;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UnforcedTest {
    private static final long CHUNK = Chunk.MOST;

    private final Unforced unforced = new Unforced();

    @Test
    void what_is_written_is_forced_when_a_second_is_over_and_once_only() {
        assertThat(unforced.write(CHUNK, false)).isFalse();
        assertThat(unforced.owed()).isFalse();
        unforced.second();
        assertThat(unforced.owed()).isTrue();
        assertThat(unforced.write(0, false)).isTrue();
        assertThat(unforced.owed()).isFalse();
        assertThat(unforced.write(CHUNK, false)).isFalse();
    }

    @Test
    void what_comes_when_a_second_is_over_is_forced_as_it_is_written() {
        unforced.second();
        assertThat(unforced.owed()).isFalse();
        assertThat(unforced.write(1, false)).isTrue();
    }

    @Test
    void four_mebibytes_are_forced_however_fast_they_came() {
        for (int round = 0; round < 3; round++) {
            for (int chunk = 1; chunk < Unforced.MOST / CHUNK; chunk++) {
                assertThat(unforced.write(CHUNK, false)).isFalse();
            }
            assertThat(unforced.write(CHUNK, false)).isTrue();
        }
    }

    @Test
    void the_end_is_forced_and_nothing_is_owed_behind_it() {
        assertThat(unforced.write(CHUNK, false)).isFalse();
        assertThat(unforced.write(1, true)).isTrue();
        unforced.second();
        assertThat(unforced.owed()).isFalse();
    }
}
