package io.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One agent and its server, from a line of the instrument's log to a row, and from an instruction to its result. */
@EnabledOnOs(OS.LINUX)
class AgentTest {
    private static final String SITE = """
            logs = [{
              name = analyser
              path = "LOG"
              from = start
              patterns = [
                { match = "lamp hours (?<value>[0-9.]+)", kind = value, item = lamp.hours, unit = h }
                { match = "FAULT (?<code>E[0-9]+) (?<text>.*)", kind = alarm, severity = critical }
                { match = "FAULT (?<clears>E[0-9]+) is over", kind = alarm }
              ]
            }]
            diagnostics = [{ name = greet, command = ["/bin/echo", "good morning"] }]
            approvers { people = ["somebody"] }
            """;

    private static Folder folder;
    private static Server server;
    private static AgentProcess agent;

    @BeforeAll
    static void start() throws Exception {
        folder = Folder.make("agent");
        server = Server.start(folder.path().resolve("server"));
        agent = AgentProcess.enrolled(server, "analyser-1", folder.path().resolve("agent"), SITE);
        agent.start();
        // So long between two samples and two reports that no test waits for one by chance.
        assertThat(agent.obey("set", "key", "sample.period", "value", "3600").getString("state"))
                .isEqualTo("DONE");
    }

    @AfterAll
    static void end() throws Exception {
        try (Folder last = folder;
                Server second = server;
                AgentProcess first = agent) {
            assertThat(List.of(last, second, first)).hasSize(3);
        }
    }

    @Test
    void an_error_code_in_the_log_is_an_alarm_at_the_server_at_once_and_a_value_comes_with_the_next_sample()
            throws Exception {
        agent.writes("12:00:01 lamp hours 812.5");
        agent.writes("12:00:02 FAULT E17 the lamp is dark");
        agent.await("alarm E17", () -> alarm("E17").isPresent());

        JsonObject alarm = alarm("E17").orElseThrow();
        assertThat(alarm.getString("severity")).isEqualTo("critical");
        assertThat(alarm.getString("text")).isEqualTo("the lamp is dark");

        assertThat(agent.obey("collect").getString("state")).isEqualTo("DONE");
        JsonObject hours = latest("lamp.hours").orElseThrow();
        assertThat(hours.getDouble("number")).isEqualTo(812.5);
        assertThat(hours.getString("unit")).isEqualTo("h");
        assertThat(Rows.value(server, "SELECT number FROM item_value WHERE item = 'lamp.hours'"))
                .isEqualTo("812.5");
        assertThat(latest("pc.uptime")).isPresent();

        agent.writes("12:00:03 FAULT E17 is over");
        agent.await("alarm E17 cleared", () -> alarm("E17").isEmpty());
    }

    @Test
    void every_instruction_is_done_and_the_customers_audit_names_it() throws Exception {
        long collect = agent.instruct("collect");
        long set = agent.instruct("set", "key", "events.per-minute", "value", "90");
        long diagnose = agent.instruct("diagnose", "name", "greet");

        assertThat(agent.result(collect).getString("state")).isEqualTo("DONE");
        assertThat(agent.result(set).getString("state")).isEqualTo("DONE");
        JsonObject diagnosed = agent.result(diagnose);
        assertThat(diagnosed.getString("state")).isEqualTo("DONE");
        assertThat(diagnosed.getString("detail")).isEqualTo("good morning");
        for (long number : List.of(collect, set, diagnose)) {
            assertThat(entries("instruction.begun", number)).hasSize(1);
            assertThat(entries("instruction.finished", number))
                    .singleElement()
                    .asString()
                    .contains("outcome=DONE");
        }
        assertThat(entries("instruction.received", diagnose))
                .singleElement()
                .asString()
                .contains("kind=DIAGNOSE");
    }

