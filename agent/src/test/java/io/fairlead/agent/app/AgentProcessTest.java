package io.fairlead.agent.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fairlead.agent.host.Host;
import io.fairlead.agent.link.TestAuthority;
import io.fairlead.agent.poll.Enterprise;
import io.fairlead.contract.agent.Collect;
import io.fairlead.contract.agent.InstructionResult;
import io.fairlead.contract.agent.Order;
import io.fairlead.contract.agent.Outcome;
import io.fairlead.contract.agent.Poll;
import io.fairlead.contract.agent.PollResponse;
import io.fairlead.contract.agent.Report;
import io.fairlead.contract.agent.ReportResponse;
import io.fairlead.contract.agent.Restart;
import io.fairlead.contract.agent.SetTuning;
import io.fairlead.contract.agent.SignedInstruction;
import io.fairlead.contract.agent.StatusMessage;
import io.fairlead.soap.Fault;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
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

    private final Enterprise enterprise = new Enterprise();
    private final TestAuthority.Holder signer = Enterprise.AUTHORITY.signer();
    private final Map<Long, Order> orders = new ConcurrentSkipListMap<>();
    private final BlockingQueue<Poll> polls = new LinkedBlockingQueue<>();
    private final BlockingQueue<StatusMessage> messages = new LinkedBlockingQueue<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final List<Process> processes = new ArrayList<>();
    private InstalledAgent agent;

    @BeforeEach
    void install() throws IOException {
        agent = new InstalledAgent(folder);
        enterprise.onPoll = this::answer;
        enterprise.onReport = this::answer;
    }

    @AfterEach
    void end() throws Exception {
        over.countDown();
        for (Process process : processes) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
        enterprise.close();
    }

    @Test
    void an_enrolled_agent_polls_reports_listens_on_nothing_and_stops_when_told() throws Exception {
        enrol();
        Process running = started(agent.java(agent.with("run")));

        assertThat(polls.take().getAgentVersion()).isEqualTo("0.1.0");
        assertThat(messages.take().getItem()).isNotEmpty();
        assertThat(listeners(running.pid())).isEmpty();
        running.destroy();

        assertThat(running.waitFor()).as(agent.said()).isZero();
        assertThat(audit()).contains("agent.started", "agent.stopped");
        assertThat(Files.readString(agent.data.resolve("log/agent.0.log"))).contains("agent=stopped");
    }

    @Test
    void instructions_are_obeyed_and_their_results_reported() throws Exception {
        enrol();
        orders.put(1L, order(1, new Collect()));
        orders.put(2L, order(2, tuning("sample.period", "30")));
        orders.put(3L, order(3, tuning("servers", "evil.example:1")));
        started(agent.java(agent.with("run")));

        assertThat(result(1).getOutcome()).isEqualTo(Outcome.DONE);
        assertThat(result(2).getDetail()).startsWith("sample.period = 30");
        assertThat(result(3).getOutcome()).isEqualTo(Outcome.REFUSED);
    }

    @Test
    void nothing_is_obeyed_while_the_agent_can_write_site_conf() throws Exception {
        assumeTrue(Host.ofThisSystem().root(), "root is missing: an ordinary user owns every file here");
        enrol();
        Files.setAttribute(agent.site, "unix:uid", InstalledAgent.USER);
        orders.put(1L, order(1, new Collect()));
        started(agent.java(agent.with("run")));

        InstructionResult result = result(1);
        assertThat(result.getOutcome()).isEqualTo(Outcome.REFUSED);
        assertThat(result.getDetail()).contains("everything is denied");
    }

    @Test
    void the_watchdog_brings_a_killed_agent_back_and_stops_with_it() throws Exception {
        enrol();
        Process watchdog = started(agent.script(agent.with("run")));
        polls.take();
        ProcessHandle first = java(watchdog);

        assertThat(first.destroyForcibly()).isTrue();
        polls.take();
        ProcessHandle second = java(watchdog);
        watchdog.destroy();

        assertThat(second.pid()).isNotEqualTo(first.pid());
        assertThat(watchdog.waitFor()).isZero();
        assertThat(second.isAlive()).isFalse();
        assertThat(agent.said()).contains("watchdog=restart code=137");
    }

    @Test
    void an_agent_whose_watchdog_was_killed_stops_and_makes_room_for_the_next() throws Exception {
        enrol();
        Process first = started(agent.script(agent.with("run")));
        polls.take();
        ProcessHandle orphan = java(first);
        assertThat(nice(orphan)).isPositive();
        assertThat(first.destroyForcibly().waitFor()).isEqualTo(137);
        while (!audit().contains("agent.stopped") || orphan.isAlive()) {
            Thread.sleep(50);
        }

        Process second = started(agent.script(agent.with("run")));
        polls.take();

        assertThat(java(second).pid()).isNotEqualTo(orphan.pid());
        assertThat(agent.said()).doesNotContain("another agent works in");
    }

    /** Field 19 of proc(5)'s stat. */
    private static int nice(ProcessHandle process) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
        return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[16]);
    }

    @Test
    void status_says_how_it_is_whether_it_runs_or_not() throws Exception {
        enrol();
        orders.put(1L, order(1, new Collect()));
        Process running = started(agent.java(agent.with("run")));
        assertThat(result(1).getOutcome()).isEqualTo(Outcome.DONE);
        String told = status("ONLINE");

        assertThat(told)
                .contains("\"state\" : \"running\"", "\"device\" : \"device-1\"", Enterprise.AUTHORITY.rootKeyHash())
                .contains(
                        "\"collect\" : \"allow\"",
                        "\"believed\" : true",
                        "\"waiting\" : 0",
                        "\"poll-hold-seconds\" : 50")
                .contains("\"dropped\" : 0", "instruction.finished 1: DONE", "\"free-1\" : ")
                .doesNotContain("PRIVATE");

        enterprise.onPoll = poll -> Fault.IDENTITY_HELD;
        over.countDown();
        assertThat(status("HELD identity-held")).contains("\"cause\"");
        running.destroy();
        assertThat(running.waitFor()).isZero();

        Process ended = started(agent.java("status", "--data", agent.data.toString()));
        assertThat(ended.waitFor()).isEqualTo(3);
        assertThat(agent.said()).contains("does not run. To start it:", "two programs use this device's identity");
    }

    /** What a second process says, once it says this. */
    private String status(String until) throws Exception {
        while (true) {
            Process asked = started(agent.java("status", "--json", "--data", agent.data.toString()));
            assertThat(asked.waitFor()).isBetween(0, 4);
            String[] all = agent.said().split("(?m)^\\{", -1);
            for (String each : all) {
                if (each.contains("\"state\" : \"" + until)) {
                    return each;
                }
            }
            Thread.sleep(500);
        }
    }

    @Test
    void an_agent_that_ends_without_its_watchdog_being_told_to_stop_comes_back() throws Exception {
        enrol();
        Process watchdog = started(agent.script(agent.with("run")));
        polls.take();

        assertThat(java(watchdog).destroy()).isTrue();
        polls.take();

        assertThat(agent.said()).contains("watchdog=restart code=0");
        watchdog.destroy();
        assertThat(watchdog.waitFor()).isZero();
    }

    @Test
    void an_instruction_restarts_the_agent_once() throws Exception {
        enrol();
        orders.put(1L, order(1, new Restart()));
        started(agent.script(agent.with("run")));

        assertThat(result(1).getOutcome()).isEqualTo(Outcome.DONE);
        while (audit().lines().filter(line -> line.contains("agent.started")).count() < 2) {
            Thread.sleep(50);
        }
        assertThat(audit().lines().filter(line -> line.contains("instruction.begun")))
                .hasSize(1);
        assertThat(agent.said()).contains("code=75");
    }

    @Test
    void two_agents_cannot_have_one_folder() throws Exception {
        enrol();
        started(agent.java(agent.with("run")));
        polls.take();

        assertThat(started(agent.java(agent.with("run"))).waitFor()).isEqualTo(1);
        assertThat(agent.said()).contains("another agent works in");
    }

    @Test
    void an_agent_that_is_not_enrolled_says_what_to_do() throws Exception {
        assertThat(started(agent.java(agent.with("run"))).waitFor()).isEqualTo(1);
        assertThat(agent.said()).contains("not enrolled: run `agent enrol STRING");
    }

    @Test
    void a_fault_in_site_conf_is_named_with_file_and_line() throws Exception {
        enrol();
        Files.writeString(agent.site, "pc { enabled = true }\nservrs = []\n");

        assertThat(started(agent.java(agent.with("run"))).waitFor()).isEqualTo(1);
        assertThat(agent.said()).contains("site.conf:2").contains("servrs");
    }

    @Test
    void a_server_that_site_conf_does_not_name_gets_no_secret() throws Exception {
        Files.writeString(agent.site, "servers = [\"agents.example:8444\"]\n");

        assertThat(started(agent.java(agent.with("enrol", enterprise.enrolmentString())))
                        .waitFor())
                .isEqualTo(1);
        assertThat(agent.said()).contains("site.conf does not allow the server localhost");
        assertThat(enterprise.server.connections).hasValue(0);
    }

    @Test
    void a_server_that_nobody_answers_at_is_named_without_the_secret() throws Exception {
        String string = "fairlead:1:127.0.0.1:1:c:7Q2M9KZ4XJ5R8TVN:" + Enterprise.AUTHORITY.rootKeyHash();

        assertThat(started(agent.java(agent.with("enrol", string))).waitFor()).isEqualTo(1);
        assertThat(agent.said()).contains("127.0.0.1:1").doesNotContain("7Q2M9KZ4XJ5R8TVN");
    }

    @Test
    void root_enrols_and_runs_the_agent_as_the_agents_user_only() throws Exception {
        assumeTrue(Host.ofThisSystem().root(), "root is missing: this is about root");
        Files.delete(agent.data);
        String string = enterprise.enrolmentString();
        Process enrol = started(agent.script(agent.with("enrol", "-", "--user", String.valueOf(InstalledAgent.USER))));
        try (OutputStream in = enrol.getOutputStream()) {
            in.write((string + "\n").getBytes(StandardCharsets.US_ASCII));
        }
        assertThat(enrol.waitFor()).as(agent.said()).isZero();
        try (Stream<Path> files = Files.walk(agent.data)) {
            assertThat(files)
                    .allSatisfy(file ->
                            assertThat(Files.getAttribute(file, "unix:uid")).isEqualTo(InstalledAgent.USER));
        }

        assertThat(started(agent.javaAsTester(agent.with("run"))).waitFor()).isEqualTo(1);
        assertThat(agent.said()).contains("the agent does not run as root");
        assertThat(started(agent.javaAsTester(agent.with("enrol", string))).waitFor())
                .isEqualTo(1);
        assertThat(agent.said()).contains("the agent does not enrol as root");
    }

    @Test
    void root_follows_no_link_that_the_agents_account_has_laid() throws Exception {
        assumeTrue(Host.ofThisSystem().root(), "root is missing: this is about root");
        Path precious = Files.writeString(folder.resolve("precious"), "root's own\n");
        Files.createSymbolicLink(agent.data.resolve("audit.log"), precious);
        Process enrol = started(agent.script(agent.with("enrol", enterprise.enrolmentString())));
        assertThat(enrol.waitFor()).as(agent.said()).isBetween(0, 1);
        assertThat(precious).hasContent("root's own");

        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("etc"));
        assertThat(refusal("--data", link.toString())).contains("is a link");
        assertThat(refusal("--data=" + folder.resolve("etc"))).contains("belongs to the user 0");
        assertThat(refusal("--data", agent.data.resolve("below").toString())).contains("others than root may change");
        assertThat(Files.getAttribute(folder.resolve("etc"), "unix:uid")).isEqualTo(0);
    }

    private String refusal(String... data) throws Exception {
        List<String> words = new ArrayList<>(List.of("enrol", enterprise.enrolmentString()));
        words.addAll(List.of(data));
        assertThat(started(agent.script(words.toArray(String[]::new))).waitFor())
                .as(agent.said())
                .isEqualTo(1);
        return agent.said();
    }

    @Test
    void a_lost_journal_lets_reports_go_on_and_asks_for_no_instruction() throws Exception {
        enrol();
        Files.delete(agent.data.resolve("journal").resolve(TestAuthority.EPOCH));
        started(agent.java(agent.with("run")));

        StatusMessage message = messages.take();
        while (message.getEvent().isEmpty()) {
            message = messages.take();
        }
        assertThat(message.getEvent().get(0).getCode()).isEqualTo("agent.enrolment-needed");
        assertThat(enterprise.polls).isEmpty();
    }

    private void enrol() throws Exception {
        Process enrol = started(agent.java(agent.with("enrol", enterprise.enrolmentString())));
        assertThat(enrol.waitFor()).as(agent.said()).isZero();
        assertThat(agent.said()).contains("Enrolled as device device-1");
    }

    private Process started(Process process) {
        processes.add(process);
        return process;
    }

    private String audit() throws IOException {
        return Files.readString(agent.data.resolve("audit.log"));
    }

    private static ProcessHandle java(Process watchdog) {
        return watchdog.descendants()
                .filter(each -> each.info().command().orElse("").endsWith("java"))
                .findFirst()
                .orElseThrow();
    }

    private InstructionResult result(long number) throws InterruptedException {
        while (true) {
            for (InstructionResult result : messages.take().getResult()) {
                if (result.getInstruction() == number) {
                    return result;
                }
            }
        }
    }

    /** Instructions above what is journaled; when there are none, a poll that may be held is, until the test is over. */
    private Object answer(Poll poll) {
        PollResponse answer = new PollResponse();
        answer.setServerTime(Instant.now());
        answer.setToken(HexFormat.of().formatHex(new byte[16]));
        if (poll.getHold() == 0) {
            // After a start the agent's token has to be seen first; nothing is given until then.
            return answer;
        }
        polls.add(poll);
        orders.forEach((number, order) -> {
            if (number > poll.getJournaled()) {
                answer.getInstruction().add(signed(order));
            }
        });
        answer.getSigner().add(encoded());
        if (answer.getInstruction().isEmpty() && poll.getHold() > 0) {
            awaitEnd();
        }
        return answer;
    }

    private Object answer(Report report) {
        messages.addAll(report.getMessage());
        List<StatusMessage> all = report.getMessage();
        ReportResponse answer = new ReportResponse();
        answer.setEpoch(report.getEpoch());
        answer.setCommitted(all.isEmpty() ? 0 : all.get(all.size() - 1).getSequence());
        answer.setServerTime(Instant.now());
        return answer;
    }

    private void awaitEnd() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static SetTuning tuning(String key, String value) {
        SetTuning set = new SetTuning();
        set.setKey(key);
        set.setValue(value);
        return set;
    }

    private static Order order(long number, Object what) {
        Order order = new Order();
        order.setLabel("fairlead instruction 1");
        order.setDevice("device-1");
        order.setEnrolment(TestAuthority.EPOCH);
        order.setSequence(number);
        order.setNotAfter(Instant.now().plusSeconds(3600));
        if (what instanceof SetTuning set) {
            order.setSet(set);
        } else if (what instanceof Restart restart) {
            order.setRestart(restart);
        } else {
            order.setCollect((Collect) what);
        }
        return order;
    }

    private SignedInstruction signed(Order order) {
        try {
            byte[] bytes = enterprise.documents.write(order);
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(signer.key());
            signature.update(bytes);
            SignedInstruction instruction = new SignedInstruction();
            instruction.setSequence(order.getSequence());
            instruction.setOrder(bytes);
            instruction.setSignature(signature.sign());
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(signer.certificate().getPublicKey().getEncoded());
            instruction.setKey(HexFormat.of().formatHex(Arrays.copyOf(hash, 16)));
            return instruction;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private byte[] encoded() {
        try {
            return signer.certificate().getEncoded();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
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
