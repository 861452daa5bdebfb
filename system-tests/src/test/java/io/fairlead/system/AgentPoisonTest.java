package io.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.contract.agent.Alarm;
import io.fairlead.contract.agent.InstructionResult;
import io.fairlead.contract.agent.Outcome;
import io.fairlead.contract.agent.Rejected;
import io.fairlead.contract.agent.ReportResponse;
import io.fairlead.contract.agent.Severity;
import io.fairlead.contract.agent.StatusMessage;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** One message that can never be stored: it is put aside, and neither what follows it nor its neighbours suffer. */
@EnabledOnOs(OS.LINUX)
class AgentPoisonTest {
    private static final Instant LONG_AGO = Instant.parse("1999-12-31T23:59:59Z");
    private static final int DEVICES = 6;
    private static final int ROUNDS = 20;

    private static Folder folder;
    private static Server server;

    @BeforeAll
    static void start() throws Exception {
        folder = Folder.make("agent-poison");
        server = Server.start(folder.path().resolve("server"));
    }

    @AfterAll
    static void end() throws Exception {
        try (Folder last = folder;
                Server first = server) {
            assertThat(List.of(last, first)).hasSize(2);
        }
    }

    @Test
    void bad_messages_are_named_and_quarantined_and_the_good_ones_around_them_committed() throws Exception {
        TestDevice device = device("mixed");
        var report =
                device.report(List.of(TestDevice.message(1), fromLongAgo(2), namingTwice(3), TestDevice.message(4)));

        ReportResponse answer = device.send(report);
        assertThat(answer.getCommitted()).isEqualTo(4);
        assertThat(named(answer)).isEqualTo(Map.of(2L, "observed-at", 3L, "duplicate-item"));
        assertThat(Rows.ofDevice(server, device)).isEqualTo(Map.of(1L, 1, 4L, 1));
        assertThat(Rows.value(
                        server,
                        "SELECT string_agg(sequence || ' ' || fault, ', ' ORDER BY sequence) FROM quarantine"
                                + " WHERE device = 'mixed'"))
                .isEqualTo("2 observed-at, 3 duplicate-item");
        assertThat(Rows.value(server, "SELECT number FROM latest_value WHERE device = 'mixed'"))
                .isEqualTo("4");

        // An answer that was lost is given again, and the next report goes on behind it.
        assertThat(named(device.send(report))).isEqualTo(named(answer));
        ReportResponse next = device.send(device.report(List.of(TestDevice.message(5))));
        assertThat(next.getCommitted()).isEqualTo(5);
        assertThat(next.getRejected()).isEmpty();
    }

    @Test
    void a_report_of_nothing_but_bad_messages_is_settled_as_well() throws Exception {
        TestDevice device = device("hopeless");

        ReportResponse answer = device.send(device.report(List.of(fromLongAgo(1), namingTwice(2))));
        assertThat(answer.getCommitted()).isEqualTo(2);
        assertThat(named(answer)).hasSize(2);
        assertThat(device.send(device.report(List.of(TestDevice.message(3)))).getCommitted())
                .isEqualTo(3);
        assertThat(Rows.ofDevice(server, device)).isEqualTo(Map.of(3L, 1));
    }

    @Test
    void the_rows_of_other_devices_in_the_same_group_are_whole() throws Exception {
        List<TestDevice> devices = new ArrayList<>();
        for (int i = 0; i < DEVICES; i++) {
            devices.add(device("neighbour-" + i));
            JsonObject instructed = server.call(
                    "instruct", new JsonObject().put("device", "neighbour-" + i).put("action", "collect"));
            assertThat(instructed.getLong("number")).isEqualTo(1);
        }
        ExecutorService threads = Executors.newFixedThreadPool(DEVICES);
        CyclicBarrier together = new CyclicBarrier(DEVICES);
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < DEVICES; i++) {
            TestDevice device = devices.get(i);
            boolean bad = poisoned(i);
            running.add(threads.submit(() -> {
                for (int round = 1; round <= ROUNDS; round++) {
                    int arrived = together.await();
                    assertThat(arrived).isLessThan(DEVICES);
                    StatusMessage message = bad ? poison(round) : withAlarm(round);
                    ReportResponse answer = device.send(device.report(List.of(message)));
                    assertThat(answer.getCommitted()).isEqualTo(round);
                    assertThat(answer.getRejected()).hasSize(bad ? 1 : 0);
                }
                return null;
            }));
        }
        for (Future<?> each : running) {
            assertThat(each.get()).isNull();
        }
        threads.shutdown();

