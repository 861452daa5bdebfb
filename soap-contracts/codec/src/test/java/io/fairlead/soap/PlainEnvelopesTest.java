package io.fairlead.soap;

import static org.assertj.core.api.Assertions.assertThat;

import com.ctc.wstx.stax.WstxInputFactory;
import io.fairlead.contract.agent.Poll;
import io.fairlead.contract.agent.PollResponse;
import io.fairlead.contract.agent.Report;
import io.fairlead.contract.agent.ReportResponse;
import io.fairlead.contract.agent.StatusMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The short way and the long way give the same: read as bytes (plain, if it is) and as a stream (always JAXB), an
 * envelope is the same object or the same refusal; and an answer is the same bytes.
 */
class PlainEnvelopesTest {
    private static final String[] PLAIN_TEXTS = {
        "",
        " ",
        "xn-1",
        "analyser.lamp.hours",
        "Probe 'two' blocked [x]",
        " leading and trailing ",
        "°C",
        "größer → 𝄞",
        "\u007f\u0085\u2028"
    };
    private static final String[] ANY_TEXTS = {
        "xn-1",
        "a < b",
        "]]>",
        "R&D",
        "line\nline",
        "tab\ttab",
        "return\r",
        "\ufeff",
        "\ufffd",
        "\udbff\udffd",
        "°C",
        "\""
    };
    private static final List<Class<?>> TYPES =
            List.of(Report.class, ReportResponse.class, Poll.class, PollResponse.class);
    /** What is put before each byte of an envelope. */
    private static final List<byte[]> FOREIGN = Arrays.asList(
            utf8(" "),
            utf8("\n"),
            utf8("\r"),
            utf8("\t"),
            utf8("<!-- c -->"),
            utf8("<!---->"),
            utf8("<?p x?>"),
            utf8("<![CDATA[x]]>"),
            utf8("<![CDATA[]]>"),
            utf8("&amp;"),
            utf8("&#65;"),
            utf8("&#0;"),
            utf8("&x;"),
            utf8("]]>"),
            utf8("<x/>"),
            utf8("<text>x</text>"),
            utf8("<number>1</number>"),
            utf8("<device>x</device>"),
            utf8("</message>"),
            utf8(" xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\" i:nil=\"true\""),
            utf8(" xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\" i:type=\"Alarm\""),
            utf8(" a=\"b\""),
            utf8(" name=\"b\""),
            utf8(" unit=\"b\""),
            utf8(" xmlns=\"urn:x\""),
            utf8("s:"),
            utf8("0"),
            utf8("1"),
            utf8("-"),
            utf8("+"),
            utf8("."),
            utf8("E"),
            utf8("x"),
            utf8("Z"),
            utf8("T"),
            utf8(":"),
            utf8("<"),
            utf8(">"),
            utf8("\""),
            utf8("'"),
            utf8("/"),
            utf8("="),
            utf8("&"),
            utf8("]"),
            utf8("\u007f"),
            utf8("é"),
            utf8("\u0085"),
            utf8("\u2028"),
            utf8("\ufeff"),
            utf8("\ufffd"),
            utf8("\ufffe"),
            utf8("\uffff"),
            utf8("\ud83f\udffe"),
            utf8("\udbff\udfff"),
            bytes(0x00),
            bytes(0x01),
            bytes(0x1f),
            bytes(0x80),
            bytes(0xff),
            bytes(0xc0, 0x80),
            bytes(0xc3),
            bytes(0xed, 0xa0, 0x80),
            bytes(0xed, 0xbf, 0xbf),
            bytes(0xe0, 0x80, 0xaf),
            bytes(0xf4, 0x90, 0x80, 0x80),
            bytes(0xf8, 0x88, 0x80, 0x80, 0x80),
            bytes(0xef, 0xbf));

    private final Documents documents = new Documents(new XmlReaders(new WstxInputFactory()));
    private final SoapCodec codec = new SoapCodec(documents);
    private final SoapCodec jdk = new SoapCodec(new Documents(XmlReaders.ofJdk()));
    private final Random random = new Random(17);

    @Test
    void what_agents_write_is_plain() {
        AnyBean any = new AnyBean(random, 0, PLAIN_TEXTS);
        for (int i = 0; i < 40; i++) {
            Report report = any.of(Report.class);
            Poll poll = any.of(Poll.class);
            report.getMessage()
                    .forEach(message -> message.getItem().forEach(item -> {
                        if (random.nextBoolean()) {
                            item.setNumber(null);
                        } else {
                            item.setText(null);
                        }
                    }));

            assertThat(PlainEnvelopes.write(poll)).isPresent();
            assertThat(PlainEnvelopes.read(codec.write(report), Report.class))
                    .get()
                    .usingRecursiveComparison()
                    .isEqualTo(report);
            assertThat(PlainEnvelopes.read(codec.write(poll), Poll.class))
                    .get()
                    .usingRecursiveComparison()
                    .isEqualTo(poll);
        }
    }

