package io.fairlead.firewall.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.firewall.Addresses;
import io.fairlead.firewall.Allowlist;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What all formats have in common. */
class FormatsTest {
    static List<Format> formats() {
        return Formats.ALL;
    }

    @Test
    void each_has_a_key_and_a_file_of_its_own() {
        assertThat(Formats.ALL).extracting(Format::key).doesNotHaveDuplicates();
        assertThat(Formats.ALL).extracting(Format::fileName).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("formats")
    void who_needs_addresses_writes_another_file_without_them_and_nobody_else(Format format) {
        Allowlist list = Lists.all();
        Allowlist unresolved = new Allowlist(
                list.title(),
                list.version(),
                list.issued(),
                list.rows(),
                list.sources(),
                new Addresses(list.issued().plusSeconds(1), Map.of()));

        assertThat(!format.render(unresolved).equals(format.render(list)))
                .as(format.key())
                .isEqualTo(format.needsAddresses());
    }
}
