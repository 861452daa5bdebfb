package io.fairlead.agent.reach;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.agent.link.Dialer;
import io.fairlead.agent.link.ServerAddress;
import io.fairlead.agent.link.TestAuthority;
import io.fairlead.agent.link.TlsServer;
import io.fairlead.contract.InstantAdapter;
import io.fairlead.contract.agent.ReachOutcome;
import io.fairlead.contract.agent.ReachRow;
import io.fairlead.contract.agent.ReachTrouble;
import io.fairlead.contract.agent.ReachWay;
import io.fairlead.contract.agent.ReportReach;
import io.fairlead.contract.agent.ReportReachResponse;
import io.fairlead.soap.Documents;
import io.fairlead.soap.Fault;
import io.fairlead.soap.SoapCodec;
import io.fairlead.soap.XmlReaders;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;

/** A report on its way to the enterprise. */
class DeliveryTest {
    private static final TestAuthority OURS = new TestAuthority("ours");
    private static final SoapCodec CODEC = new SoapCodec(new Documents(XmlReaders.ofJdk()));
    private static final Instant AT = Instant.parse("2026-11-22T09:26:47Z");
    private static final ServerAddress NOWHERE = new ServerAddress("localhost", 1);

    @Test
    void what_was_found_arrives_at_the_server_that_is_reached() throws Exception {
        try (TlsServer server = new TlsServer(OURS.server("localhost"), (request, out) -> {
            ReportReachResponse taken = new ReportReachResponse();
            taken.setServerTime(AT);
            TlsServer.http(out, 200, "text/xml; charset=utf-8", CODEC.write(taken));
        })) {
            ServerAddress reached = server.address("localhost");
            Finding dropped = failed(NOWHERE.host(), NOWHERE.port(), Trouble.DROPPED, "no answer \u001b[2J\u202e<b>");
            Report report = report(List.of(dropped, open(reached)));

            Arrival arrival = delivery().bring(report, Optional.of("2026112200"), List.of(NOWHERE, reached));

            assertThat(arrival).isEqualTo(new Arrival(true, reached + " has it"));
            assertThat(report.with(arrival).text()).contains("Reported to the enterprise: " + reached + " has it");
            assertThat(report.with(arrival).json()).contains("\"reported\" : true");
            assertThat(report.with(arrival).html()).contains("Reported to the enterprise");
            TlsServer.Request request = server.requests.get(0);
            assertThat(request.headers().get("soapaction")).contains("agent-channel:1/ReportReach");
            ReportReach said = CODEC.read(new ByteArrayInputStream(request.body()), ReportReach.class);
            assertThat(said.getDevice()).isEqualTo("device-1");
            assertThat(said.getCheckedAt()).isEqualTo(AT);
            assertThat(said.getList()).isEqualTo("2026112200");
            ReachRow row = said.getRow().get(0);
            assertThat(row.getTrouble()).isEqualTo(ReachTrouble.DROPPED);
            assertThat(row.getFound()).isEqualTo("no answer ?[2J?<b>");
            assertThat(said.getRow().get(1).getOutcome()).isEqualTo(ReachOutcome.OPEN);
            assertThat(said.getRow().get(1).getWay()).isEqualTo(ReachWay.DIRECT);
        }
    }

    @Test
    void a_server_that_does_not_take_it_and_one_that_was_found_blocked_are_said() throws Exception {
        try (TlsServer server = new TlsServer(
                OURS.server("localhost"),
                (request, out) -> TlsServer.http(
                        out, 500, "text/xml; charset=utf-8", CODEC.fault(Fault.SOAP_ACTION, "c0ffee")))) {
            ServerAddress old = server.address("localhost");

            Arrival refused = delivery().bring(report(List.of(open(old))), Optional.empty(), List.of(old));
            assertThat(refused.taken()).isFalse();
            assertThat(refused.words()).contains("soap-action");

            Report blocked = report(List.of(failed("localhost", old.port(), Trouble.INSPECTED, "INSPECTED")));
            assertThat(delivery().bring(blocked, Optional.empty(), List.of(old)))
                    .isEqualTo(new Arrival(false, "none of its servers is reached"));
            assertThat(server.requests).hasSize(1);
        }
    }

    @Test
    void the_longest_report_fits_and_is_as_the_schema_says() throws Exception {
        List<Finding> many = new ArrayList<>();
        String label = "a".repeat(61) + ".";
        for (int i = 0; i < 900; i++) {
            many.add(failed(label.repeat(3) + "h" + i + ".example", 443, Trouble.DROPPED, "&<>".repeat(200)));
        }

        byte[] envelope = delivery().envelope(report(many), Optional.of("2026112200"));

        assertThat(envelope).hasSizeLessThanOrEqualTo(65_536);
        ReportReach said = CODEC.read(new ByteArrayInputStream(envelope), ReportReach.class);
        assertThat(said.getRow()).hasSizeBetween(50, 200);
        assertThat(said.getLeftOut() + said.getRow().size()).isEqualTo(900);
        valid(envelope);
        valid(delivery().envelope(report(List.of(open(NOWHERE))), Optional.empty()));
    }

    @Test
    void each_trouble_that_a_check_finds_has_its_word_in_the_contract() {
        assertThat(Arrays.stream(Trouble.values()).map(Trouble::key).collect(Collectors.toSet()))
                .isEqualTo(Arrays.stream(ReachTrouble.values())
                        .map(ReachTrouble::value)
                        .collect(Collectors.toSet()));
    }

    private static void valid(byte[] envelope) throws Exception {
        String text = new String(envelope, StandardCharsets.UTF_8);
        String body = text.substring(text.indexOf("<ReportReach"), text.indexOf("</s:Body>"));
        SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(InstantAdapter.class.getResource("agent-channel.xsd"))
                .newValidator()
                .validate(new StreamSource(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8))));
    }

    private static Delivery delivery() {
        return new Delivery(Dialer.direct(), OURS.identity(NOWHERE, "device-1"), CODEC, Instant::now);
    }

    private static Report report(List<Finding> findings) {
        return new Report(AT, "pc", Optional.of("device-1"), List.of("a list"), findings);
    }

    private static Finding open(ServerAddress server) {
        return new Finding(
                target(server.host(), server.port()),
                true,
                List.of(Step.good(Step.WAY, "direct", ""), Step.good(Step.TCP, "1 ms", "")),
                Optional.empty(),
                "direct");
    }

    private static Finding failed(String host, int port, Trouble trouble, String found) {
        return new Finding(
                target(host, port),
                true,
                List.of(Step.noted(Step.WAY, "direct", ""), Step.bad(Step.TCP, trouble.brief(), found)),
                Optional.of(trouble),
                "direct");
    }

    private static Target target(String host, int port) {
        return new Target(TestRows.row(host, port, true), port);
    }
}