    @Test
    void what_need_not_be_there_is_plain_without_it() {
        StatusMessage message = new StatusMessage();
        message.setObservedAt(Instant.EPOCH);
        Report report = new Report();
        report.setDevice("xn-1");
        report.setEpoch("e");
        report.setSentAt(Instant.EPOCH);

        assertThat(PlainEnvelopes.read(codec.write(report), Report.class)).isPresent();
        report.getMessage().add(message);
        assertThat(PlainEnvelopes.read(codec.write(report), Report.class)).isPresent();
    }

    @Test
    void whatever_is_written_is_read_alike() {
        AnyBean any = new AnyBean(random, 0.3, ANY_TEXTS);
        for (int i = 0; i < 1_000; i++) {
            assertAlike(codec.write(any.of(Report.class)), Report.class);
            assertAlike(codec.write(any.of(Poll.class)), Poll.class);
            assertAlike(codec.write(any.of(ReportResponse.class)), ReportResponse.class);
            assertAlike(codec.write(any.of(PollResponse.class)), PollResponse.class);
        }
    }

    @Test
    void a_report_with_anything_anywhere_is_read_alike() {
        assertThat(mutated(report(), Report.class)).as("plain all the same").isGreaterThan(1_000);
    }

    @Test
    void a_poll_with_anything_anywhere_is_read_alike() {
        assertThat(mutated(poll(), Poll.class)).as("plain all the same").isGreaterThan(1_000);
    }

    @Test
    void an_answer_to_a_report_with_anything_anywhere_is_read_alike() {
        assertThat(mutated(reportResponse(), ReportResponse.class))
                .as("plain all the same")
                .isGreaterThan(500);
    }

    @Test
    void an_answer_to_a_poll_with_anything_anywhere_is_read_alike() {
        assertThat(mutated(pollResponse(), PollResponse.class))
                .as("plain all the same")
                .isGreaterThan(500);
    }

    @Test
    void tags_left_out_doubled_and_swapped_are_read_alike() {
        for (Class<?> type : TYPES) {
            String envelope = text(example(type));
            for (String pattern : List.of("<[^>]+>", "<(\\w+)[^>]*>[^<]*</\\1>", " \\w+=\"[^\"]*\"")) {
                List<MatchResult> parts =
                        Pattern.compile(pattern).matcher(envelope).results().toList();
                for (int i = 0; i < parts.size(); i++) {
                    MatchResult part = parts.get(i);
                    String before = envelope.substring(0, part.start());
                    String after = envelope.substring(part.end());
                    assertAlike(utf8(before + after), type);
                    assertAlike(utf8(before + part.group() + part.group() + after), type);
                    for (MatchResult other : parts.subList(i + 1, parts.size())) {
                        if (other.start() >= part.end()) {
                            String between = envelope.substring(part.end(), other.start());
                            String rest = envelope.substring(other.end());
                            assertAlike(utf8(before + other.group() + between + part.group() + rest), type);
                        }
                    }
                }
            }
        }
    }

