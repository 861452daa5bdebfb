package io.fairlead.agent.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Real programs, of those that every Unix has. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class CommandTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private static List<String> shell(String script) {
        return List.of("/bin/sh", "-c", script);
    }

    private static Diagnostics.Diagnosis diagnose(Duration timeout, String script) throws InterruptedException {
        return new Diagnostics(List.of(new DiagnosticSource("it", shell(script), timeout))).run("it");
    }

    @Test
    void a_diagnostic_ends_with_what_it_prints() throws Exception {
        assertThat(diagnose(LONG, "echo out; echo err >&2; cat")).isEqualTo(new Diagnostics.Done("out\nerr"));
        assertThat(diagnose(LONG, "echo bad; exit 3")).isEqualTo(new Diagnostics.Failed("exit code 3\nbad"));
    }

    @Test
    void a_program_gets_nothing_of_the_agents_environment_or_folder() throws Exception {
        String said = diagnose(LONG, "/usr/bin/env; pwd").text();

        assertThat(said).contains("PATH=").endsWith("/");
        assertThat(said.lines().map(line -> line.replaceAll("=.*", "")))
                .isSubsetOf("PATH", "LANG", "TZ", "TMP", "TEMP", "PWD", "OLDPWD", "SHLVL", "_", "/");
    }

    @Test
    void what_runs_when_the_agent_stops_is_killed_and_nothing_runs_after_it() throws Exception {
        Path pid = folder.resolve("pid");
        String script = "sleep 600 & echo $! > " + pid + ".new; mv " + pid + ".new " + pid + "; wait";
        Diagnostics diagnostics = new Diagnostics(List.of(new DiagnosticSource("it", shell(script), LONG)));
        CompletableFuture<Diagnostics.Diagnosis> ended = CompletableFuture.supplyAsync(() -> {
            try {
                return diagnostics.run("it");
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        while (!Files.exists(pid)) {
            Thread.sleep(10);
        }
        diagnostics.close();

        assertThat(ended.get(30, TimeUnit.SECONDS)).isInstanceOf(Diagnostics.Failed.class);
        assertThat(ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
                        .map(CommandTest::ends)
                        .orElse(true))
                .isTrue();
        assertThat(diagnostics.run("it").text()).contains("the agent is stopping");
    }

    @Test
    void arguments_reach_the_program_as_they_are() throws Exception {
        List<String> command = List.of("/bin/echo", "$HOME", "a b", "; rm -rf x", "*");
        Diagnostics diagnostics = new Diagnostics(List.of(new DiagnosticSource("it", command, LONG)));

        assertThat(diagnostics.run("it").text()).isEqualTo("$HOME a b ; rm -rf x *");
    }

    @Test
    void only_what_site_conf_names_is_run_and_a_program_that_is_not_there_fails() throws Exception {
        Diagnostics diagnostics =
                new Diagnostics(List.of(new DiagnosticSource("it", List.of("/no/such/program"), LONG)));

        assertThat(diagnostics.run("/bin/ls")).isInstanceOf(Diagnostics.Unknown.class);
        assertThat(diagnostics.run("it")).isInstanceOf(Diagnostics.Failed.class);
        assertThat(diagnostics.run("it").text()).startsWith("not started: ");
    }

    @Test
    void a_long_output_is_shown_from_both_ends_within_the_contract() throws Exception {
        String text =
                diagnose(LONG, "echo begin; yes | head -c 300000; echo end").text();

        assertThat(text)
                .hasSizeLessThanOrEqualTo(ContractLimits.MAX_TEXT)
                .startsWith("begin\n")
                .contains("[…]");
    }

    @Test
    void at_its_time_a_program_is_killed_with_all_it_has_started() throws Exception {
        Path pids = folder.resolve("pids");
        String script = "(sleep 600 & echo $! >> " + pids + "; wait) & sleep 600 & echo $! >> " + pids + "; wait";

        assertThat(diagnose(Duration.ofSeconds(2), script).text()).startsWith("killed after 2 s");

        List<String> children = Files.readAllLines(pids);
        assertThat(children).hasSize(2);
        for (String pid : children) {
            assertThat(ProcessHandle.of(Long.parseLong(pid))
                            .map(CommandTest::ends)
                            .orElse(true))
                    .isTrue();
        }
    }

    private static boolean ends(ProcessHandle process) {
        process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
        return !process.isAlive();
    }

    @Test
    void a_child_that_keeps_the_pipe_open_does_not_hold_us() throws Exception {
        Path pid = folder.resolve("pid");

        assertThat(diagnose(LONG, "sleep 600 & echo $! > " + pid + "; echo done")
                        .text())
                .isEqualTo("done");

        assertThat(ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
                        .map(ProcessHandle::destroyForcibly))
                .contains(true);
    }

    @Test
    void the_output_of_a_probe_is_read_like_a_log() throws Exception {
        Rig rig = new Rig(folder);
        rig.commands.add(new CommandSource(
                "ups",
                shell("echo 'battery.charge: 97.5'; echo FAULT E1"),
                LONG,
                Duration.ZERO,
                List.of(Rig.value("charge: (?<value>\\S+)", "ups.battery", "%"), Rig.alarm("FAULT (?<code>\\w+)"))));
        rig.start();
        rig.sample();
        rig.sample();

        assertThat(rig.values()).containsExactly("ups.battery=97.5", "ups.battery=97.5");
        assertThat(rig.alarms()).containsExactly("+E1");
    }

    @Test
    void a_probe_with_a_period_waits_for_it_unless_all_is_to_be_collected() throws Exception {
        Rig rig = new Rig(folder);
        rig.commands.add(new CommandSource(
                "slow", shell("echo n=1"), LONG, Duration.ofHours(1), List.of(Rig.value("n=(?<value>\\d)", "n", "1"))));
        rig.start();
        rig.sample();
        rig.sample();
        assertThat(rig.values()).hasSize(1);

        assertThat(rig.sampler().collectNow(() -> {})).isEqualTo(1);
        assertThat(rig.values()).hasSize(2);
    }

    @Test
    void while_site_conf_cannot_be_believed_no_command_is_run_and_an_alarm_says_so() throws Exception {
        Rig rig = new Rig(folder);
        Path effect = folder.resolve("effect");
        rig.commands.add(new CommandSource("c", shell("touch " + effect), LONG, Duration.ZERO, List.of()));
        rig.refusal = Optional.of("everything is denied: it is writable");
        rig.start();
        rig.sample();
        assertThat(effect).doesNotExist();
        assertThat(rig.alarms()).containsExactly("+site.denied");
        rig.refusal = Optional.empty();
        rig.sample();

        assertThat(effect).exists();
        assertThat(rig.alarms()).containsExactly("+site.denied", "-site.denied");
        assertThat(rig.events("probe.trouble"))
                .containsExactly("command:c: not run: everything is denied: it is writable");
    }
}
