package io.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.contract.agent.PollResponse;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two server processes on one database. */
class TwoNodesTest {
    private static final int HOLD_SECONDS = 50;

    private static Folder folder;
    private static Server first;
    private static Server second;

    @BeforeAll
    static void start() throws Exception {
        folder = Folder.make("two-nodes");
        first = Server.start(folder.path().resolve("first"));
        second = secondNode(folder, first);
    }

    @AfterAll
    static void end() throws Exception {
        try (Folder last = folder;
                Server owner = first;
                Server guest = second) {
            assertThat(List.of(last, owner, guest)).hasSize(3);
        }
    }

    private static TestDevice enrolled(String id) throws Exception {
        return TestDevice.enrol(first.enrolment(id), folder.path().resolve(id));
    }

    @Test
    void an_instruction_given_at_one_node_wakes_the_poll_parked_at_the_other() throws Exception {
        TestDevice atFirst = enrolled("roaming-1");
        TestDevice atSecond = atFirst.at(second.agentsPort());

        for (long round = 1; round <= 5; round++) {
            long journaled = round - 1;
            boolean odd = round % 2 == 1;
            PollResponse answer =
                    polled(odd ? atSecond : atFirst, odd ? second : first, journaled, odd ? first : second);

            assertThat(answer.getInstruction()).hasSize(1);
            assertThat(answer.getInstruction().get(0).getSequence()).isEqualTo(round);
            assertThat(answer.getSigner()).isNotEmpty();
        }
    }

    @Test
    void a_report_taken_by_one_node_is_a_duplicate_at_the_other() throws Exception {
        TestDevice device = enrolled("roaming-2");
        var report = device.report(List.of(TestDevice.message(1), TestDevice.message(2)));

        assertThat(device.send(report).getCommitted()).isEqualTo(2);
        assertThat(device.at(second.agentsPort()).send(report).getCommitted()).isEqualTo(2);
        assertThat(Rows.ofDevice(first, device))
                .hasSize(2)
                .allSatisfy((sequence, count) -> assertThat(count).isEqualTo(1));
    }

    @Test
    void polls_that_a_node_finds_after_it_stood_still_and_that_were_given_up_long_ago_hold_nobody() throws Exception {
        TestDevice device = enrolled("roaming-3");
        assertThat(device.poll(0, 0).getInstruction()).isEmpty();
        byte[] body = device.poll();
        byte[] head = RawClient.head("Poll", body.length, "").getBytes(StandardCharsets.US_ASCII);
        List<RawClient> givenUp = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            RawClient client = new RawClient(second.agentsPort(), device.identity(), true);
            client.write(Arrays.copyOf(head, 4));
            givenUp.add(client);
        }
        signal("STOP", second);
        for (RawClient client : givenUp) {
            client.write(Arrays.copyOfRange(head, 4, head.length));
            client.write(body);
            client.hangUp();
        }
        // Meanwhile it goes on at the other node.
        for (int i = 0; i < 3; i++) {
            assertThat(device.poll(0, 0).getInstruction()).isEmpty();
        }

        signal("CONT", second);

        TestDevice again = device.at(second.agentsPort());
        for (int i = 0; i < 20; i++) {
            assertThat(again.poll(0, 0).getInstruction()).isEmpty();
        }
        assertThat(Rows.value(
                        first, "SELECT count(*) FROM audit_entry WHERE subject = 'roaming-3' AND code = 'clone.held'"))
                .isEqualTo("0");
    }

    private static void signal(String name, Server server) throws Exception {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(server.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }

    /** Parks a poll, waits until the node holds it, gives an instruction elsewhere, and returns the poll's answer. */
    private static PollResponse polled(TestDevice device, Server at, long journaled, Server elsewhere)
            throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        Future<PollResponse> poll = thread.submit(() -> device.poll(HOLD_SECONDS, journaled));
        while (!at.metric("fairlead_instruction_polls_parked").startsWith("1")) {
            Thread.sleep(20);
        }
        JsonObject created = elsewhere.call(
                "instruct", new JsonObject().put("device", device.id()).put("action", "collect"));
        assertThat(created.getLong("number")).isEqualTo(journaled + 1);
        thread.shutdown();
        return poll.get();
    }

    /** Another node on the first one's database, keys and files. */
    static Server secondNode(Folder folder, Server first) throws IOException {
        Path data = folder.path().resolve("second/data");
        copy(first.data().resolve("secrets"), data.resolve("secrets"));
        Files.createSymbolicLink(data.resolve("blobs"), first.data().resolve("blobs"));
        return Server.start(
                folder.path().resolve("second"),
                "database.url = \"postgresql://127.0.0.1:" + Rows.port(first.data()) + "/fairlead?sslmode=disable\"");
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        try (Stream<Path> walk = Files.walk(from)) {
            for (Path each : walk.toList()) {
                Path target = to.resolve(from.relativize(each).toString());
                Files.copy(each, target, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }
}