    @Test
    void many_changes_at_once_are_read_alike() {
        for (int i = 0; i < 10_000; i++) {
            Class<?> type = TYPES.get(random.nextInt(TYPES.size()));
            byte[] envelope = example(type);
            for (int changes = random.nextInt(1, 5); changes > 0; changes--) {
                int at = random.nextInt(envelope.length);
                int removed = Math.min(random.nextInt(3), envelope.length - at);
                envelope = changed(envelope, at, removed, FOREIGN.get(random.nextInt(FOREIGN.size())));
            }
            assertPlainAlike(envelope, type);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "0",
                "-0",
                "-0.0",
                "00",
                "007",
                "+5",
                " 5 ",
                "5 0",
                "5-0",
                "--5",
                "-",
                ".",
                ".5",
                "5.",
                "-.5",
                "1e5",
                "1E5",
                "1E",
                "E1",
                "1E-5",
                "1E+5",
                "1E--5",
                "1.2.3",
                "1_000",
                "1,5",
                "0x10",
                "0x1p3",
                "1d",
                "1f",
                "1L",
                "NaN",
                "INF",
                "-INF",
                "Infinity",
                "4.9E-324",
                "1E-400",
                "1E400",
                "-1E400",
                "999999999999999999",
                "9223372036854775807",
                "9223372036854775808",
                "2147483648",
                "4294967297",
                "1.7976931348623157E308",
                "0.1000000000000000055511151231257827",
                "9007199254740993",
                "\u0663",
                "true",
                "false",
                "TRUE",
                "True",
                "tru",
                "truefalse",
                "1",
                "info",
                "Info",
                "INFO",
                " info ",
                "DONE",
                "2026-11-21T12:00:00Z",
                "2026-11-21T12:00:00.Z",
                "2026-11-21T12:00:00.1Z",
                "2026-11-21T12:00:00.123456789Z",
                "2026-11-21T12:00:00.1234567891Z",
                "2026-11-21T12:00:00+00:00",
                "2026-11-21T12:00:00-00:00",
                "2026-11-21T12:00Z",
                "2026-11-21t12:00:00z",
                "2026-11-21 12:00:00Z",
                "2026-02-29T12:00:00Z",
                "2024-02-29T12:00:00Z",
                "1900-02-29T12:00:00Z",
                "2000-02-29T12:00:00Z",
                "2026-13-01T12:00:00Z",
                "2026-00-01T12:00:00Z",
                "2026-01-00T12:00:00Z",
                "2026-04-31T12:00:00Z",
                "2026-11-21T24:00:00Z",
                "2026-11-21T23:60:00Z",
                "2026-12-31T23:59:60Z",
                "0000-01-01T00:00:00Z",
                "-0001-01-01T00:00:00Z",
                "9999-12-31T23:59:59.999999999Z",
                "+10000-01-01T00:00:00Z",
                "10000-01-01T00:00:00Z",
                "2026-11-21T12:00:00",
                "2026-11-21",
                " 2026-11-21T12:00:00Z ",
                "2026-11-21T12:00:00Zx"
            })
    void any_value_is_read_alike_wherever_it_stands(String value) {
        for (Class<?> type : TYPES) {
            String envelope = text(example(type));
            Pattern.compile("(?<=>)[^<>]+(?=<)|(?<= \\w{1,20}=\")[^\"]*")
                    .matcher(envelope)
                    .results()
                    .forEach(old -> assertAlike(
                            utf8(envelope.substring(0, old.start()) + value + envelope.substring(old.end())), type));
        }
    }

    @Test
    void each_cut_and_each_tail_is_read_alike() {
        for (Class<?> type : TYPES) {
            byte[] whole = example(type);
            for (int length = 0; length < whole.length; length++) {
                assertAlike(Arrays.copyOf(whole, length), type);
            }
            for (byte[] tail : FOREIGN) {
                assertAlike(changed(whole, whole.length, 0, tail), type);
            }
        }
    }

    @Test
    void a_long_report_is_read_alike_on_both_sides_of_the_bound() {
        for (int more : List.of(-1, 0, 1)) {
            String filler = "x".repeat(PlainForm.MOST_BYTES - report().length + more + "xn-1".length());
            byte[] envelope = utf8(text(report()).replaceFirst(">xn-1<", ">" + filler + "<"));

            assertThat(envelope).hasSize(PlainForm.MOST_BYTES + more);
            assertThat(PlainEnvelopes.read(envelope, Report.class).isPresent()).isEqualTo(more <= 0);
            assertAlike(envelope, Report.class);
        }
    }

    @Test
    void nothing_plain_reaches_a_bound_of_elements() {
        String smallest = "<item name=\"\"><text></text></item>";
        int most = (PlainForm.MOST_BYTES - report().length) / smallest.length();
        byte[] envelope = utf8(text(report()).replaceFirst("<alarm", smallest.repeat(most) + "<alarm"));

        assertThat(PlainEnvelopes.read(envelope, Report.class)).isPresent();
        assertAlike(envelope, Report.class);
    }

    @Test
    void another_message_than_was_expected_is_refused_alike() {
        assertAlike(report(), Poll.class);
        assertAlike(poll(), Report.class);
        assertAlike(codec.fault(Fault.BUSY, "c0ffee"), Report.class);
        assertAlike(codec.write(new AnyBean(random, 0, "x").of(PollResponse.class)), Report.class);
    }

    @Test
    void whatever_is_written_is_the_same_bytes_as_by_jaxb() {
        for (double absent : new double[] {0, 0.2, 0.8}) {
            for (String[] texts : List.of(PLAIN_TEXTS, ANY_TEXTS, new String[] {"0123456789abcdef0123456789abcdef"})) {
                AnyBean any = new AnyBean(random, absent, texts);
                for (int i = 0; i < 500; i++) {
                    assertWrittenAlike(any.of(ReportResponse.class));
                    assertWrittenAlike(any.of(PollResponse.class));
                    assertWrittenAlike(any.of(Report.class));
                    assertWrittenAlike(any.of(Poll.class));
                }
            }
        }
    }