        for (int i = 0; i < DEVICES; i++) {
            String device = "neighbour-" + i;
            int good = poisoned(i) ? 0 : ROUNDS;
            assertThat(count("status_message", device)).as(device).isEqualTo(good);
            assertThat(count("item_value", device)).as(device).isEqualTo(good);
            assertThat(count("alarm", device)).as(device).isEqualTo(good);
            assertThat(count("quarantine", device)).as(device).isEqualTo(ROUNDS - good);
            assertThat(Rows.value(server, "SELECT max(number) FROM latest_value WHERE device = '" + device + "'"))
                    .isEqualTo(good == 0 ? null : Integer.toString(ROUNDS));
            assertThat(Rows.value(server, "SELECT outcome FROM instruction WHERE device = '" + device + "'"))
                    .isEqualTo(good == 0 ? null : "DONE");
        }
    }

    @Test
    void a_real_agent_goes_on_behind_a_message_that_the_server_refuses() throws Exception {
        String site = """
                logs = [{
                  name = analyser
                  path = "LOG"
                  from = start
                  patterns = [
                    { match = "ITEM (?<item>[a-z0-9.]+) (?<value>[0-9]+)", kind = value }
                    { match = "FAULT (?<code>E[0-9]+) (?<text>.*)", kind = alarm }
                  ]
                }]
                """;
        try (AgentProcess agent =
                AgentProcess.enrolled(server, "prolific", folder.path().resolve("prolific"), site)) {
            agent.start();
            // A device may have 500 items. The agent counts for itself, but from each of its starts anew.
            for (int item = 0; item < 450; item++) {
                agent.writes("ITEM first." + item + " " + item);
            }
            assertThat(agent.obey("collect").getString("state")).isEqualTo("DONE");
            assertThat(agent.obey("restart").getString("state")).isEqualTo("DONE");
            for (int item = 0; item < 100; item++) {
                agent.writes("ITEM second." + item + " " + item);
            }
            assertThat(agent.obey("collect").getString("state")).isEqualTo("DONE");

            assertThat(Rows.value(
                            server, "SELECT string_agg(DISTINCT fault, ' ') FROM quarantine WHERE device = 'prolific'"))
                    .isEqualTo("too-many-items");
            agent.await("the customer's audit", () -> agent.audit().contains("report.rejected"));
            agent.writes("FAULT E99 behind the poison");
            agent.await("the alarm", () -> count("alarm", "prolific") == 1);
        }
    }

    private static boolean poisoned(int device) {
        return device % 3 == 1;
    }

    private static TestDevice device(String id) throws Exception {
        return TestDevice.enrol(server.enrolment(id), folder.path().resolve(id));
    }

    private static StatusMessage fromLongAgo(long sequence) {
        StatusMessage message = TestDevice.message(sequence);
        message.setObservedAt(LONG_AGO);
        return message;
    }

    private static StatusMessage namingTwice(long sequence) {
        StatusMessage message = TestDevice.message(sequence);
        message.getItem().add(TestDevice.message(sequence + 1).getItem().get(0));
        return message;
    }

    /** With everything that a good message would change; none of it may be seen. */
    private static StatusMessage poison(long sequence) {
        StatusMessage message = withAlarm(sequence);
        if (sequence % 2 == 0) {
            message.setObservedAt(LONG_AGO);
        } else {
            message.getItem().add(message.getItem().get(0));
        }
        return message;
    }

    private static StatusMessage withAlarm(long sequence) {
        Alarm alarm = new Alarm();
        alarm.setCode("E" + sequence);
        alarm.setSeverity(Severity.ERROR);
        alarm.setRaised(true);
        InstructionResult result = new InstructionResult();
        result.setInstruction(1);
        result.setOutcome(Outcome.DONE);
        result.setFinishedAt(Instant.now());
        StatusMessage message = TestDevice.message(sequence);
        message.getAlarm().add(alarm);
        message.getResult().add(result);
        return message;
    }

    private static Map<Long, String> named(ReportResponse answer) {
        return answer.getRejected().stream().collect(Collectors.toMap(Rejected::getSequence, Rejected::getFault));
    }

    private static int count(String table, String device) throws Exception {
        return Integer.parseInt(
                Rows.value(server, "SELECT count(*) FROM " + table + " WHERE device = '" + device + "'"));
    }
}
