package io.fairlead.enterprise.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.enterprise.audit.SyslogTarget;
import io.fairlead.enterprise.integration.IntegrationSettings;
import io.fairlead.settings.Settings;
import io.fairlead.settings.SettingsException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EnterpriseConfigTest {
    @Test
    void the_reference_file_says_the_defaults() throws IOException {
        assertThat(EnterpriseConfig.of(Settings.of("reference", reference()))).isEqualTo(EnterpriseConfig.defaults());
    }

    @Test
    void the_reference_file_has_every_key_and_each_may_be_set() throws IOException {
        String all = reference().replaceAll("(?m)^( *)#([a-z-]+ = )", "$1$2");

        EnterpriseConfig config = EnterpriseConfig.of(Settings.of("reference", all));

        assertThat(config.data()).contains(Path.of("/var/lib/fairlead"));
        assertThat(config.databaseUrl()).contains("postgresql://db.example.org/fairlead");
        assertThat(config.syslog())
                .contains(new SyslogTarget(
                        "siem.example.org",
                        6514,
                        Path.of("/etc/fairlead/siem-ca.pem"),
                        Optional.of(new SyslogTarget.Client(
                                Path.of("/etc/fairlead/syslog.crt"), Path.of("/etc/fairlead/syslog.key")))));
        assertThat(all.lines().filter(line -> line.matches(" *[a-z-]+ = .*"))).hasSize(39);
    }

    @Test
    void ports_of_streams_are_ports_and_each_is_there_once() {
        assertThat(tunnels("tunnels.ports = []").ports()).isEmpty();
        assertThat(tunnels("tunnels.ports = [443, \"17001\"]").ports()).containsExactly(443, 17001);
        assertThatThrownBy(() -> tunnels("tunnels.ports = [0, 65536, no, 17001.5, 8, 8]"))
                .hasMessageContaining("e.conf:1: tunnels.ports has 0, which is not a whole number from 1 to 65535")
                .hasMessageContaining("has 65536,")
                .hasMessageContaining("has no,")
                .hasMessageContaining("has 17001.5,")
                .hasMessageContaining("has 8 twice");
    }

    @Test
    void a_rate_of_streams_has_a_unit_and_a_least_value() {
        assertThat(tunnels("").rate()).isZero();
        assertThat(tunnels("tunnels.rate = \"2.5 Mbit/s\"").rate()).isEqualTo(2_500_000);
        assertThatThrownBy(() -> tunnels("tunnels.rate = \"63 kbit/s\""))
                .hasMessage("e.conf:1: tunnels.rate \"63 kbit/s\" is below 64 kbit/s");
        assertThatThrownBy(() -> tunnels("tunnels.rate = fast")).hasMessageContaining("is no rate such as");
    }

    @Test
    void a_server_on_ports_of_its_own_takes_no_further_ones_unless_they_are_named() {
        assertThat(EnterpriseConfig.defaults().tunnels().ports()).containsExactly(17002, 17001);
        assertThat(EnterpriseConfig.defaults().onPorts(9000).tunnels().ports()).isEmpty();
        assertThat(EnterpriseConfig.of(Settings.of("e.conf", "tunnels.ports = [9002]"))
                        .onPorts(9000)
                        .tunnels()
                        .ports())
                .containsExactly(9002);
    }

    private static TunnelConfig tunnels(String text) {
        return EnterpriseConfig.of(Settings.of("e.conf", text)).tunnels();
    }

    @Test
    void an_unknown_key_is_refused_with_file_and_line() {
        assertThatThrownBy(() -> EnterpriseConfig.of(Settings.of("enterprise.conf", "people {\n  prot = 1\n}")))
                .isInstanceOf(SettingsException.class)
                .hasMessage("enterprise.conf:2: people.prot is not a key; did you mean people.port?");
    }

    @Test
    void a_syslog_receiver_needs_somebody_who_vouches_for_it() {
        assertThatThrownBy(() -> EnterpriseConfig.of(Settings.of("e.conf", "audit.syslog {\n  host = siem\n}")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("audit.syslog.host needs ca");
    }

    @Test
    void a_listener_of_certificates_is_there_when_it_has_a_port() {
        assertThat(certificates("people.names = [\"c.example\"]\nintegration.certificates.port = 9445"))
                .contains(new IntegrationSettings.Certificates("0.0.0.0", 9445, "https://c.example:9445"));
        assertThat(certificates("people.bind = \"::1\"\nintegration.certificates {\n  port = 9445\n"
                        + "  published = \"https://s.example\"\n}"))
                .contains(new IntegrationSettings.Certificates("::1", 9445, "https://s.example"));
        assertThat(certificates("")).isEmpty();
        assertThatThrownBy(() -> certificates("integration.certificates.bind = \"::1\""))
                .hasMessageContaining("integration.certificates.bind needs port beside it");
        assertThatThrownBy(() -> certificates("integration.certificates { port = 0, published = \"x\" }"))
                .hasMessageContaining("0 is not a whole number from 1 to 65535")
                .hasMessageContaining("published is an address such as");
        assertThatThrownBy(() -> certificates("integration { enabled = false, certificates.port = 9445 }"))
                .hasMessageContaining("nothing for integration.certificates to serve");
    }

    private static Optional<IntegrationSettings.Certificates> certificates(String text) {
        return EnterpriseConfig.of(Settings.of("e.conf", text)).integration().certificates();
    }

    @Test
    void all_ports_follow_the_first() {
        EnterpriseConfig config = EnterpriseConfig.defaults().onPorts(9000);

        assertThat(config.people().port()).isEqualTo(9000);
        assertThat(config.agents().port()).isEqualTo(9001);
    }

    private static String reference() throws IOException {
        try (InputStream in = EnterpriseConfig.class.getResourceAsStream("enterprise.conf.reference")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
