package io.fairlead.soap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.ctc.wstx.stax.WstxInputFactory;
import io.fairlead.contract.agent.Alarm;
import io.fairlead.contract.agent.DataItem;
import io.fairlead.contract.agent.Poll;
import io.fairlead.contract.agent.PollResponse;
import io.fairlead.contract.agent.ReachOutcome;
import io.fairlead.contract.agent.ReachProtocol;
import io.fairlead.contract.agent.ReachRow;
import io.fairlead.contract.agent.ReachTrouble;
import io.fairlead.contract.agent.ReachWay;
import io.fairlead.contract.agent.Report;
import io.fairlead.contract.agent.ReportReach;
import io.fairlead.contract.agent.Severity;
import io.fairlead.contract.agent.SignedCheckpoint;
import io.fairlead.contract.agent.SignedInstruction;
import io.fairlead.contract.agent.StatusMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource(SoapCodecTest.Parser.class)
class SoapCodecTest {
    enum Parser {
        JDK,
        WOODSTOX;

        XmlReaders readers() {
            return this == JDK ? XmlReaders.ofJdk() : new XmlReaders(new WstxInputFactory());
        }
    }

    private static final String POLL = "<Poll xmlns='urn:fairlead:agent-channel:1'><device>xn-1</device><hold>50</hold>"
            + "<journaled>7</journaled><agentVersion>0.1.0</agentVersion></Poll>";

    private final SoapCodec codec;

    SoapCodecTest(Parser parser) {
        codec = new SoapCodec(new Documents(parser.readers()));
    }

    @Test
    void a_report_is_written_as_the_golden_file_says() throws IOException {
        assertThat(new String(codec.write(report()), StandardCharsets.UTF_8)).isEqualTo(golden("report.xml"));
    }

    @Test
    void a_poll_response_is_written_as_the_golden_file_says() throws IOException {
        assertThat(new String(codec.write(pollResponse()), StandardCharsets.UTF_8))
                .isEqualTo(golden("poll-response.xml"));
    }

    @Test
    void what_a_check_found_is_written_as_the_golden_file_says_and_read_back() throws IOException {
        String written = new String(codec.write(reach()), StandardCharsets.UTF_8);

        assertThat(written).isEqualTo(golden("report-reach.xml"));
        assertThat(read(written, ReportReach.class)).usingRecursiveComparison().isEqualTo(reach());
    }

    @Test
    void a_fault_is_written_as_the_golden_file_says() throws IOException {
        assertThat(new String(codec.fault(Fault.BUSY, "c0ffee"), StandardCharsets.UTF_8))
                .isEqualTo(golden("fault.xml"));
    }

    @Test
    void what_is_written_is_read_back() {
        Report back = read(new String(codec.write(report()), StandardCharsets.UTF_8), Report.class);

        assertThat(back).usingRecursiveComparison().isEqualTo(report());
        assertThat(codec.read(codec.write(report()), Report.class))
                .usingRecursiveComparison()
                .isEqualTo(report());
    }

    @Test
    void a_fault_is_read_as_a_fault() {
        RemoteFault fault = catchThrowableOfType(
                RemoteFault.class,
                () -> codec.read(new ByteArrayInputStream(codec.fault(Fault.BUSY, "c0ffee")), Poll.class));

        assertThat(fault.fault()).contains(Fault.BUSY);
        assertThat(fault.correlation()).isEqualTo("c0ffee");
        assertThat(fault.retryAfterSeconds()).isEqualTo(5);
    }

