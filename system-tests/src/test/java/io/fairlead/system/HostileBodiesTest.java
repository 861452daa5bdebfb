package io.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.contract.agent.DataItem;
import io.fairlead.contract.agent.ReportResponse;
import io.fairlead.contract.agent.StatusMessage;
import io.fairlead.soap.Documents;
import io.fairlead.soap.Fault;
import io.fairlead.soap.SoapCodec;
import io.fairlead.soap.XmlReaders;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A device with a good certificate says what nobody should: a fault with a fixed text, in bounded memory. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileBodiesTest {
    private static final SoapCodec CODEC = new SoapCodec(new Documents(XmlReaders.ofJdk()));

    private Folder folder;
    private Server server;
    private TestDevice device;

    @BeforeAll
    void start() throws Exception {
        folder = Folder.make("hostile");
        server = Server.start(folder.path());
        device = TestDevice.enrol(server.enrolment("hostile-1"), folder.path().resolve("identity"));
    }

    @AfterAll
    void stop() throws IOException {
        server.close();
        folder.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "xml-forbidden    | <!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>                  | ",
                "xml-forbidden    | <!DOCTYPE a [<!ENTITY x 'xxxxxxxxxx'><!ENTITY y '&x;&x;&x;&x;&x;'>]>    | ",
                "xml-forbidden    | <!DOCTYPE a SYSTEM 'http://127.0.0.1:9/evil.dtd'>                       | ",
                "xml-forbidden    | <?evil x?>                                                              | ",
                "malformed        | <?xml version='1.0' encoding='ISO-8859-1'?>                             | ",
                "malformed        |                                                                         | urn:other",
                "malformed        | garbage                                                                 | ",
            })
    void a_hostile_document_is_a_fault(String fault, String before, String namespace) throws Exception {
        String report = new String(CODEC.write(device.report(List.of(TestDevice.message(1)))), StandardCharsets.UTF_8)
                .replaceFirst("<\\?xml.*?\\?>", "");
        String body = (before == null ? "" : before)
                + (namespace == null ? report : report.replace("urn:fairlead:agent-channel:1", namespace));

        assertFault(fault, call(body.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void every_cut_of_a_report_is_a_fault() throws Exception {
        byte[] whole = CODEC.write(device.report(List.of(TestDevice.message(1))));
        for (int length = 1; length < whole.length; length += 37) {
            assertFault("malformed", call(Arrays.copyOf(whole, length)));
        }
    }

    @ParameterizedTest
    @CsvSource({"UTF-16", "UTF-32", "UTF-16LE"})
    void another_encoding_is_a_fault(Charset charset) throws Exception {
        byte[] whole = CODEC.write(device.report(List.of(TestDevice.message(1))));

        assertFault("malformed", call(new String(whole, StandardCharsets.UTF_8).getBytes(charset)));
    }

    @Test
    void ten_thousand_attributes_and_a_thousand_levels_are_faults() throws Exception {
        StringBuilder wide = new StringBuilder("<a ");
        for (int i = 0; i < 7_000; i++) {
            wide.append('b').append(i).append("='' ");
        }
        assertThat(call(wide.append("/>").substring(0, 60_000).getBytes(StandardCharsets.US_ASCII))
                        .fault())
                .isIn("xml-limit", "malformed");
        String deep =
                "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Header>" + "<a>".repeat(10_000);
        assertFault("xml-limit", call(deep.getBytes(StandardCharsets.US_ASCII)));
    }

    @ParameterizedTest
    @CsvSource({"Poll, malformed", "Launch, soap-action", "'', soap-action"})
    void an_action_that_is_not_the_bodys_is_a_fault(String operation, String fault) throws Exception {
        byte[] body = CODEC.write(device.report(List.of()));
        try (RawClient client = client()) {
            assertFault(fault, client.call(operation, body));
        }
    }

    @Test
    void a_compressed_body_is_a_fault() throws Exception {
        try (RawClient client = client()) {
            assertFault("content-type", client.call("Report", new byte[100], "Content-Encoding: gzip\r\n"));
        }
    }

    @Test
    void a_body_too_large_is_a_fault_however_its_length_is_told() throws Exception {
        byte[] huge = new byte[10 << 20];
        Arrays.fill(huge, (byte) ' ');
        try (RawClient told = client()) {
            assertFault("body-too-large", told.call("Report", huge));
            assertThat(told.isEnded()).isTrue();
        }
        try (RawClient chunked = client()) {
            chunked.write(RawClient.head("Report", -1, "Transfer-Encoding: chunked\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 17; i++) {
                chunked.write("1000\r\n".getBytes(StandardCharsets.US_ASCII));
                chunked.write(Arrays.copyOf(huge, 4096));
                chunked.write("\r\n".getBytes(StandardCharsets.US_ASCII));
            }
            assertFault("body-too-large", chunked.answer());
            assertThat(chunked.isEnded()).isTrue();
        }
    }

    @Test
    void many_huge_bodies_at_once_leave_the_server_standing() throws Exception {
        byte[] huge = new byte[10 << 20];
        ExecutorService threads = Executors.newFixedThreadPool(16);
        List<Future<String>> faults = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            faults.add(threads.submit(() -> {
                try (RawClient client = client()) {
                    client.write(RawClient.head("Report", -1, "Transfer-Encoding: chunked\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
                    client.write("a00000\r\n".getBytes(StandardCharsets.US_ASCII));
                    try {
                        client.write(huge);
                    } catch (IOException closedByServer) {
                        return "";
                    }
                    return client.answer().fault();
                } catch (IOException closedByServer) {
                    return "";
                }
            }));
        }
        for (Future<String> each : faults) {
            assertThat(each.get()).isIn("body-too-large", "");
        }
        threads.shutdown();
        assertThat(Files.readString(server.log())).doesNotContain("OutOfMemory");
        assertThat(device.send(device.report(List.of())).getEpoch()).isEqualTo(device.epoch());
    }

    @Test
    void a_trickling_body_is_cut() throws Exception {
        try (RawClient client = client()) {
            client.write(RawClient.head("Report", 1000, "").getBytes(StandardCharsets.US_ASCII));
            Thread trickle = new Thread(() -> {
                try {
                    for (int i = 0; i < 999; i++) {
                        client.write(new byte[] {' '});
                        Thread.sleep(200);
                    }
                } catch (IOException | InterruptedException cut) {
                    Thread.currentThread().interrupt();
                }
            });
            trickle.start();
            assertFault("body-too-slow", client.answer());
            trickle.interrupt();
            trickle.join();
        }
    }

    @Test
    void an_empty_body_is_a_fault() throws Exception {
        assertFault("body-empty", call(new byte[0]));
    }

    @Test
    void a_report_of_exactly_65536_bytes_is_taken_and_one_more_byte_is_not() throws Exception {
        byte[] small = CODEC.write(device.report(List.of(TestDevice.message(1))));
        byte[] largest = Arrays.copyOf(small, 65_536);
        Arrays.fill(largest, small.length, largest.length, (byte) ' ');
        byte[] more = Arrays.copyOf(largest, 65_537);
        more[65_536] = ' ';

        assertThat(call(largest).status()).isEqualTo(200);
        assertFault("body-too-large", call(more));
    }

    @Test
    void reports_without_messages_and_of_three_kilobytes_are_taken() throws Exception {
        TestDevice other =
                TestDevice.enrol(server.enrolment("friendly-1"), folder.path().resolve("friendly"));
        StatusMessage message = TestDevice.message(1);
        for (int i = 0; i < 40; i++) {
            DataItem item = new DataItem();
            item.setName("item." + i);
            item.setText("a text that makes the message as long as messages are");
            message.getItem().add(item);
        }

        assertThat(other.send(other.report(List.of())).getCommitted()).isZero();
        ReportResponse answer = other.send(other.report(List.of(message)));
        assertThat(answer.getCommitted()).isEqualTo(1);
        assertThat(answer.getRejected()).isEmpty();
    }

    @Test
    void a_report_that_names_another_device_is_refused() throws Exception {
        var report = device.report(List.of(TestDevice.message(1)));
        report.setDevice("somebody-else");

        assertFault("wrong-device", call(CODEC.write(report)));
    }

    @Test
    void nobody_without_a_certificate_gets_in() throws Exception {
        try (RawClient client = new RawClient(server.agentsPort(), device.identity(), false)) {
            assertFault("no-certificate", client.call("Report", CODEC.write(device.report(List.of()))));
        }
    }

    private RawClient client() throws IOException, GeneralSecurityException {
        return new RawClient(server.agentsPort(), device.identity(), true);
    }

    private RawClient.Answer call(byte[] body) throws IOException, GeneralSecurityException {
        try (RawClient client = client()) {
            return client.call("Report", body);
        }
    }

    private static void assertFault(String key, RawClient.Answer answer) {
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.fault()).isEqualTo(key);
        String text = Fault.ofKey(key).orElseThrow().text();
        assertThat(answer.body()).contains("<faultstring xml:lang=\"en\">" + text + "</faultstring>");
    }
}
