package io.fairlead.enterprise.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class IdsTest {
    @Test
    void ids_are_32_hex_digits_and_never_the_same() {
        Ids ids = Ids.random();

        assertThat(Stream.generate(ids::next).limit(1_000))
                .allMatch(id -> id.matches("[0-9a-f]{32}"))
                .doesNotHaveDuplicates();
    }
}
