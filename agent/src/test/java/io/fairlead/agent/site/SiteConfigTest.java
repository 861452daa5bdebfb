package io.fairlead.agent.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.agent.link.ServerAddress;
import io.fairlead.agent.remote.Service;
import io.fairlead.agent.status.LinePattern;
import io.fairlead.agent.status.LogEncoding;
import io.fairlead.agent.status.ResultSource;
import io.fairlead.contract.agent.Severity;
import io.fairlead.settings.Settings;
import io.fairlead.settings.SettingsException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SiteConfigTest {
    private static final SiteFolders NOWHERE = new SiteFolders(List.of());

    @TempDir
    private Path folder;

    @Test
    void the_reference_file_says_the_defaults() throws IOException {
        assertThat(parse(reference())).isEqualTo(SiteConfig.defaults());
    }

    @Test
    void every_key_of_the_reference_file_may_be_set() throws IOException {
        SiteConfig config = parse(everything());

        var log = config.sources().logs().get(0);
        assertThat(log.folder()).isEqualTo(Path.of("/var/log/analyser"));
        assertThat(log.file()).isEqualTo("run-*.log");
        assertThat(log.encoding()).isEqualTo(LogEncoding.AUTO);
        assertThat(log.patterns()).hasSize(2);
        assertThat(log.patterns().get(0).kind()).isEqualTo(LinePattern.Kind.VALUE);
        assertThat(log.patterns().get(1).severity()).isEqualTo(Severity.CRITICAL);
        assertThat(log.patterns().get(1).clears()).contains("E16");
        assertThat(config.sources().results()).hasSize(2);
        assertThat(config.sources().results().get(0).delimiter()).isEqualTo(';');
        assertThat(config.sources().results().get(1).format()).isEqualTo(ResultSource.Format.JSON);
        assertThat(config.sources().commands().get(0).period()).isEqualTo(Duration.ofMinutes(5));
        assertThat(config.diagnostics().get(0).command()).containsExactly("/sbin/ip", "address");
        assertThat(config.rule(SiteAction.RESTART).hours()).isPresent();
        assertThat(config.approvers().group()).contains("lab-approvers");
        assertThat(config.services().subList(1, 3)).extracting(Service::kind).containsOnly(Service.Kind.TERMINAL);
        assertThat(config.services().get(0))
                .isEqualTo(new Service(
                        "desktop",
                        Service.Kind.RFB,
                        new ServerAddress("127.0.0.1", 5900),
                        Optional.of(Path.of("/etc/fairlead-agent/vnc-password"))));
    }

    @Test
    void the_reference_file_has_every_key_that_is_read() throws IOException {
        Settings root = Settings.of("site.conf.reference", everything());
        assertThat(SiteConfig.of(root, NOWHERE)).isNotNull();

        TreeSet<String> withoutLine = new TreeSet<>();
        for (String key : root.known()) {
            String last = key.substring(key.lastIndexOf('.') + 1);
            if (!everything().matches("(?s).*\\b" + last + " *[={].*")) {
                withoutLine.add(key);
            }
        }
        assertThat(withoutLine).isEmpty();
        assertThat(root.known()).contains("policy.restart-hours", "logs[1].patterns[2].clears", "pc.disks");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "policy { uplod = deny } | site.conf:1: policy.uplod is not a key",
                "sessions.relay-ports = [] | site.conf:1: sessions.relay-ports has 1 to 8 entries",
                "sessions.relay-ports = [443, any] | site.conf:1: sessions.relay-ports has \"any\", which is neither server nor a whole number from 1 to 65535",
                "sessions.clipboard = always | site.conf:1: sessions.clipboard \"always\" is none of never, ask",
                "sessions.relay-ports = [0] | site.conf:1: sessions.relay-ports has \"0\", which is neither",
                "services = [{ name = a, port = 22 }] | site.conf:1: services[1].kind is missing",
                "services = [{ name = a, kind = terminal, port = 22 }] | site.conf:1: services[1].command or user is wanted, one of them: a program on this PC, or a log-in by SSH",
                "services = [{ name = a, kind = terminal, command = [\"/bin/sh\"], port = 22 }] | site.conf:1: services[1].port is for a log-in by SSH (user = ...)",
                "services = [{ name = a, kind = terminal, user = lab, host-key = \"ssh-dss AAAA\", key-file = \"/k\" }] | site.conf:1: services[1].host-key is not KIND BASE64, as in /etc/ssh/ssh_host_ed25519_key.pub: ssh-ed25519, ecdsa-sha2-nistp256, ecdsa-sha2-nistp384, ecdsa-sha2-nistp521, ssh-rsa",
                "services = [{ name = a, kind = terminal, user = lab, host-key = \"ssh-rsa AAAA\", key-file = \"/k\" }] | site.conf:1: services[1].host-key is no key of the kind ssh-rsa",
                "services = [{ name = a, kind = terminal, user = lab, host-key = \"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGk=\" }] | site.conf:1: services[1].key-file or password-file is wanted, one of them",
                "services = [{ name = a, kind = ssh, port = 22 }] | site.conf:1: services[1].kind \"ssh\" is none of rfb, terminal, raw",
                "services = [{ name = a, kind = raw }] | site.conf:1: services[1].port is missing",
                "services = [{ name = a, kind = raw, port = 0 }] | site.conf:1: services[1].port 0 is not a whole number from 1 to 65535",
                "services = [{ name = a, kind = raw, port = 1, password-file = \"/p\" }] | site.conf:1: services[1].password-file is not for kind = raw",
                "services = [{ name = a, kind = raw, port = 1, host = \"a b\" }] | site.conf:1: services[1].host \"a b\" is neither a host name nor an address",
                "polcy { } | site.conf:1: polcy is not a key; did you mean policy?",
                "approvers { group = \"lab:x\" } | site.conf:1: approvers.group \"lab:x\" is no name of an account or group",
                "approvers { people = ann } | site.conf:1: approvers.people is a list in brackets",
                "policy { collect = perhaps } | site.conf:1: policy.collect \"perhaps\" is none of allow, ask, deny",
                "policy { set-hours = \"25:00-26:00\" } | site.conf:1: policy.set-hours \"25:00-26:00\" is not HH:MM-HH:MM",
                "servers = [nowhere] | site.conf:1: servers \"nowhere\" is not HOST:PORT (an IPv6 address in brackets)",
                "servers = localhost | site.conf:1: servers is a list in brackets",
                "trust { roots = [abc] } | site.conf:1: trust.roots \"abc\" is no SHA-256 in base64url without padding",
                "pc { enabled = 3 } | site.conf:1: pc.enabled is a boolean, not a number",
                "proxy { from = manual } | site.conf:1: proxy.use is missing: from = manual needs a list",
                "proxy { from = pac } | site.conf:1: proxy.pac is missing: from = pac needs the address of the file",
                "proxy { from = auto } | site.conf:1: proxy.from \"auto\" is none of none, environment, manual, pac",
                "proxy { use = [\"proxy:3128\"] } | site.conf:1: proxy.use \"proxy:3128\" is not direct, http://HOST:PORT or socks5://HOST:PORT",
                "proxy { use = [\"http://me:secret@proxy:3128\"] } | site.conf:1: proxy.use a proxy's user and password do not stand in its address",
                "proxy { pac = \"ftp://a/b\" } | site.conf:1: proxy.pac \"ftp://a/b\" is no http://, https:// or file:/// address",
                "proxy { credentials = [{ proxy = \"a:1\", user = \"\", password-file = \"x\" }] } | site.conf:1: proxy.credentials[1].user is no user",
                "proxy { credentials = [{ proxy = \"a:1\", user = u, password-file = x }] } | site.conf:1: proxy.credentials[1].password-file \"x\" is not an absolute path",
                "proxy { longest-silence = 1m } | site.conf:1: proxy.longest-silence is not from 3s to 50s",
                "pc { disks = [data] } | site.conf:1: pc.disks \"data\" is not an absolute path",
                "diagnostics = [{ name = a }] | site.conf:1: diagnostics[1].command is missing: a list of the program and its arguments",
                "diagnostics = [{ name = a, command = [x], timeout = 1h }] | site.conf:1: diagnostics[1].timeout is not from 1s to 10m",
                "diagnostics = [{ name = a, command = \"rm -rf /\" }] | site.conf:1: diagnostics[1].command is a list in brackets",
            })
    void what_is_wrong_is_told_with_file_and_line(String text, String told) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(told);
    }

    @Test
    void all_that_is_wrong_is_told_at_once_in_the_order_of_the_lines() {
        String text = """
                pc { enabled = maybe }
                logs = [{
                  name = "a b"
                  path = "relative.log"
                  patterns = [
                    { match = "(", kind = value }
                    { match = "x", kind = value, item = a }
                    { match = "x", kind = alarm, severity = dreadful, code = "E 1" }
                  ]
                }]
                results = [{ name = r, folder = "/r", glob = "*", format = csv, items = [{ pointer = "/a", item = a }] }]
                policy { collect = denied }
                """;

        assertThatThrownBy(() -> parse(text)).hasMessageMatching("""
                site.conf:1: pc.enabled .*
                site.conf:3: logs\\[1].name .* is no name.*
                site.conf:4: logs\\[1].path .* is not an absolute path.*
                site.conf:6: .*match .* is no regular expression.*
                site.conf:7: .*kind value needs a group .*
                site.conf:8: .*code .*is no name.*
                site.conf:8: .*severity .*is none of info, warning, error, critical
                site.conf:8: .*kind alarm needs .*
                site.conf:11: .*pointer goes with format json
                site.conf:11: .*column is missing
                site.conf:12: policy.collect .*""");
    }

    @Test
    void a_name_may_not_be_there_twice() {
        assertThatThrownBy(() -> parse("diagnostics = [\n{ name = a, command = [x] }\n{ name = a, command = [y] }]"))
                .hasMessage("site.conf:3: diagnostics[2].name \"a\" is there twice");
    }

    @Test
    void neither_includes_nor_substitutions_are_taken() {
        assertThatThrownBy(() -> parse("include \"other.conf\"")).hasMessageContaining("include is not taken");
        assertThatThrownBy(() -> parse("servers = [${HOME}]")).isInstanceOf(SettingsException.class);
    }

    @Test
    void receive_roots_are_disjoint_from_upload_roots_and_from_the_folders_of_agent_and_system() throws IOException {
        Path data = Files.createDirectories(folder.resolve("data"));
        Path program = Files.createDirectories(folder.resolve("program"));
        Path inbox = Files.createDirectories(folder.resolve("inbox"));
        Files.createSymbolicLink(folder.resolve("link"), data);
        SiteFolders folders = SiteFolders.of(
                program, data, Map.of("HOME", folder.resolve("home").toString()));

        assertThat(receive(inbox, folders).files().receiveRoots()).containsExactly(inbox);
        for (Path wrong : List.of(
                data,
                program.resolve("lib"),
                folder,
                folder.resolve("link/below"),
                folder.resolve("inbox/../data"),
                folder.resolve("home/.config/autostart"),
                Path.of("/etc/cron.d"),
                Path.of("/"))) {
            assertThatThrownBy(() -> receive(wrong, folders)).hasMessageContaining("overlaps");
        }
        String both = "upload { roots = [\"" + inbox + "\"] }\nreceive { roots = [\"" + inbox.resolve("in") + "\"] }";
        assertThatThrownBy(() -> SiteConfig.of(Settings.of("site.conf", both), folders))
                .hasMessageStartingWith("site.conf:2: receive.roots ")
                .hasMessageContaining("overlaps the upload root");
    }

    private static SiteConfig receive(Path root, SiteFolders folders) {
        return SiteConfig.of(Settings.of("site.conf", "receive { roots = [\"" + root + "\"] }"), folders);
    }

    @Test
    void hours_may_go_over_midnight() {
        SiteRule rule = parse("policy { restart-hours = \"22:00-06:00\" }").rule(SiteAction.RESTART);

        assertThat(rule.refusal(SiteAction.RESTART, LocalTime.of(23, 0))).isEmpty();
        assertThat(rule.refusal(SiteAction.RESTART, LocalTime.of(5, 59))).isEmpty();
        assertThat(rule.refusal(SiteAction.RESTART, LocalTime.of(6, 0)))
                .contains("site.conf allows restart from 22:00-06:00 only");
    }

    @Test
    void a_rate_is_in_bits_of_the_line_s_owner() {
        assertThat(parse("transfer { rate = \"128 kbit/s\" }").files().rate()).hasValue(16_000);
        assertThat(parse("transfer { rate = \"2.5Mbit/s\" }").files().rate()).hasValue(312_500);
        assertThat(parse("").files().rate()).isEmpty();
        for (String wrong : List.of("128", "128 kB/s", "63.9 kbit/s", "fast", "-1 kbit/s", "1e9 Mbit/s")) {
            assertThatThrownBy(() -> parse("\ntransfer { rate = \"" + wrong + "\" }"))
                    .hasMessageStartingWith("site.conf:2: transfer.rate ");
        }
    }

    @Test
    void a_mark_of_patient_data_that_would_mark_nothing_is_no_mark() {
        assertThat(parse("upload { patient = [\"patients\", \"/data/**.csv\"] }")
                        .files()
                        .patient())
                .hasSize(2);
        for (String wrong : List.of("", " ", "[", "a{b")) {
            assertThatThrownBy(() -> parse("upload { patient = [\"" + wrong + "\"] }"))
                    .hasMessageStartingWith("site.conf:1: upload.patient ");
        }
    }

    @Test
    void servers_may_be_ipv6_addresses() {
        assertThat(parse("servers = [\"[2001:db8::1]:8444\", \"agents.example.org:443\"]")
                        .servers())
                .containsExactly(new SiteServer("2001:db8::1", 8444), new SiteServer("agents.example.org", 443));
    }

    private static SiteConfig parse(String text) {
        return SiteConfig.of(Settings.of("site.conf", text), NOWHERE);
    }

    /** The reference file with every example in it made to count. */
    private static String everything() throws IOException {
        return reference().replaceAll("(?m)^( *)#( {2,}[^#\\n]*)$", "$1$2").replaceAll("(?m)^( *)#([a-z])", "$1$2");
    }

    private static String reference() throws IOException {
        try (InputStream in = SiteConfig.class.getResourceAsStream("site.conf.reference")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
