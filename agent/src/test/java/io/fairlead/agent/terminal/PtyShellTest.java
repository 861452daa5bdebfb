package io.fairlead.agent.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Real programs on real terminals. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class PtyShellTest {
    private final String mark = "device-1/" + UUID.randomUUID();

    private PtyShell sh() throws IOException {
        return PtyShell.open(List.of("/bin/sh"), mark);
    }

    @Test
    void a_program_has_a_terminal_with_a_size_and_colours_that_follows_its_window() throws Exception {
        try (PtyShell shell = sh()) {
            Screenful screen = new Screenful(shell);
            screen.type("tty; stty size; echo $TERM\n");
            assertThat(screen.until("(/dev/pts/\\d+)")).isNotBlank();
            assertThat(screen.until("(24 80)\r")).isNotBlank();
            assertThat(screen.until("(xterm-256color)\r")).isNotBlank();
            shell.resize(new WindowSize(50, 132));
            screen.type("stty size\n");
            assertThat(screen.until("(50 132)\r")).isNotBlank();
            screen.type("exit\n");
            screen.untilEnd();
        }
    }

    @Test
    void a_program_gets_no_variable_of_the_agents() throws Exception {
        assertThat(System.getenv()).as("of which few are passed on").hasSizeGreaterThan(5);
        try (PtyShell shell = PtyShell.open(List.of("/usr/bin/env"), mark)) {
            String all = new String(shell.shown().readAllBytes());
            assertThat(all.lines().map(line -> line.substring(0, Math.max(0, line.indexOf('=')))))
                    .containsExactlyInAnyOrder("PATH", "LANG", "TERM", "HOME", Leftovers.VARIABLE);
        }
    }

    @Test
    void all_that_it_started_ends_with_it_even_what_left_its_session_and_ignores_hangups(@TempDir Path folder)
            throws Exception {
        PtyShell shell = sh();
        Screenful screen = new Screenful(shell);
        screen.type("trap '' HUP TERM; (trap '' HUP TERM; exec sleep 600) & echo one=$!.\n");
        ProcessHandle child = process(screen.until("one=(\\d+)\\."));
        screen.type("setsid sh -c 'trap \"\" HUP TERM; (sleep 600; true) & echo two=$!.; exec sleep 600'\n");
        ProcessHandle far = process(screen.until("two=(\\d+)\\."));
        assertThat(far.isAlive()).isTrue();

        shell.close();

        assertThat(child.onExit().get(20, TimeUnit.SECONDS)).isNotNull();
        assertThat(far.onExit().get(20, TimeUnit.SECONDS)).isNotNull();
        screen.untilEnd();
    }

    private static ProcessHandle process(String pid) {
        return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    }

    @Test
    void what_an_agent_that_was_killed_left_is_ended_and_anothers_is_not() throws Exception {
        Process mine = marked("device-1/" + mark);
        Process others = marked("device-10/" + mark);
        try {
            new Leftovers("device-1/").end();
            assertThat(mine.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(others.isAlive()).isTrue();
        } finally {
            others.destroyForcibly();
        }
    }

    private static Process marked(String mark) throws IOException {
        ProcessBuilder sleep = new ProcessBuilder("/bin/sleep", "600");
        sleep.environment().put(Leftovers.VARIABLE, mark);
        return sleep.start();
    }

    @Test
    void a_program_that_is_not_there_is_told() {
        assertThatThrownBy(
                        () -> PtyShell.open(List.of("/no/such/program"), mark).close())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("/no/such/program");
    }
}
