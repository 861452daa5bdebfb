package io.fairlead.agent.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.agent.host.Account;
import io.fairlead.agent.host.PosixAccess;
import io.fairlead.agent.status.CommandSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteGateTest {
    private static final Account AGENT = new Account(OptionalLong.of(54_321), Set.of(), Optional.empty(), "agent");
    private static final SiteFolders NOWHERE = new SiteFolders(List.of());

    /** Noon in London, 13:00 in Berlin. */
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneId.of("Europe/Berlin"));

    @TempDir
    private Path folder;

    private Path site(String text) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        return Files.writeString(folder.resolve("site.conf"), text);
    }

    private SiteGate gate() {
        Path file = folder.resolve("site.conf");
        SiteGuard guard = new SiteGuard(file, false, AGENT, new PosixAccess(AGENT, path -> false));
        SiteConfig config = Files.exists(file) ? SiteConfig.read(file, NOWHERE) : SiteConfig.defaults();
        return new SiteGate(guard, config, NOON);
    }

    @Test
    void policy_decides_each_action_in_its_hours_by_the_clock_on_the_wall() throws IOException {
        site("""
                policy {
                  collect = deny
                  diagnose-hours = "12:30-13:30"
                  restart-hours = "11:30-12:30"
                }
                """);
        SiteGate gate = gate();

        assertThat(gate.refusal()).isEmpty();
        assertThat(gate.refusal(SiteAction.SET)).isEmpty();
        assertThat(gate.refusal(SiteAction.DIAGNOSE)).isEmpty();
        assertThat(gate.refusal(SiteAction.COLLECT)).contains("site.conf denies collect");
        assertThat(gate.refusal(SiteAction.RESTART)).contains("site.conf allows restart from 11:30-12:30 only");
    }

    @Test
    void while_somebody_far_away_may_write_here_a_change_is_not_taken_and_nothing_is_done() throws IOException {
        site("policy { collect = deny }");
        SiteGate gate = gate();
        assertThat(gate.refusal(SiteAction.SET)).isEmpty();
        AtomicBoolean frozen = new AtomicBoolean(true);
        gate.frozenWhile(frozen::get);
        assertThat(gate.refusal(SiteAction.SET)).isEmpty();

        site("policy { collect = allow, session = allow }, approvers { group = other }");

        assertThat(gate.refusal(SiteAction.COLLECT))
                .hasValueSatisfying(why -> assertThat(why).startsWith("site.conf was changed while a remote terminal"));
        assertThat(gate.refusal(SiteAction.SET)).isPresent();
        assertThat(gate.refusal()).isEmpty();
        assertThat(gate.asks(SiteAction.SESSION)).isTrue();
        assertThat(gate.approvers().any()).isFalse();

        frozen.set(false);
        assertThat(gate.refusal(SiteAction.COLLECT)).isEmpty();
        assertThat(gate.asks(SiteAction.SESSION)).isFalse();
        assertThat(gate.approvers().any()).isTrue();
    }

    @Test
    void a_customer_who_denies_something_need_not_restart_the_agent() throws IOException {
        site("");
        SiteGate gate = gate();
        assertThat(gate.refusal(SiteAction.COLLECT)).isEmpty();

        site("policy { collect = deny }");
        assertThat(gate.refusal(SiteAction.COLLECT)).contains("site.conf denies collect");

        assertThat(gate.clipboard()).isTrue();
        site("sessions { clipboard = never }");
        assertThat(gate.clipboard()).isFalse();

        site("polcy { }");
        assertThat(gate.clipboard()).isFalse();
        assertThat(gate.refusal(SiteAction.SET))
                .hasValueSatisfying(why -> assertThat(why)
                        .startsWith("everything is denied: site.conf was changed and has errors: site.conf:1: polcy"));

        site("policy { collect = allow } # again");
        assertThat(gate.refusal(SiteAction.COLLECT)).isEmpty();
    }

    @Test
    void the_policy_is_told_as_it_counts_now_by_words_and_counts_and_without_a_path_or_person() throws Exception {
        Path site = site("""
                policy { collect = deny, receive-hours = "07:00-19:00" }
                upload { roots = ["/srv/secret-name"], patient = ["*.dcm"] }
                diagnostics = [{ name = a, command = [a] }]
                approvers { group = lab, people = [anna, berta] }
                services = [{ name = desktop, kind = rfb, port = 5900 }, { name = database, kind = raw, port = 5432 }]
                """);
        SiteGate gate = gate();

        assertThat(gate.policy().orElseThrow().lines())
                .containsExactly(
                        "believed=yes",
                        "collect=deny",
                        "set=allow",
                        "diagnose=allow",
                        "restart=allow",
                        "receive=ask 07:00-19:00",
                        "upload=allow",
                        "package=allow",
                        "session=ask",
                        "approvers=group, 2 people",
                        "upload-roots=1",
                        "receive-roots=0",
                        "patient=1",
                        "diagnostics=1",
                        "commands=0",
                        "services=2",
                        "sealed=no",
                        "sha256="
                                + HexFormat.of()
                                        .formatHex(MessageDigest.getInstance("SHA-256")
                                                .digest(Files.readAllBytes(site))),
                        "service.desktop=rfb",
                        "service.database=raw");

        site("policy { collect = allow }");
        assertThat(gate.policy().orElseThrow()).contains("\ncollect=allow\n").contains("approvers=none");
        Files.setPosixFilePermissions(site, PosixFilePermissions.fromString("rw-rw-rw-"));
        assertThat(gate.policy().orElseThrow())
                .startsWith("believed=no: everything is denied: ")
                .hasLineCount(1);
    }

    @Test
    void of_too_many_services_as_many_are_told_as_a_text_of_the_contract_holds() throws IOException {
        StringBuilder services = new StringBuilder("services = [");
        for (int i = 10; i < 30; i++) {
            services.append("{ name = ")
                    .append("x".repeat(62))
                    .append(i)
                    .append(", kind = raw, port = ")
                    .append(i)
                    .append(" }\n");
        }
        site(services + "]");
        String policy = gate().policy().orElseThrow();
        assertThat(policy.length()).isBetween(900, 1_000);
        assertThat(policy).contains("\nservices=20\n", "\nservice." + "x".repeat(62) + "10=raw\n");
    }

    @Test
    void a_file_that_becomes_writable_denies_everything_from_then_on() throws IOException {
        Path site = site("");
        SiteGate gate = gate();
        assertThat(gate.refusal(SiteAction.SET)).isEmpty();
        Files.setPosixFilePermissions(site, PosixFilePermissions.fromString("rw-rw-rw-"));

        for (SiteAction action : SiteAction.values()) {
            assertThat(gate.refusal(action)).isPresent();
        }
    }

    @Test
    void of_a_file_that_cannot_be_believed_only_the_pc_is_watched_and_nothing_can_be_run() throws IOException {
        site("""
                pc { enabled = false }
                diagnostics = [{ name = a, command = [a] }]
                commands = [{ name = a, command = [a] }]
                logs = [{ name = a, path = "/a" }]
                policy { collect = deny }
                approvers { group = lab }
                """);
        SiteConfig config =
                SiteConfig.read(folder.resolve("site.conf"), NOWHERE).unbelieved();

        assertThat(config.diagnostics()).isEmpty();
        assertThat(config.sources().commands()).isEmpty();
        assertThat(config.sources().logs()).isEmpty();
        assertThat(config.sources().pc().enabled()).isTrue();
        assertThat(config.rule(SiteAction.COLLECT).word()).isEqualTo(SiteRule.Word.DENY);
        assertThat(config.approvers().any()).isFalse();
    }

    @Test
    void a_missing_file_denies_everything_until_it_is_there() throws IOException {
        SiteGate gate = gate();
        assertThat(gate.refusal(SiteAction.COLLECT).orElse("")).endsWith("is missing");

        site("policy { collect = deny }");
        assertThat(gate.refusal(SiteAction.COLLECT)).contains("site.conf denies collect");
        assertThat(gate.refusal(SiteAction.SET)).isEmpty();
    }

    @Test
    void a_change_counts_though_size_and_time_are_put_back() throws IOException {
        Path site = site("policy { set = deny  }");
        FileTime time = Files.getLastModifiedTime(site);
        SiteConfig before = SiteConfig.read(site, NOWHERE);
        Files.setLastModifiedTime(site("policy { set = allow }"), time);
        // What changed between the reading of the file and the building of the gate.
        SiteGate gate =
                new SiteGate(new SiteGuard(site, false, AGENT, new PosixAccess(AGENT, path -> false)), before, NOON);
        assertThat(gate.refusal(SiteAction.SET)).isEmpty();

        Files.setLastModifiedTime(site("policy { set = deny  }"), time);
        assertThat(gate.refusal(SiteAction.SET)).contains("site.conf denies set");
    }

    @Test
    void a_command_that_the_customer_takes_out_is_run_no_more() throws IOException {
        String entry =
                "commands = [{ name = ups, command = [upsc], patterns = [{ match = a, kind = event, code = a }] }]";
        site(entry);
        CommandSource command = SiteConfig.read(folder.resolve("site.conf"), NOWHERE)
                .sources()
                .commands()
                .get(0);
        SiteGate gate = gate();
        assertThat(gate.refusal(command)).isEmpty();
        site("# more\n" + entry);
        assertThat(gate.refusal(command)).isEmpty();

        site(entry.replace("upsc", "upsd"));
        assertThat(gate.refusal(command)).isPresent();
        site("");
        assertThat(gate.refusal(command)).isPresent();
    }
}
