package io.fairlead.soap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FaultTest {
    @Test
    void keys_are_unique_and_fit_into_the_contract() {
        assertThat(Fault.values())
                .extracting(Fault::key)
                .doesNotHaveDuplicates()
                .allMatch(key -> key.matches("[a-z][a-z-]{2,40}"));
    }

    @Test
    void texts_are_fixed_and_need_no_escaping() {
        assertThat(Arrays.stream(Fault.values()).map(Fault::text)).allMatch(text -> !text.matches(".*[<>&\"%{}].*"));
    }

    @Test
    void a_fault_is_found_by_its_key() {
        assertThat(Fault.ofKey("busy")).contains(Fault.BUSY);
        assertThat(Fault.ofKey("made-up-later")).isEmpty();
    }
}
