package io.fairlead.agent.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnrolmentStringTest {
    private static final String HASH = "A".repeat(42) + "E";
    private static final String SECRET = "0123456789ABCDEF";

    @Test
    void every_part_is_read() {
        EnrolmentString string =
                EnrolmentString.parse("  fairlead:1:agents.example:8444:c-17:" + SECRET + ":" + HASH + "\n");

        assertThat(string.server()).isEqualTo(new ServerAddress("agents.example", 8444));
        assertThat(string.codeId()).isEqualTo("c-17");
        assertThat(string.secret()).isEqualTo(SECRET);
        assertThat(string.rootKeyHash()).isEqualTo(HASH);
    }

    @Test
    void an_ipv6_host_stands_in_brackets() {
        EnrolmentString string = EnrolmentString.parse("fairlead:1:[2001:db8::7]:8444:c:" + SECRET + ":" + HASH);

        assertThat(string.server().host()).isEqualTo("2001:db8::7");
        assertThat(string.server()).hasToString("[2001:db8::7]:8444");
    }

    @Test
    void what_people_mistype_in_a_secret_is_understood() {
        EnrolmentString string = EnrolmentString.parse("fairlead:1:h:1:c:o123456789abcdeL:" + HASH);

        assertThat(string.secret()).isEqualTo("0123456789ABCDE1");
    }

    @Test
    void the_secret_never_shows_in_a_log() {
        assertThat(EnrolmentString.parse("fairlead:1:h:1:c:" + SECRET + ":" + HASH)
                        .toString())
                .doesNotContain(SECRET);
    }

    @ParameterizedTest
    @CsvSource({
        "hello, begins with",
        "fairlead:2:h:1:c:S:H, version 1",
        "fairlead:1:h:1:c, seven parts",
        "fairlead:1:h:99999:c:S:H, port 99999",
        "fairlead:1:h:x:c:S:H, HOST:PORT",
        "fairlead:1:h h:1:c:S:H, neither a host name",
        "fairlead:1:h:1:c c:S:H, code's id",
        "fairlead:1:h:1:c:SHRT:H, 16 characters",
        "fairlead:1:h:1:c:0123456789ABCDEU:H, 16 characters",
        "fairlead:1:h:1:c:0123456789ABCDEF:**, base64url",
        "fairlead:1:h:1:c:0123456789ABCDEF:AAAA, 43 characters",
    })
    void an_error_says_what_is_wrong(String text, String said) {
        assertThatThrownBy(() -> EnrolmentString.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(said)
                .hasMessageNotContaining("0123456789ABCDE");
    }
}
