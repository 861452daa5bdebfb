package io.fairlead.agent.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentRoutesTest {
    private static final ServerAddress SERVER = new ServerAddress("agents.example.org", 8444);

    @Test
    void without_a_variable_the_way_is_straight() throws IOException {
        assertThat(way(Map.of(), SERVER)).isEqualTo("direct");
        assertThat(way(Map.of("https_proxy", " ", "http_proxy", "http://p:1"), SERVER))
                .isEqualTo("direct");
    }

    @ParameterizedTest
    @CsvSource({
        "http://proxy:3128, http://proxy:3128",
        "http://proxy:3128/, http://proxy:3128",
        "proxy:3128, http://proxy:3128",
        "http://proxy, http://proxy:80",
        "socks5h://proxy:1080, socks5://proxy:1080",
        "http://someone:secret@proxy:3128, http://proxy:3128",
        "someone:se@cret@proxy:3128, http://proxy:3128",
        "http://[2001:db8::1]:3128, http://[2001:db8::1]:3128",
    })
    void the_variable_is_read_as_people_write_it(String text, String way) throws IOException {
        assertThat(way(Map.of("https_proxy", text), SERVER)).isEqualTo(way);
        assertThat(way(Map.of("HTTPS_PROXY", text), SERVER)).isEqualTo(way);
    }

    @Test
    void a_variable_that_names_no_proxy_is_told_and_not_gone_around() {
        assertThatThrownBy(() -> way(Map.of("HTTPS_PROXY", "https://someone:secret@proxy:3128"), SERVER))
                .isInstanceOf(IOException.class)
                .hasMessage("the environment's HTTPS_PROXY: \"https://proxy:3128\" is not direct, http://HOST:PORT or"
                        + " socks5://HOST:PORT");
    }

    @ParameterizedTest
    @CsvSource({
        "'*', agents.example.org, true",
        "example.org, agents.example.org, true",
        ".example.org, agents.example.org, true",
        "*.example.org, agents.example.org, true",
        "AGENTS.example.org, agents.example.org, true",
        "agents.example.org:8444, agents.example.org, true",
        "agents.example.org:443, agents.example.org, false",
        "ample.org, agents.example.org, false",
        "'other.org, 10.0.0.0/8', 10.1.2.3, true",
        "10.0.0.0/8, 11.1.2.3, false",
        "10.0.0.0/99, 10.1.2.3, false",
        "10.1.2.3, 10.1.2.3, true",
        "2001:db8::/32, 2001:db8:1::5, true",
        "10.0.0.0/8, agents.example.org, false",
        "'', localhost, true",
        "'', 127.0.0.1, true",
        "'', ::1, true",
    })
    void no_proxy_keeps_hosts_from_the_proxy(String list, String host, boolean straight) throws IOException {
        Map<String, String> environment = new HashMap<>(Map.of("https_proxy", "proxy:3128"));
        environment.put("no_proxy", list);

        assertThat(way(environment, new ServerAddress(host, 8444)).equals("direct"))
                .isEqualTo(straight);
    }

    private static String way(Map<String, String> environment, ServerAddress server) throws IOException {
        return new EnvironmentRoutes(environment).to(server).get(0).toString();
    }
}
