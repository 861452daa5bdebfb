package io.fairlead.agent.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.contract.agent.Order;
import io.fairlead.contract.agent.Outcome;
import io.fairlead.contract.agent.SetTuning;
import io.fairlead.settings.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteGateTest {
    private static final SiteAccount AGENT =
            new SiteAccount(OptionalLong.of(54_321), Set.of(), Optional.empty(), "agent");
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
        PosixAccess access = new PosixAccess(AGENT, path -> false);
        return new SiteGate(file, new SiteGuard(file, false, AGENT, access), NOWHERE, NOON);
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
    void a_customer_who_denies_something_need_not_restart_the_agent() throws IOException {
        site("");
        SiteGate gate = gate();
        assertThat(gate.refusal(SiteAction.COLLECT)).isEmpty();

        site("policy { collect = deny }");
        assertThat(gate.refusal(SiteAction.COLLECT)).contains("site.conf denies collect");

        site("polcy { }");
        assertThat(gate.refusal(SiteAction.SET))
                .hasValueSatisfying(why -> assertThat(why)
                        .startsWith("everything is denied: site.conf was changed and has errors: site.conf:1: polcy"));

        site("policy { collect = allow } # again");
        assertThat(gate.refusal(SiteAction.COLLECT)).isEmpty();
    }

    @Test
    void a_file_that_becomes_writable_denies_everything_from_then_on() throws IOException {
        Path site = site("diagnostics = [{ name = a, command = [a] }]");
        SiteGate gate = gate();
        assertThat(gate.config().diagnostics()).hasSize(1);
        Files.setPosixFilePermissions(site, PosixFilePermissions.fromString("rw-rw-rw-"));

        for (SiteAction action : SiteAction.values()) {
            assertThat(gate.refusal(action)).isPresent();
        }
        assertThat(gate.config().diagnostics()).isEmpty();
        assertThat(gate.config().sources().pc().enabled()).isTrue();
    }

    @Test
    void a_missing_file_denies_everything_and_one_with_errors_keeps_the_agent_from_starting() throws IOException {
        assertThat(gate().refusal(SiteAction.COLLECT))
                .hasValueSatisfying(why -> assertThat(why).endsWith("is missing"));

        site("unknown = 1");
        assertThatThrownBy(this::gate)
                .isInstanceOf(SettingsException.class)
                .hasMessage("site.conf:1: unknown is not a key");
    }

    @Test
    void an_instruction_sets_tuning_when_the_customer_lets_it_and_never_site_conf() throws IOException {
        Path site = site("policy { set = allow }");
        Tuning tuning = new Tuning(folder.resolve("tuning"));
        SetHandler handler = new SetHandler(tuning, gate());

        assertThat(handler.handle(set("sample.period", "30")).outcome()).isEqualTo(Outcome.DONE);
        assertThat(handler.handle(set("policy.set", "deny")).outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(handler.handle(set("../site.conf", "x")).outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(Files.readString(site)).isEqualTo("policy { set = allow }");

        site("policy { set = deny }");
        assertThat(handler.handle(set("sample.period", "40")).detail()).isEqualTo("site.conf denies set");
        assertThat(tuning.samplePeriodSeconds()).isEqualTo(30);
    }

    private static Order set(String key, String value) {
        SetTuning set = new SetTuning();
        set.setKey(key);
        set.setValue(value);
        Order order = new Order();
        order.setSet(set);
        return order;
    }
}
