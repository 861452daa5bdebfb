package io.fairlead.firewall.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.firewall.Allowlist;
import io.fairlead.firewall.Cidr;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonListTest {
    private static final String ROW =
            "{\"host\":\"a.example\",\"ports\":[443],\"purpose\":\"Files\",\"required\":true}";
    private static final String LIST =
            "{\"title\":\"T\",\"version\":\"1\",\"issued\":\"2026-11-22T08:00:00Z\",\"rows\":[" + ROW + "]}";

    @Test
    void what_was_written_is_read_again() throws IOException {
        Allowlist list = Lists.from(Lists.all(), Cidr.of("10.1.0.0/16"));
        JsonList published = new JsonList(
                list.title(),
                list.version(),
                list.issued(),
                Optional.of(Lists.LATER),
                Optional.of("0a".repeat(32)),
                list.sources(),
                list.rows());

        assertThat(read(published.text())).isEqualTo(published);
        assertThat(read(new Json().render(list)).rows()).isEqualTo(list.rows());
    }

    @Test
    void keys_of_later_versions_are_passed_over() throws IOException {
        String later = LIST.replace("\"rows\"", "\"later\":{\"a\":[1,{}]},\"rows\"")
                .replace("\"host\"", "\"later\":[[]],\"host\"");

        assertThat(read(later)).isEqualTo(read(LIST));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "a.example~a b.example~line 1: host is no host name",
                "{\"host\"~{\"network\":\"192.0.2.0/24\",\"host\"~line 1: the row leads to a host and to a network",
                "443~70000~line 1: the row port 70000 is not 1 to 65535",
                "443~~line 1: the row has no port",
                "[443]~443~line 1: ports is no array",
                "[443]~[443.5]~line 1: ports is not 1 to 200 numbers",
                "[443]~[99999999999999]~line 1: is no JSON",
                "true~\"yes\"~line 1: required is neither true nor false",
                "\"purpose\":\"Files\",~~line 1: purpose is missing",
                "\"title\":\"T\"~\"title\":\"T\\nrule\"~line 1: title is not one line",
                "\"title\":\"T\"~\"title\":\"T\",\"title\":\"T\"~line 1: is no JSON",
                "08:00:00Z~yesterday~line 1: issued is no time",
                "\"version\":\"1\"~\"version\":\"1;\"~line 1: version is 1 to 40",
                "\"rows\"~\"expires\":7,\"rows\"~line 1: expires is no text",
                "\"rows\"~\"previous\":\"7\",\"rows\"~previous is not 64",
                "\"rows\"~\"later\":[[[[[[[[[[]]]]]]]]]],\"rows\"~line 1: is no JSON",
                "]}~]} {}~line 1: something follows",
                "]}~]~line 1: is no JSON",
            })
    void what_is_no_list_is_refused_with_its_place(String part, String instead, String why) {
        assertThatThrownBy(() -> read(LIST.replaceFirst(
                        java.util.regex.Pattern.quote(part),
                        java.util.regex.Matcher.quoteReplacement(instead == null ? "" : instead))))
                .isInstanceOf(NotAnAllowlist.class)
                .hasMessageStartingWith(why);
    }

    @Test
    void a_list_that_is_too_long_is_refused() {
        String rows = (ROW + ",").repeat(10_000) + ROW;
        assertThatThrownBy(() -> read(LIST.replace(ROW, rows)))
                .isInstanceOf(NotAnAllowlist.class)
                .hasMessageContaining("more than 10000 rows");
        assertThatThrownBy(() -> read(LIST + " ".repeat(5 << 20))).isInstanceOf(NotAnAllowlist.class);
    }

    private static JsonList read(String text) throws IOException {
        return JsonList.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }
}