    @Test
    void foreign_prefixes_headers_comments_and_space_are_taken() {
        Poll poll = read(
                "\n<?xml version='1.0'?>\n<!-- c -->".substring(1)
                        + "<e:Envelope xmlns:e='http://schemas.xmlsoap.org/soap/envelope/'> <e:Header><a:Action"
                        + " xmlns:a='urn:a' e:mustUnderstand='0'><b/></a:Action></e:Header>\n<e:Body> <!-- c --> "
                        + "<p:Poll xmlns:p='urn:fairlead:agent-channel:1'><p:device>xn-1</p:device><p:hold>50</p:hold>"
                        + "<p:journaled>7</p:journaled><p:agentVersion>1</p:agentVersion></p:Poll> <!-- d --> "
                        + "</e:Body>\n</e:Envelope>\n",
                Poll.class);

        assertThat(poll.getDevice()).isEqualTo("xn-1");
        assertThat(poll.getJournaled()).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "MALFORMED        | ``",
                "MALFORMED        | no xml at all",
                "MALFORMED        | <a/>",
                "MALFORMED        | <s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'/>",
                "MALFORMED        | <s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body/></s:Envelope>",
                "VERSION_MISMATCH | <s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope'><s:Body/></s:Envelope>",
                "MUST_UNDERSTAND  | <s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Header><x s:mustUnderstand='1'/></s:Header><s:Body/></s:Envelope>",
                "XML_FORBIDDEN    | <!DOCTYPE a><s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body/></s:Envelope>",
                "XML_FORBIDDEN    | <!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>",
                "XML_FORBIDDEN    | <!DOCTYPE a [<!ENTITY x 'yy'><!ENTITY z '&x;&x;&x;'>]><a>&z;</a>",
                "XML_FORBIDDEN    | <?php x?><a/>",
                "MALFORMED        | <?xml version='1.0' encoding='UTF-16'?><a/>",
                "MALFORMED        | <?xml version='1.0' encoding='ISO-8859-1'?><a/>",
                "MALFORMED        | <?xml version='1.1'?><s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body><Poll xmlns='urn:fairlead:agent-channel:1'><device>a&#1;b</device><hold>50</hold><journaled>7</journaled><agentVersion>1</agentVersion></Poll></s:Body></s:Envelope>",
            })
    void hostile_documents_are_refused(Fault fault, String document) {
        assertThat(refusal(document)).isEqualTo(fault);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "INVALID   | <hold>50</hold>    | <hold>fifty</hold>",
                "INVALID   | <hold>50</hold>    | <hold>50</hold><extra/>",
                "INVALID   | <hold>50</hold>    | <x:hold xmlns:x='urn:other'>50</x:hold>",
                "MALFORMED | agent-channel:1    | agent-channel:2",
                "MALFORMED | <hold>50</hold>    | <hold>&nothing;</hold>",
                "MALFORMED | </Poll>            | </Pol>",
                "MALFORMED | </Poll>            | </Poll><Poll/>",
                "MALFORMED | </Poll>            | </Poll>text",
            })
    void a_poll_that_differs_from_the_contract_is_refused(Fault fault, String instead, String there) {
        assertThat(refusal(envelope(POLL.replace(instead, there)))).isEqualTo(fault);
    }

    @Test
    void a_deep_document_is_refused() {
        String deep = envelope(POLL).replace("<s:Body>", "<s:Header>" + "<a>".repeat(5_000) + "<s:Body>");

        assertThat(refusal(deep)).isEqualTo(Fault.XML_LIMIT);
    }

    @Test
    void each_cut_of_a_message_is_refused() {
        String whole = envelope(POLL);
        for (int length = 0; length < whole.length(); length++) {
            assertThat(refusal(whole.substring(0, length)))
                    .as("cut at %d", length)
                    .isEqualTo(Fault.MALFORMED);
        }
    }

    @Test
    void ten_thousand_attributes_are_refused() {
        StringBuilder wide = new StringBuilder("<Poll xmlns='urn:fairlead:agent-channel:1'");
        for (int i = 0; i < 10_000; i++) {
            wide.append(" a").append(i).append("=''");
        }

        assertThat(refusal(envelope(wide.append("/>").toString()))).isIn(Fault.XML_LIMIT, Fault.MALFORMED);
    }

    @Test
    void a_long_text_is_refused() {
        String text = "x".repeat(10 << 20);

        assertThat(refusal(envelope(POLL.replace("xn-1", text)))).isEqualTo(Fault.XML_LIMIT);
        assertThat(refusal(envelope(POLL).replace("<s:Body>", text + "<s:Body>")))
                .isIn(Fault.XML_LIMIT, Fault.MALFORMED);
    }

    @Test
    void ten_thousand_elements_are_refused() {
        assertThat(refusal(envelope(POLL)
                        .replace("<s:Body>", "<s:Header>" + "<a/>".repeat(10_001) + "</s:Header><s:Body>")))
                .isEqualTo(Fault.XML_LIMIT);
    }

    @ParameterizedTest
    @CsvSource({"UTF-16", "UTF-16LE", "UTF-32"})
    void another_encoding_is_refused(Charset charset) {
        assertThat(refusal(envelope(POLL).getBytes(charset))).isEqualTo(Fault.MALFORMED);
    }

    @Test
    void broken_utf_8_is_refused() {
        byte[] latin = envelope(POLL.replace("xn-1", "\u00e9\u00e8")).getBytes(StandardCharsets.ISO_8859_1);

        assertThat(refusal(latin)).isEqualTo(Fault.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u00ff", "x\u00ff", "x \u00ff"})
    void a_broken_byte_anywhere_is_refused(String latin) {
        String whole = envelope(POLL);
        for (int at = whole.indexOf("<s:Body>"); at <= whole.length(); at += 7) {
            String broken = whole.substring(0, at) + latin + whole.substring(at);

            assertThat(refusal(broken.getBytes(StandardCharsets.ISO_8859_1)))
                    .as(broken)
                    .isEqualTo(Fault.MALFORMED);
        }
    }

    @Test
    void a_body_that_is_nil_is_refused() {
        String nil = " xmlns:i='http://www.w3.org/2001/XMLSchema-instance' i:nil='true' ";

        assertThat(refusal(envelope(POLL.replace("<Poll ", "<Poll" + nil)))).isEqualTo(Fault.INVALID);
        assertThat(refusal(envelope("<Poll xmlns='urn:fairlead:agent-channel:1'" + nil + "/>")))
                .isEqualTo(Fault.INVALID);
    }

    @Test
    void a_time_without_a_zone_is_refused() {
        UnaryOperator<String> sent = time -> envelope("<Report xmlns='urn:fairlead:agent-channel:1'><device>a</device>"
                + "<epoch>00000000000000000000000000000000</epoch><sentAt>" + time + "</sentAt></Report>");

        assertThat(read(sent.apply("2026-11-21T12:00:00.5+01:00"), Report.class).getSentAt())
                .isEqualTo("2026-11-21T11:00:00.500Z");
        assertThatThrownBy(() -> read(sent.apply("2026-11-21T12:00:00"), Report.class))
                .isInstanceOfSatisfying(
                        Refusal.class, refused -> assertThat(refused.fault()).isEqualTo(Fault.INVALID));
    }

    @ParameterizedTest
    @ValueSource(strings = {"one", "", " ", "+", "-", "4 2", "9223372036854775808"})
    void a_sequence_that_is_no_number_is_refused(String sequence) {
        String report = new String(codec.write(report()), StandardCharsets.UTF_8)
                .replace("sequence=\"42\"", "sequence=\"" + sequence + "\"");

        assertThatThrownBy(() -> read(report, Report.class))
                .isInstanceOfSatisfying(
                        Refusal.class, refused -> assertThat(refused.fault()).isEqualTo(Fault.INVALID));
    }

    @Test
    void a_text_that_xml_cannot_carry_is_not_written() {
        Poll poll = new Poll();
        poll.setDevice("a\u0000b");

        assertThatThrownBy(() -> codec.write(poll)).isInstanceOf(IllegalArgumentException.class);
    }

    private <T> T read(String document, Class<T> type) {
        return codec.read(new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8)), type);
    }

    private Fault refusal(String document) {
        return refusal(document.getBytes(StandardCharsets.UTF_8));
    }

    private Fault refusal(byte[] document) {
        Refusal refusal =
                catchThrowableOfType(Refusal.class, () -> codec.read(new ByteArrayInputStream(document), Poll.class));
        assertThat(refusal).as("nothing was refused").isNotNull();
        assertThatThrownBy(() -> codec.read(document, Poll.class)).hasToString(refusal.toString());
        return refusal.fault();
    }

    private static String envelope(String body) {
        return "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body>" + body
                + "</s:Body></s:Envelope>";
    }

    private static String golden(String name) throws IOException {
        try (InputStream in = SoapCodecTest.class.getResourceAsStream("golden/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }

    private static Report report() {
        DataItem lamp = new DataItem();
        lamp.setName("analyser.lamp.hours");
        lamp.setUnit("h");
        lamp.setNumber(1203.5);
        DataItem state = new DataItem();
        state.setName("analyser.state");
        state.setText("bereit <&> \u00e4");
        Alarm alarm = new Alarm();
        alarm.setCode("E-217");
        alarm.setSeverity(Severity.ERROR);
        alarm.setText("Probe blocked");
        StatusMessage message = new StatusMessage();
        message.setSequence(42);
        message.setObservedAt(Instant.parse("2026-11-21T12:00:00.250Z"));
        message.getItem().add(lamp);
        message.getItem().add(state);
        message.getAlarm().add(alarm);
        Report report = new Report();
        report.setDevice("xn-1");
        report.setEpoch("0123456789abcdef0123456789abcdef");
        report.setSentAt(Instant.parse("2026-11-21T12:00:01Z"));
        report.setDropped(3L);
        report.getMessage().add(message);
        return report;
    }

    private static ReportReach reach() {
        ReachRow dropped = row("agents.service.example", 443, ReachOutcome.FAILED);
        dropped.setTrouble(ReachTrouble.DROPPED);
        dropped.setWay(ReachWay.HTTP_PROXY);
        dropped.setFound("no answer within 5 s <&>");
        ReportReach reach = new ReportReach();
        reach.setDevice("xn-1");
        reach.setCheckedAt(Instant.parse("2026-11-22T09:26:47Z"));
        reach.setList("2026112200");
        reach.setLeftOut(3);
        reach.getRow().add(dropped);
        reach.getRow().add(row("203.0.113.0/24", 17001, ReachOutcome.OPEN));
        return reach;
    }

    private static ReachRow row(String host, int port, ReachOutcome outcome) {
        ReachRow row = new ReachRow();
        row.setHost(host);
        row.setProtocol(ReachProtocol.TCP);
        row.setPort(port);
        row.setRequired(true);
        row.setOutcome(outcome);
        return row;
    }

    private static PollResponse pollResponse() {
        SignedInstruction instruction = new SignedInstruction();
        instruction.setSequence(8);
        instruction.setKey("00112233445566778899aabbccddeeff");
        instruction.setOrder(new byte[] {1, 2, 3});
        instruction.setSignature(new byte[] {4, 5, 6});
        PollResponse response = new PollResponse();
        response.setServerTime(Instant.parse("2026-11-21T12:00:01Z"));
        response.setToken("ffeeddccbbaa99887766554433221100");
        response.getInstruction().add(instruction);
        SignedCheckpoint checkpoint = new SignedCheckpoint();
        checkpoint.setStatement("fairlead audit checkpoint 1\n".getBytes(StandardCharsets.US_ASCII));
        checkpoint.setSignature(new byte[] {7, 8});
        checkpoint.getCertificate().add(new byte[] {9});
        checkpoint.getCertificate().add(new byte[] {10});
        response.setCheckpoint(checkpoint);
        return response;
    }
}
