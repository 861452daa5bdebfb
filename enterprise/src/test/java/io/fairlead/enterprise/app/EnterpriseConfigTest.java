package io.fairlead.enterprise.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.enterprise.audit.SyslogTarget;
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
        assertThat(all.lines().filter(line -> line.matches(" *[a-z-]+ = .*"))).hasSize(27);
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