    @Test
    void an_agent_told_to_restart_does_so_once_and_obeys_again() throws Exception {
        long before = agent.java().pid();

        JsonObject restarted = agent.obey("restart");
        assertThat(restarted.getString("state")).isEqualTo("DONE");
        assertThat(agent.obey("collect").getString("state")).isEqualTo("DONE");

        assertThat(agent.java().pid()).isNotEqualTo(before);
        assertThat(entries("instruction.begun", restarted.getLong("number"))).hasSize(1);
        assertThat(agent.said()).contains("code=75");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "servers",
                "trust.roots",
                "upload.roots",
                "receive.roots",
                "policy.set",
                "logs",
                "diagnostics",
                "no.such.key",
                "sample.period.more"
            })
    void no_key_of_site_conf_and_no_unknown_key_is_set(String key) throws Exception {
        byte[] before = Files.readAllBytes(agent.siteFile());
        var time = Files.getLastModifiedTime(agent.siteFile());

        JsonObject refused = agent.obey("set", "key", key, "value", "30");

        assertThat(refused.getString("state")).isEqualTo("REFUSED");
        assertThat(entries("instruction.refused", refused.getLong("number"))).hasSize(1);
        assertThat(Files.readAllBytes(agent.siteFile())).isEqualTo(before);
        assertThat(Files.getLastModifiedTime(agent.siteFile())).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(strings = {"unnamed", "GREET", "greet.", "sh", "bin/echo"})
    void a_diagnostic_that_site_conf_does_not_name_is_refused(String name) throws Exception {
        assertThat(agent.obey("diagnose", "name", name).getString("state")).isEqualTo("REFUSED");
    }

    @Test
    void the_agent_listens_on_nothing() throws Exception {
        assertThat(agent.obey("collect").getString("state")).isEqualTo("DONE");

        Set<String> sockets = sockets(agent.java().pid());
        assertThat(sockets).as("sockets that can be seen").isNotEmpty();
        for (ProcessHandle process : agent.processes()) {
            assertThat(listeners(process.pid())).isEmpty();
        }
        // Its door to the approvers is no network's.
        assertThat(agent.data().resolve("approve/agent.sock")).exists();
        // The means of looking do find a listener where there is one.
        assertThat(listeners(server.pid())).isNotEmpty();
    }

    private static List<String> entries(String code, long number) throws IOException {
        return agent.audit()
                .lines()
                .filter(line -> line.contains(" " + code + " number=" + number + " "))
                .toList();
    }

    private static Optional<JsonObject> alarm(String code) throws IOException {
        return named(agent.known().getJsonArray("alarms"), "code", code);
    }

    private static Optional<JsonObject> latest(String item) throws IOException {
        return named(agent.known().getJsonArray("latest"), "item", item);
    }

    private static Optional<JsonObject> named(JsonArray all, String key, String value) {
        return all.stream()
                .map(JsonObject.class::cast)
                .filter(each -> value.equals(each.getString(key)))
                .findFirst();
    }

    /** Sockets of a process that listen (TCP state 0A) or take datagrams (UDP): what {@code ss -ltnup} shows. */
    private static List<String> listeners(long pid) throws IOException {
        Set<String> own = sockets(pid);
        List<String> found = new ArrayList<>();
        for (String table : List.of("tcp", "tcp6", "udp", "udp6", "raw", "raw6")) {
            List<String> lines = Files.readAllLines(Path.of("/proc/" + pid + "/net/" + table));
            for (String line : lines.subList(1, lines.size())) {
                String[] columns = line.strip().split("\\s+");
                boolean takes = !table.startsWith("tcp") || columns[3].equals("0A");
                if (takes && own.contains("socket:[" + columns[9] + "]")) {
                    found.add(table + " " + line);
                }
            }
        }
        return found;
    }

    private static Set<String> sockets(long pid) throws IOException {
        Set<String> own = new HashSet<>();
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            for (Path descriptor : descriptors.toList()) {
                try {
                    String target = Files.readSymbolicLink(descriptor).toString();
                    if (target.startsWith("socket:[")) {
                        own.add(target);
                    }
                } catch (IOException closedMeanwhile) {
                    continue;
                }
            }
        }
        return own;
    }
}
