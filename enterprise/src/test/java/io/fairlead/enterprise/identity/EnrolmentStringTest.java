package io.fairlead.enterprise.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class EnrolmentStringTest {
    private static final String ROOT = "A".repeat(42) + "_";
    private final EnrolmentString string =
            new EnrolmentString("agents.example.org", 8444, "K7Q2M9XA", "0123456789ABCDEF", ROOT);

    @Test
    void it_is_written_and_read() {
        assertThat(string.format()).isEqualTo("fairlead:1:agents.example.org:8444:K7Q2M9XA:0123456789ABCDEF:" + ROOT);
        assertThat(EnrolmentString.parse(string.format())).isEqualTo(string);
        EnrolmentString six = new EnrolmentString("::1", 8444, "K7Q2M9XA", "0123456789ABCDEF", ROOT);
        assertThat(six.format()).startsWith("fairlead:1:[::1]:8444:");
        assertThat(EnrolmentString.parse(six.format())).isEqualTo(six);
    }

    @Test
    void what_people_make_of_it_is_understood() {
        assertThat(EnrolmentString.parse(
                        " fairlead:1:agents.example.org:8444:k7q2m9xa:oi23456789abcdef:" + ROOT + "\n"))
                .isEqualTo(string);
    }

    @Test
    void it_shows_its_secret_only_when_asked() {
        assertThat(string.toString()).doesNotContain("0123456789ABCDEF").contains("K7Q2M9XA");
    }

    @Test
    void others_are_refused_without_their_secret() {
        for (String wrong : List.of(
                "",
                "fairlead:2:h:1:K7Q2M9XA:0123456789ABCDEF:" + ROOT,
                "fairlead:1:h:0:K7Q2M9XA:0123456789ABCDEF:" + ROOT,
                "fairlead:1:h:65536:K7Q2M9XA:0123456789ABCDEF:" + ROOT,
                "fairlead:1:h h:1:K7Q2M9XA:0123456789ABCDEF:" + ROOT,
                "fairlead:1::1:K7Q2M9XA:0123456789ABCDEF:" + ROOT,
                "fairlead:1:h:1:K7Q2M9X:0123456789ABCDEF:" + ROOT,
                "fairlead:1:h:1:K7Q2M9XA:0123456789ABCDEF7:" + ROOT,
                "fairlead:1:h:1:K7Q2M9XA:0123456789ABCDEF:" + ROOT.substring(1))) {
            assertThatThrownBy(() -> EnrolmentString.parse(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageNotContaining("0123456789ABCDEF");
        }
    }
}
