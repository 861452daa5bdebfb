package io.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.soap.Fault;
import io.fairlead.system.Attack.Head;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Somebody with a good account says to the integration lane what nobody should: a fault with a fixed text or a clean end,
 * nobody is called, and no memory and no disk is taken.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileServicesTest {
    private static final int SLOW = 12;

    private LaneSite site;
    private Bait bait;
    private Footprint before;

    @BeforeAll
    void start() throws Exception {
        site = LaneSite.start("hostile-lane");
        bait = new Bait();
        for (String service : List.of("DeviceService", "FileService", "AlarmService")) {
            honest(service);
        }
        before = Footprint.of(site.server());
    }

    @AfterAll
    void nobody_was_called_and_nothing_was_left() throws Exception {
        try (LaneSite last = site;
                Bait untouched = bait) {
            honest("DeviceService");
            assertThat(untouched.calls()).as("connections to the bait").isZero();
            assertThat(Files.readString(last.server().log()))
                    .doesNotContain("OutOfMemory", "StackOverflow", "root:x:0");
            assertThat(Rows.value(site.server(), "SELECT count(*) FROM device WHERE id = 'spoofed'"))
                    .isEqualTo("0");
            Footprint.of(site.server()).assertLittleMoreThan(before);
        }
    }

    Stream<Attack> attacks() {
        String elsewhere = "http://" + bait.address() + "/x";
        XmlAttacks xml = new XmlAttacks(site.basic(), elsewhere);
        SoapAttacks soap = new SoapAttacks(site.basic(), site.password(), elsewhere);
        HttpAttacks http = new HttpAttacks(site.basic(), bait.address());
        return Stream.of(xml.all(), soap.all(), soap.times(), http.all()).flatMap(List::stream);
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void an_attack_ends_in_a_fault_or_with_the_connection(Attack attack) throws Exception {
        String answer = exchange(attack.sent());

        assertThat(attack.expected()).as(answer).contains(outcome(answer));
        assertThat(answer)
                .doesNotContain(
                        "Exception",
                        "io.fairlead.",
                        "io.netty",
                        "org.apache",
                        "com.ctc",
                        "jakarta.",
                        "SELECT",
                        "root:x:0");
    }

    /** An answer in a word, as {@link Attack} has them. */
    private static String outcome(String answer) {
        if (answer.isEmpty()) {
            return "closed";
        }
        int at = answer.indexOf("<c:code>");
        if (at >= 0) {
            String code = answer.substring(at + 8, answer.indexOf('<', at + 8));
            assertThat(answer).contains(Fault.ofKey(code).orElseThrow().text(), "correlation>");
            return code;
        }
        return answer.startsWith("HTTP/1.1 200 ") && answer.contains("Response") ? "answered" : "http";
    }

    @Test
    void five_hundred_megabytes_without_end_are_cut_at_the_first() throws Exception {
        Head head = Head.of(site.basic(), "DeviceService", "Find").line("Transfer-Encoding: chunked");
        byte[] chunk = ("10000\r\n" + " ".repeat(65_536) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        long sent = 0;
        try (RawClient client = client()) {
            client.write(head.bytes());
            while (sent < 500_000_000) {
                client.write(chunk);
                sent += 65_536;
            }
        } catch (IOException cut) {
            assertThat(sent).isPositive();
        }
        assertThat(sent).isLessThan(64_000_000);
    }

    @Test
    void bodies_that_trickle_are_cut_while_others_are_served() throws Exception {
        List<RawClient> slow = new ArrayList<>();
        List<CompletableFuture<String>> answers = new ArrayList<>();
        byte[] head = Head.of(site.basic(), "DeviceService", "Find")
                .line("Content-Length: 1000")
                .bytes();
        try {
            for (int i = 0; i < SLOW; i++) {
                RawClient client = client();
                slow.add(client);
                client.write(head);
                client.write(new byte[] {'<'});
                answers.add(CompletableFuture.supplyAsync(() -> rest(client)));
            }
            // Eight of an account are inside, the rest were sent away.
            TestDevice device = site.device();
            assertThat(device.send(device.report(List.of())).getEpoch()).isEqualTo(device.epoch());
            for (CompletableFuture<String> answer : answers) {
                assertThat(outcome(answer.get())).isIn("body-too-slow", "busy");
            }
            assertThat(answers)
                    .anySatisfy(answer -> assertThat(outcome(answer.get())).isEqualTo("busy"));
            assertThat(answers)
                    .anySatisfy(answer -> assertThat(outcome(answer.get())).isEqualTo("body-too-slow"));
        } finally {
            for (RawClient each : slow) {
                each.hangUp();
            }
        }
    }

    private static String rest(RawClient client) {
        try {
            return client.rest();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void honest(String service) throws Exception {
        String operation = service.equals("FileService") ? "file" : service.equals("AlarmService") ? "alarm" : "device";
        String answer = exchange(Attack.body(
                        "none",
                        "answered",
                        Head.of(site.basic(), service, "Find"),
                        XmlAttacks.envelope("", "<t:Find><t:criteria/></t:Find>")
                                .replace(":1:device", ":1:" + operation))
                .sent());
        assertThat(outcome(answer)).as(answer).isEqualTo("answered");
    }

    /** Sends all of it, or as much as is taken, and answers what comes until the connection ends. */
    private String exchange(byte[] bytes) throws Exception {
        try (RawClient client = client()) {
            try {
                client.write(bytes);
            } catch (IOException endedByServer) {
                return client.rest();
            }
            return client.rest();
        }
    }

    private RawClient client() throws Exception {
        return new RawClient(site.server().peoplePort(), site.device().identity(), false);
    }
}