    @Test
    void the_usual_answers_are_plain() {
        AnyBean any = new AnyBean(random, 0, "0123456789abcdef0123456789abcdef", "duplicate-item");
        for (int i = 0; i < 40; i++) {
            PollResponse poll = any.of(PollResponse.class);
            poll.setAnchors(null);
            ReportResponse report = any.of(ReportResponse.class);

            assertThat(PlainEnvelopes.write(report)).isPresent();
            assertThat(PlainEnvelopes.write(poll)).isPresent();
            assertThat(PlainEnvelopes.read(codec.write(report), ReportResponse.class))
                    .get()
                    .usingRecursiveComparison()
                    .isEqualTo(report);
            assertThat(PlainEnvelopes.read(codec.write(poll), PollResponse.class))
                    .get()
                    .usingRecursiveComparison()
                    .isEqualTo(poll);
        }
    }

    @Test
    void times_far_away_are_written_as_by_jaxb() {
        for (Instant time : List.of(
                Instant.MIN,
                Instant.MAX,
                Instant.parse("-0001-12-31T23:59:59Z"),
                Instant.parse("0000-01-01T00:00:00Z"),
                Instant.parse("9999-12-31T23:59:59.999Z"),
                Instant.parse("+10000-01-01T00:00:00Z"))) {
            ReportResponse answer = new ReportResponse();
            answer.setEpoch("e");
            answer.setCommitted(Long.MIN_VALUE);
            answer.setServerTime(time);

            assertWrittenAlike(answer);
        }
    }

    @Test
    void a_message_of_the_spool_is_the_same_bytes_as_by_jaxb_and_read_alike() {
        for (double absent : new double[] {0, 0.2, 0.8}) {
            for (String[] texts : List.of(PLAIN_TEXTS, ANY_TEXTS, new String[] {"lamp.hours", "°C"})) {
                AnyBean any = new AnyBean(random, absent, texts);
                for (int i = 0; i < 500; i++) {
                    StatusMessage message = any.of(StatusMessage.class);
                    String byJaxb = written(() -> byJaxb(message));

                    assertThat(written(() -> documents.write(message))).isEqualTo(byJaxb);
                    if (!byJaxb.startsWith("<")) {
                        continue;
                    }
                    assertThat(outcome(() -> documents.read(utf8(byJaxb), StatusMessage.class)))
                            .isEqualTo(outcome(() -> documents.read(utf8(byJaxb + " "), StatusMessage.class)));
                }
            }
        }
    }

    @Test
    void the_usual_message_of_a_spool_is_plain() {
        StatusMessage message = codec.read(report(), Report.class).getMessage().get(0);
        message.getItem().get(1).setText("believed=yes\nsha256=e3be2ccebfa6");

        byte[] xml = PlainMessage.DOCUMENT.write(message).orElseThrow();

        assertThat(PlainMessage.DOCUMENT.read(xml))
                .get()
                .usingRecursiveComparison()
                .isEqualTo(message);
    }

