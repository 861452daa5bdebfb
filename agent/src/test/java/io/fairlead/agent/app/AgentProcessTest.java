package io.fairlead.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.agent.poll.Enterprise;
import io.fairlead.contract.agent.Collect;
import io.fairlead.contract.agent.Outcome;
import io.fairlead.contract.agent.Restart;
import io.fairlead.soap.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The agent as a process of its own, installed as it is shipped. */
@EnabledOnOs(OS.LINUX)
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AgentProcessTest {
    @TempDir
    Path folder;

    private AgentRig rig;

    @BeforeEach
    void install() throws IOException {
        rig = new AgentRig(folder);
    }

    @AfterEach
    void end() throws Exception {
        rig.end();
    }

    @Test
    void an_enrolled_agent_polls_reports_listens_on_nothing_and_stops_when_told() throws Exception {
        rig.enrol();
        Process running = rig.started(rig.agent.java(rig.agent.with("run")));

        assertThat(rig.polls.take().getAgentVersion()).isEqualTo("0.1.0");
        assertThat(rig.messages.take().getItem()).isNotEmpty();
        assertThat(listeners(running.pid())).isEmpty();
        running.destroy();

        assertThat(running.waitFor()).as(rig.agent.said()).isZero();
        assertThat(rig.audit()).contains("agent.started", "agent.stopped");
        assertThat(Files.readString(rig.agent.data.resolve("log/agent.0.log"))).contains("agent=stopped");
    }

    @Test
    void instructions_are_obeyed_and_their_results_reported() throws Exception {
        rig.enrol();
        rig.orders.put(1L, AgentRig.order(1, new Collect()));
        rig.orders.put(2L, AgentRig.order(2, AgentRig.tuning("sample.period", "30")));
        rig.orders.put(3L, AgentRig.order(3, AgentRig.tuning("servers", "evil.example:1")));
        rig.started(rig.agent.java(rig.agent.with("run")));

        assertThat(rig.result(1).getOutcome()).isEqualTo(Outcome.DONE);
        assertThat(rig.result(2).getDetail()).startsWith("sample.period = 30");
        assertThat(rig.result(3).getOutcome()).isEqualTo(Outcome.REFUSED);
    }

    @Test
    void the_watchdog_brings_a_killed_agent_back_and_stops_with_it() throws Exception {
        rig.enrol();
        Process watchdog = rig.started(rig.agent.script(rig.agent.with("run")));
        rig.polls.take();
        ProcessHandle first = AgentRig.java(watchdog);

        assertThat(first.destroyForcibly()).isTrue();
        rig.polls.take();
        ProcessHandle second = AgentRig.java(watchdog);
        watchdog.destroy();

        assertThat(second.pid()).isNotEqualTo(first.pid());
        assertThat(watchdog.waitFor()).isZero();
        assertThat(second.isAlive()).isFalse();
        assertThat(rig.agent.said()).contains("watchdog=restart code=137");
    }

    @Test
    void an_agent_whose_watchdog_was_killed_stops_and_makes_room_for_the_next() throws Exception {
        rig.enrol();
        Process first = rig.started(rig.agent.script(rig.agent.with("run")));
        rig.polls.take();
        ProcessHandle orphan = AgentRig.java(first);
        assertThat(nice(orphan)).isPositive();
        assertThat(first.destroyForcibly().waitFor()).isEqualTo(137);
        while (!rig.audit().contains("agent.stopped") || orphan.isAlive()) {
            Thread.sleep(50);
        }

        Process second = rig.started(rig.agent.script(rig.agent.with("run")));
        rig.polls.take();

        assertThat(AgentRig.java(second).pid()).isNotEqualTo(orphan.pid());
        assertThat(rig.agent.said()).doesNotContain("another agent works in");
    }

    /** Field 19 of proc(5)'s stat. */
    private static int nice(ProcessHandle process) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
        return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[16]);
    }

    @Test
    void status_says_how_it_is_whether_it_runs_or_not() throws Exception {
        rig.enrol();
        rig.orders.put(1L, AgentRig.order(1, new Collect()));
        Process running = rig.started(rig.agent.java(rig.agent.with("run")));
        assertThat(rig.result(1).getOutcome()).isEqualTo(Outcome.DONE);
        // The file that tells it is written every few seconds, and the enterprise has the result before the agent
        // knows.
        String told = status("ONLINE", "instruction.finished 1: DONE", "\"waiting\" : 0", "\"poll-hold-seconds\" : 50");

        assertThat(told)
                .contains("\"state\" : \"running\"", "\"device\" : \"device-1\"", Enterprise.AUTHORITY.rootKeyHash())
                .contains(
                        "\"collect\" : \"allow\"",
                        "\"believed\" : true",
                        "\"waiting\" : 0",
                        "\"poll-hold-seconds\" : 50")
                .contains("\"dropped\" : 0", "instruction.finished 1: DONE", "\"free-1\" : ")
                .doesNotContain("PRIVATE");

        rig.enterprise.onPoll = poll -> Fault.IDENTITY_HELD;
        rig.over.countDown();
        assertThat(status("HELD identity-held")).contains("\"cause\"");
        running.destroy();
        assertThat(running.waitFor()).isZero();

        Process ended = rig.started(rig.agent.java("status", "--data", rig.agent.data.toString()));
        assertThat(ended.waitFor()).isEqualTo(3);
        assertThat(rig.agent.said()).contains("does not run. To start it:", "two programs use this device's identity");
    }

    /** What a second process says, once it says this state and all that is meant. */
    private String status(String state, String... meant) throws Exception {
        while (true) {
            Process asked = rig.started(rig.agent.java("status", "--json", "--data", rig.agent.data.toString()));
            assertThat(asked.waitFor()).isBetween(0, 4);
            String[] all = rig.agent.said().split("(?m)^\\{", -1);
            for (String each : all) {
                if (each.contains("\"state\" : \"" + state)
                        && Arrays.stream(meant).allMatch(each::contains)) {
                    return each;
                }
            }
            Thread.sleep(500);
        }
    }

    @Test
    void an_agent_that_ends_without_its_watchdog_being_told_to_stop_comes_back() throws Exception {
        rig.enrol();
        Process watchdog = rig.started(rig.agent.script(rig.agent.with("run")));
        rig.polls.take();

        assertThat(AgentRig.java(watchdog).destroy()).isTrue();
        rig.polls.take();

        assertThat(rig.agent.said()).contains("watchdog=restart code=0");
        watchdog.destroy();
        assertThat(watchdog.waitFor()).isZero();
    }

    @Test
    void an_instruction_restarts_the_agent_once() throws Exception {
        rig.enrol();
        rig.orders.put(1L, AgentRig.order(1, new Restart()));
        rig.started(rig.agent.script(rig.agent.with("run")));

        assertThat(rig.result(1).getOutcome()).isEqualTo(Outcome.DONE);
        while (rig.audit()
                        .lines()
                        .filter(line -> line.contains("agent.started"))
                        .count()
                < 2) {
            Thread.sleep(50);
        }
        assertThat(rig.audit().lines().filter(line -> line.contains("instruction.begun")))
                .hasSize(1);
        assertThat(rig.agent.said()).contains("code=75");
    }

    /** Sockets of a process that listen (TCP state 0A) or take datagrams (UDP): what {@code ss -ltnup} shows. */
    private static List<String> listeners(long pid) throws IOException {
        Set<String> own = new HashSet<>();
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            for (Path descriptor : descriptors.toList()) {
                try {
                    own.add(Files.readSymbolicLink(descriptor).toString());
                } catch (IOException e) {
                    // Closed meanwhile, or not ours to see: then the assertion below has nothing to go by.
                }
            }
        }
        assertThat(own).as("sockets that can be seen").anyMatch(link -> link.startsWith("socket:["));
        List<String> found = new ArrayList<>();
        for (String table : List.of("tcp", "tcp6", "udp", "udp6")) {
            List<String> lines = Files.readAllLines(Path.of("/proc/" + pid + "/net/" + table));
            for (String line : lines.subList(1, lines.size())) {
                String[] columns = line.strip().split("\\s+");
                boolean takes = table.startsWith("udp") || columns[3].equals("0A");
                if (takes && own.contains("socket:[" + columns[9] + "]")) {
                    found.add(table + " " + line);
                }
            }
        }
        return found;
    }
}
