package io.fairlead.enterprise.agentlane;

import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.TestFleet;
import io.fairlead.enterprise.identity.DeviceIdentity;
import io.fairlead.enterprise.reach.LastChecks;
import io.fairlead.enterprise.reach.SiteChecks;
import io.fairlead.enterprise.reach.Trouble;
import io.fairlead.enterprise.reach.Way;
import io.fairlead.soap.Documents;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.fairlead.soap.SoapCodec;
import io.fairlead.soap.XmlReaders;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a device says of a check, as it comes off the wire. */
class ReachOperationTest {
    private static final String ROW = "<row host='a.example' protocol='tcp' port='443' required='true' outcome='failed'"
            + " trouble='tls-inspection' way='http-proxy'><found>&lt;b>INSPECTED&lt;/b></found></row>";
    private static TestFleet fleet;
    private static SiteChecks checks;
    private static ReachOperation operation;

    @BeforeAll
    static void start() {
        fleet = new TestFleet(Clock.systemUTC());
        checks = new SiteChecks(fleet.database, fleet.devices, fleet.audit, fleet.clock);
        Envelopes envelopes = new Envelopes(new SoapCodec(new Documents(XmlReaders.ofJdk())));
        operation = new ReachOperation(envelopes, checks, fleet.clock);
    }

    @AfterAll
    static void stop() {
        fleet.close();
    }

    @Test
    void what_a_device_found_is_kept_as_it_said_it() {
        DeviceId device = fleet.registered("wire-1");

        Buffer answer = say("wire-1", ROW);

        assertThat(answer.toString()).contains("<ReportReachResponse").contains("<serverTime>");
        LastChecks last = await(checks.of(TestFleet.ANNA, device));
        assertThat(last.newest().check().rows().get(0)).satisfies(row -> {
            assertThat(row.trouble()).isEqualTo(Trouble.TLS_INSPECTION);
            assertThat(row.way()).isEqualTo(Way.HTTP_PROXY);
            assertThat(row.found()).isEqualTo("<b>INSPECTED</b>");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "host='a.example'          | ",
                "host='a.example'          | host='&lt;script>'",
                "host='a.example'          | host='a.example&#10;b'",
                "protocol='tcp'            | protocol='sctp'",
                "port='443'                | port='0'",
                "port='443'                | port='65536'",
                "port='443'                | port='https'",
                "outcome='failed'          | outcome='open'",
                "outcome='failed'          | outcome='lost'",
                "outcome='failed'          | ",
                "trouble='tls-inspection'  | trouble='bribed'",
                "trouble='tls-inspection'  | ",
                "INSPECTED                 | &#x202e;turned",
                "INSPECTED                 | &#9;tab",
                "INSPECTED                 | 300",
                "<found>                   | <more/><found>",
            })
    void what_the_contract_does_not_allow_is_refused(String instead, String there) {
        String put = there == null ? "" : there.equals("300") ? "x".repeat(300) : there;
        assertThat(ROW).contains(instead);

        assertThatThrownBy(() -> say("wire-2", ROW.replace(instead, put)))
                .isInstanceOfSatisfying(
                        Refusal.class, refused -> assertThat(refused.fault()).isEqualTo(Fault.INVALID));
    }

    @Test
    void more_rows_than_the_contract_allows_and_another_device_are_refused() {
        assertThatThrownBy(() -> say("wire-3", ROW.repeat(201)))
                .isInstanceOfSatisfying(
                        Refusal.class, refused -> assertThat(refused.fault()).isEqualTo(Fault.INVALID));
        assertThatThrownBy(() -> operation.serve(
                        new DeviceIdentity("wire-3", TestFleet.hex(1), TestFleet.hex(2), Instant.MAX),
                        caller(),
                        body("wire-4", ROW)))
                .isInstanceOfSatisfying(
                        Refusal.class, refused -> assertThat(refused.fault()).isEqualTo(Fault.WRONG_DEVICE));
    }

    @Test
    void each_trouble_and_way_of_the_contract_has_words_for_people() {
        assertThat(names(Trouble.values())).isEqualTo(names(io.fairlead.contract.agent.ReachTrouble.values()));
        assertThat(names(Way.values())).isEqualTo(names(io.fairlead.contract.agent.ReachWay.values()));
    }

    private static Set<String> names(Enum<?>[] all) {
        return Arrays.stream(all).map(Enum::name).collect(Collectors.toSet());
    }

    private static Buffer say(String device, String rows) {
        DeviceIdentity who = new DeviceIdentity(device, TestFleet.hex(1), TestFleet.hex(2), Instant.MAX);
        return await(operation.serve(who, caller(), body(device, rows)));
    }

    private static Caller caller() {
        return new Caller("127.0.0.1", Instant.MAX, () -> false);
    }

    private static Buffer body(String device, String rows) {
        return Buffer.buffer(String.join(
                "",
                List.of(
                        "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body>",
                        "<ReportReach xmlns='urn:fairlead:agent-channel:1'><device>" + device + "</device>",
                        "<checkedAt>" + Instant.now() + "</checkedAt>",
                        rows,
                        "</ReportReach></s:Body></s:Envelope>")));
    }
}