    private byte[] byJaxb(Object bean) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        documents.beans().write(bean, out);
        return out.toByteArray();
    }

    /** Puts everything foreign before each byte, in place of each byte, and leaves each byte out; counts what is plain. */
    private int mutated(byte[] envelope, Class<?> type) {
        int plain = 0;
        for (int at = 0; at < envelope.length; at++) {
            plain += assertPlainAlike(changed(envelope, at, 1, bytes()), type);
            for (byte[] foreign : FOREIGN) {
                plain += assertPlainAlike(changed(envelope, at, 0, foreign), type);
                plain += assertPlainAlike(changed(envelope, at, 1, foreign), type);
            }
        }
        return plain;
    }

    /** Of what is not plain, which takes the same way whether as bytes or as a stream, one in 200; 1 for what is plain. */
    private int assertPlainAlike(byte[] envelope, Class<?> type) {
        boolean plain = PlainEnvelopes.read(envelope, type).isPresent();
        if (plain || random.nextInt(200) == 0) {
            assertAlike(envelope, type);
        }
        return plain ? 1 : 0;
    }

    private <T> void assertAlike(byte[] envelope, Class<T> type) {
        String byJaxb = outcome(() -> codec.read(new ByteArrayInputStream(envelope), type));

        assertThat(outcome(() -> codec.read(envelope, type)))
                .as(() -> text(envelope))
                .isEqualTo(byJaxb);
        if (PlainEnvelopes.read(envelope, type).isPresent()) {
            assertThat(outcome(() -> jdk.read(new ByteArrayInputStream(envelope), type)))
                    .as(() -> text(envelope))
                    .isEqualTo(byJaxb);
        }
    }

    /** All fields, as JAXB writes them; or what was said against it. */
    private String outcome(Supplier<?> reading) {
        try {
            return text(byJaxb(reading.get()));
        } catch (Refusal | RemoteFault refused) {
            return refused.toString();
        }
    }

    private void assertWrittenAlike(Object answer) {
        assertThat(written(() -> codec.write(answer))).isEqualTo(written(() -> {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.writeBytes(SoapCodec.OPEN);
            documents.beans().write(answer, out);
            out.writeBytes(SoapCodec.CLOSE);
            return out.toByteArray();
        }));
    }

    private static String written(Supplier<byte[]> writing) {
        try {
            return text(writing.get());
        } catch (IllegalArgumentException refused) {
            return refused.toString();
        }
    }

    /** With one of everything that a report can have, as an agent writes it. */
    private static byte[] report() {
        return envelope("<Report xmlns=\"urn:fairlead:agent-channel:1\"><device>xn-1</device>"
                + "<epoch>0123456789abcdef0123456789abcdef</epoch><sentAt>2026-11-21T12:00:01Z</sentAt><dropped>3</dropped>"
                + "<token>ffee</token><message sequence=\"42\"><observedAt>2026-11-21T12:00:00.250Z</observedAt>"
                + "<item name=\"lamp.hours\" unit=\"h\"><number>1203.5</number></item>"
                + "<item name=\"state\"><text>bereit \u00e4</text></item>"
                + "<alarm code=\"E-1\" severity=\"info\" raised=\"false\"/>"
                + "<alarm code=\"E-2\" severity=\"error\"><text>blocked</text></alarm>"
                + "<event code=\"start\" severity=\"warning\"><text>began</text></event>"
                + "<result instruction=\"7\" outcome=\"DONE\" finishedAt=\"2026-11-21T11:59:59Z\"><detail>ok</detail></result>"
                + "</message></Report>");
    }

    private static byte[] poll() {
        return envelope("<Poll xmlns=\"urn:fairlead:agent-channel:1\"><device>xn-1</device><hold>50</hold>"
                + "<journaled>7</journaled><token>ffee</token><agentVersion>0.1.0</agentVersion><anchors>2</anchors>"
                + "<checkpoint>true</checkpoint></Poll>");
    }

    private static byte[] reportResponse() {
        return envelope(
                "<ReportResponse xmlns=\"urn:fairlead:agent-channel:1\"><epoch>0123456789abcdef0123456789abcdef</epoch>"
                        + "<committed>42</committed><rejected sequence=\"41\" fault=\"invalid\"/>"
                        + "<serverTime>2026-11-21T12:00:01.5Z</serverTime></ReportResponse>");
    }

    private static byte[] pollResponse() {
        return envelope(
                "<PollResponse xmlns=\"urn:fairlead:agent-channel:1\"><serverTime>2026-11-21T12:00:01Z</serverTime>"
                        + "<token>ffee</token><instruction sequence=\"7\" key=\"c0ffee\"><order>AAEC</order>"
                        + "<signature>AAE=</signature></instruction><signer>AA==</signer><renew>true</renew><checkpoint>"
                        + "<statement>AAEC</statement><signature>AAEC</signature><certificate>AAEC</certificate>"
                        + "<certificate>AAED</certificate></checkpoint></PollResponse>");
    }

    private static byte[] example(Class<?> type) {
        return switch (type.getSimpleName()) {
            case "Report" -> report();
            case "ReportResponse" -> reportResponse();
            case "Poll" -> poll();
            default -> pollResponse();
        };
    }

    private static byte[] envelope(String body) {
        return utf8("<?xml version=\"1.0\" encoding=\"UTF-8\"?><s:Envelope xmlns:s=\""
                + "http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>" + body + "</s:Body></s:Envelope>");
    }

    private static byte[] changed(byte[] envelope, int at, int removed, byte[] instead) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(envelope.length + instead.length);
        out.write(envelope, 0, at);
        out.writeBytes(instead);
        out.write(envelope, at + removed, envelope.length - at - removed);
        return out.toByteArray();
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        IntStream.range(0, values.length).forEach(i -> bytes[i] = (byte) values[i]);
        return bytes;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
