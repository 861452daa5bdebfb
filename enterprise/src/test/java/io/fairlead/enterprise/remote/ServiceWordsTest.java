package io.fairlead.enterprise.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceWordsTest {
    @ParameterizedTest
    @CsvSource({
        "desktop:view, view/desktop",
        "desktop:control, control/desktop",
        "shell:terminal, terminal/shell",
        "database, use/database",
        "database:use, use/database",
        "host:5432:use, use/host:5432",
        "a/b:view, view/a/b"
    })
    void what_people_type_is_a_name_and_its_mode(String typed, String word) {
        assertThat(ServiceWords.write(ServiceWords.typed(typed))).isEqualTo(word);
    }

    @ParameterizedTest
    @CsvSource({
        "desktop:dance, '\"dance\" of \"desktop:dance\" is no mode; possible are desktop:view, desktop:control'",
        "host:5432, is no mode",
        "desktop:, is no mode",
        ":view, is no name of a service",
        "-x:view, is no name of a service",
        "'', is no name of a service"
    })
    void what_is_no_mode_or_name_is_told_with_what_is_possible(String typed, String told) {
        assertThatThrownBy(() -> {
                    String unused = ServiceWords.write(ServiceWords.typed(typed));
                })
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(told)
                .hasMessageStartingWith("\"");
    }
}
