package io.fairlead.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SettingsTest {
    private enum Colour {
        RED,
        DARK_BLUE
    }

    @Test
    void what_the_file_says_is_read_and_the_rest_has_its_default() {
        Settings root =
                Settings.of("a.conf", "port = 99\nnames = [x, y]\nin { on = true, wait = 2m }\ncolour = dark-blue");

        assertThat(root.number("port", 1, 1, 100)).isEqualTo(99);
        assertThat(root.number("other", 7, 1, 100)).isEqualTo(7);
        assertThat(root.texts("names")).containsExactly("x", "y");
        assertThat(root.section("in").flag("on", false)).isTrue();
        assertThat(root.choice("colour", Colour.class, Colour.RED)).isEqualTo(Colour.DARK_BLUE);
        assertThat(root.section("none").optionalText("x")).isEmpty();
    }

    @Test
    void a_duration_has_a_unit_and_bounds() {
        Settings root = Settings.of("a.conf", "wait = 2m\nlong = 3h\nodd = blue");

        assertThat(root.duration("wait", Duration.ZERO, Duration.ZERO, Duration.ofHours(1)))
                .isEqualTo(Duration.ofMinutes(2));
        assertThat(root.duration("long", Duration.ZERO, Duration.ZERO, Duration.ofHours(1)))
                .isZero();
        assertThat(root.duration("odd", Duration.ZERO, Duration.ZERO, Duration.ofHours(1)))
                .isZero();
        assertThatThrownBy(root::done)
                .hasMessage("a.conf:2: long is not from 0s to 1h" + System.lineSeparator()
                        + "a.conf:3: odd is no duration such as 30s, 5m or 2h");
    }

    @Test
    void everything_that_is_wrong_is_told_at_once_with_its_line() {
        Settings root =
                Settings.of("a.conf", "port = 0\n\nflag = maybe\nin {\n  nmae = x\n}\nlist = [ { beta = 1 } ]\n");
        assertThat(root.number("port", 1, 1, 100)).isEqualTo(1);
        assertThat(root.flag("flag", false)).isFalse();
        assertThat(root.section("in").text("name", "")).isEmpty();
        assertThat(root.sections("list"))
                .hasSize(1)
                .first()
                .satisfies(each -> assertThat(each.text("a")).isEmpty());

        assertThatThrownBy(root::done)
                .isInstanceOf(SettingsException.class)
                .message()
                .satisfies(message -> assertThat(message.lines())
                        .containsExactly(
                                "a.conf:1: port 0 is not a whole number from 1 to 100",
                                "a.conf:3: flag is a boolean, not a string",
                                "a.conf:5: in.nmae is not a key; did you mean in.name?",
                                "a.conf:7: list[1].a is missing",
                                "a.conf:7: list[1].beta is not a key"));
    }

    @Test
    void a_file_that_is_none_is_refused_with_its_line() {
        assertThatThrownBy(() -> Settings.of("a.conf", "a = 1\nb = ["))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("a.conf:2: ");
        assertThatThrownBy(() -> Settings.read(Path.of("none.conf"))).hasMessage("none.conf: there is no such file");
    }

    @Test
    void the_keys_that_were_asked_for_are_known_by_their_full_names() {
        Settings root = Settings.of("a.conf", "in { a = x }\nlist = [{ b = 1 }]");
        assertThat(root.section("in").text("a")).isEqualTo("x");
        assertThat(root.sections("list").get(0).number("b", 0, 0, 9)).isEqualTo(1);
        assertThat(root.flag("c", true)).isTrue();

        assertThat(root.known()).containsExactlyInAnyOrder("in", "in.a", "list", "list[1].b", "c");
    }

    @Test
    void a_substitution_within_a_list_is_a_fault_with_its_line() {
        Settings root = Settings.of("a.conf", "x = 1\nlist = [a, ${x}]");
        assertThat(root.texts("list")).isEmpty();
        assertThat(root.number("x", 0, 0, 9)).isEqualTo(1);

        assertThatThrownBy(root::done).hasMessage("a.conf:2: list has a substitution, which is not taken");
    }

    @Test
    void neither_includes_nor_substitutions_are_taken() {
        assertThatThrownBy(() -> Settings.of("a.conf", "include \"/etc/passwd\""))
                .isInstanceOf(SettingsException.class);

        Settings root = Settings.of("a.conf", "a = ${HOME}\nb = x");
        assertThat(List.of(root.text("a"), root.text("b"))).isEqualTo(List.of("", "x"));
        assertThatThrownBy(root::done).hasMessage("a.conf:1: a has a substitution, which is not taken");
    }
}
