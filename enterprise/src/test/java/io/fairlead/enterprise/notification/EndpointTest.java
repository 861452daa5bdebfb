package io.fairlead.enterprise.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://user@erp.example/",
                "https://user:word@erp.example/",
                "https://erp.example@169.254.169.254/",
                "https://erp.example#@169.254.169.254/",
                "https://erp.example/a#b",
                "https://erp.example\\@169.254.169.254/",
                "https://erp.example./",
                "https://erp..example/",
                "https://-erp.example/",
                "https://erp_1.example/",
                "https://2130706433/",
                "https://0x7f000001/",
                "https://0177.0.0.1/",
                "https://127.1/",
                "https://127.0.0.0x1/",
                "https://0x7f.0.0.1/",
                "https://[fe80::1%25eth0]/",
                "https://[::1/",
                "https://[127.0.0.1]/",
                "https://[:::]/",
                "https://erp.example:25/",
                "https://erp.example:22",
                "https://erp.example:0/",
                "https://erp.example:0443/",
                "https://erp.example:65536/",
                "https://erp.example:/",
                "https://erp.example/ a",
                "https://erp.example/a\r\nHost: other",
                "https://erp.example/%0",
                "https://erp.ex\u00e4mple/",
                "https:///etc/passwd",
                "https:erp.example",
                "HTTPS://erp.example/",
                "ftp://erp.example/",
                "file:///etc/passwd",
                "gopher://erp.example:70/",
                ""
            })
    void what_two_readers_could_take_for_two_things_is_refused(String text) {
        assertThatThrownBy(() -> Endpoint.of(text))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.fault()).isEqualTo(Fault.ENDPOINT_REFUSED));
    }

    @Test
    void an_address_is_read_as_it_is_written() {
        assertThat(Endpoint.of("https://ERP.example"))
                .isEqualTo(new Endpoint("https://ERP.example", true, new HostName("erp.example"), 443, "/"));
        assertThat(Endpoint.of("http://erp/a%20b/?c=d&e=/?").target()).isEqualTo("/a%20b/?c=d&e=/?");
        assertThat(Endpoint.of("http://erp?c").target()).isEqualTo("/?c");
        assertThat(Endpoint.of("https://10.20.0.7:8443/in").place()).isEqualTo("10.20.0.7:8443");
        assertThat(Endpoint.of("https://[2001:DB8::1]:8443/in").place()).isEqualTo("[2001:db8::1]:8443");
        assertThat(Endpoint.of("https://" + "a".repeat(63) + ".example/").port())
                .isEqualTo(443);
    }
}
