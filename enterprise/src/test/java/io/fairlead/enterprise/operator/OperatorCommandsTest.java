package io.fairlead.enterprise.operator;

import static io.fairlead.enterprise.fleet.TestFleet.ANNA;
import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.enterprise.audit.AuditExport;
import io.fairlead.enterprise.audit.Seals;
import io.fairlead.enterprise.file.TestFiles;
import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.DeviceRecords;
import io.fairlead.enterprise.fleet.DeviceViewers;
import io.fairlead.enterprise.fleet.Enrolments;
import io.fairlead.enterprise.fleet.Groups;
import io.fairlead.enterprise.fleet.MovingClock;
import io.fairlead.enterprise.fleet.Standings;
import io.fairlead.enterprise.fleet.TestFleet;
import io.fairlead.enterprise.identity.Authority;
import io.fairlead.enterprise.identity.CertificateRequest;
import io.fairlead.enterprise.identity.DeviceCertificates;
import io.fairlead.enterprise.identity.EnrolmentCodes;
import io.fairlead.enterprise.identity.EnrolmentString;
import io.fairlead.enterprise.identity.Peer;
import io.fairlead.enterprise.identity.RollOver;
import io.fairlead.enterprise.identity.SignedBytes;
import io.fairlead.enterprise.identity.TestRequests;
import io.fairlead.enterprise.instruction.Instructions;
import io.fairlead.enterprise.instruction.Outcome;
import io.fairlead.enterprise.instruction.Result;
import io.fairlead.enterprise.kernel.Blocking;
import io.fairlead.enterprise.kernel.DataFolder;
import io.fairlead.enterprise.kernel.Ids;
import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.enterprise.status.AlarmChange;
import io.fairlead.enterprise.status.Alarms;
import io.fairlead.enterprise.status.DataItem;
import io.fairlead.enterprise.status.OwnAlarms;
import io.fairlead.enterprise.status.Parsed;
import io.fairlead.enterprise.status.Report;
import io.fairlead.enterprise.status.ReportAnswer;
import io.fairlead.enterprise.status.Retention;
import io.fairlead.enterprise.status.Severity;
import io.fairlead.enterprise.status.StatusMessage;
import io.fairlead.enterprise.status.StatusService;
import io.fairlead.enterprise.status.StatusSettings;
import io.fairlead.soap.Documents;
import io.fairlead.soap.Fault;
import io.fairlead.soap.XmlReaders;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands on the features and a PostgreSQL, without the socket. */
class OperatorCommandsTest {
    private static final String EPOCH = TestFleet.hex(1);
    private static final String NEW_DEVICE =
            "{device:'LAB-7',customer:'Saint Mary',site:'Leeds',region:'eu',model:'AU 480',serial:'4711'}";

    private final MovingClock clock = new MovingClock(Instant.now());

    @TempDir
    Path folder;

    private TestFleet fleet;
    private Instructions instructions;
    private StatusService status;
    private Retention retention;
    private TestFiles files;
    private DeviceCertificates certificates;
    private EnrolmentCodes codes;
    private Commands commands;

    @BeforeEach
    void open() {
        fleet = new TestFleet(clock);
        Timers timers = Timers.of(fleet.vertx);
        Authority authority = Authority.open(new DataFolder(folder.resolve("data")), clock, new SecureRandom());
        certificates = new DeviceCertificates(fleet.database, authority, fleet.audit, clock);
        codes = new EnrolmentCodes(
                fleet.database,
                authority,
                certificates,
                fleet.devices,
                fleet.audit,
                new EnrolmentCodes.AgentsAddress("localhost", 8444),
                Ids.random(),
                clock,
                new SecureRandom());
        instructions = new Instructions(
                fleet.database,
                fleet.devices,
                fleet.rights,
                bytes -> new SignedBytes(bytes, new byte[] {1}, TestFleet.hex(7), new byte[] {2}),
                new Documents(XmlReaders.ofJdk()),
                fleet.audit,
                clock);
        status = new StatusService(
                fleet.vertx.getOrCreateContext(),
                fleet.database,
                fleet.devices,
                fleet.contacts,
                instructions,
                timers,
                clock,
                StatusSettings.defaults(),
                fleet.metrics);
        retention = new Retention(fleet.database, fleet.audit, timers, clock, 400);
        Void partitions = await(retention.start());
        assertThat(partitions).isNull();
        RollOver rollOver = new RollOver(
                fleet.database,
                fleet.rights,
                authority,
                instructions::waitingFor,
                new Documents(XmlReaders.ofJdk()),
                fleet.audit,
                new Blocking(fleet.vertx),
                clock);
        files = new TestFiles(fleet, folder.resolve("data"), timers);
        commands = new OperatorCommands(
                        fleet.devices,
                        fleet.clones,
                        new Standings(
                                fleet.database,
                                fleet.devices,
                                certificates,
                                codes,
                                fleet.audit,
                                clock,
                                List.of(instructions, new OwnAlarms(fleet.database, clock))),
                        new Groups(fleet.database, fleet.devices, fleet.rights, fleet.audit, clock),
                        new Enrolments(fleet.database, fleet.devices, codes),
                        new DeviceRecords(fleet.audit, fleet.rights, fleet.devices),
                        fleet.audit,
                        new AuditExport(fleet.database),
                        new Seals(fleet.database, timers),
                        fleet.people,
                        fleet.grants,
                        new DeviceViewers(fleet.devices, fleet.rights, fleet.people),
                        rollOver,
                        instructions,
                        status,
                        new Alarms(fleet.database, fleet.devices, fleet.audit, clock),
                        files.transfers,
                        files.staging,
                        files.links,
                        "https://console.example",
                        clock,
                        timers)
                .all();
    }

    @AfterEach
    void close() {
        retention.stop();
        Void stopped = await(status.stop());
        assertThat(stopped).isNull();
        fleet.close();
    }

    @Test
    void a_new_device_is_registered_and_gets_a_string_that_names_the_server() {
        JsonObject answer = run("enrol", NEW_DEVICE);

        assertThat(answer.getBoolean("registered")).isTrue();
        EnrolmentString string = EnrolmentString.parse(answer.getString("enrolment"));
        assertThat(string.host()).isEqualTo("localhost");
        assertThat(string.port()).isEqualTo(8444);
        assertThat(Instant.parse(answer.getString("notAfter")))
                .isEqualTo(clock.instant().plusSeconds(600));
        assertThat(run("device", "{device:'LAB-7'}").getBoolean("enrolled")).isFalse();
    }

    @Test
    void a_device_that_is_known_needs_nothing_but_its_name() {
        JsonObject first = run("enrol", NEW_DEVICE);
        JsonObject again = run("enrol", "{device:'LAB-7'}");

        assertThat(again.getBoolean("registered")).isFalse();
        assertThat(again.getString("enrolment")).isNotEqualTo(first.getString("enrolment"));
    }

    @Test
    void a_new_device_without_its_properties_is_refused_with_what_is_missing() {
        assertThatThrownBy(() -> run("enrol", "{device:'LAB-7',customer:'C',model:'M'}"))
                .hasMessageContaining("needs --site, --region, --serial");
    }

    @Test
    void a_device_is_not_changed_by_enrolling_it() {
        JsonObject registered = run("enrol", NEW_DEVICE);
        assertThat(registered).isNotEmpty();

        assertThatThrownBy(() -> run("enrol", "{device:'LAB-7',site:'Lyon'}")).hasMessageContaining("conflict");
        assertThat(run("device", "{device:'LAB-7'}").getString("site")).isEqualTo("Leeds");
    }

    @Test
    void the_overview_counts_alarms_and_what_waits() {
        DeviceId device = fleet.enrolled("LAB-7", EPOCH);
        DeviceId quiet = fleet.registered("LAB-8");
        report(device, 1);
        JsonObject given = run("instruct", "{device:'LAB-7',action:'collect'}");
        assertThat(given.getLong("number")).isEqualTo(1);

        List<JsonObject> all = run("devices", "{}").getJsonArray("devices").stream()
                .map(JsonObject.class::cast)
                .toList();
        assertThat(all).hasSize(2);
        assertThat(all.get(0).getString("device")).isEqualTo("LAB-7");
        assertThat(all.get(0).getInteger("openAlarms")).isEqualTo(1);
        assertThat(all.get(0).getInteger("waiting")).isEqualTo(1);
        assertThat(all.get(0).getString("lastContact")).isNotNull();
        assertThat(all.get(1).getString("device")).isEqualTo(quiet.value());
        assertThat(all.get(1).containsKey("lastContact")).isFalse();
        assertThat(all.get(1).getInteger("waiting")).isZero();
    }

    @Test
    void a_device_is_shown_with_values_alarms_and_instructions() {
        DeviceId device = fleet.enrolled("LAB-7", EPOCH);
        report(device, 1);
        JsonObject given = run("instruct", "{device:'LAB-7',action:'set',key:'sample.seconds',value:'30'}");
        assertThat(given).isNotEmpty();

        JsonObject one = run("device", "{device:'LAB-7'}");
        JsonObject lamp = one.getJsonArray("latest").getJsonObject(0);
        assertThat(lamp.getString("item")).isEqualTo("lamp.hours");
        assertThat(lamp.getDouble("number")).isEqualTo(1.5);
        assertThat(lamp.getString("unit")).isEqualTo("h");
        assertThat(one.getJsonArray("alarms").getJsonObject(0).getString("severity"))
                .isEqualTo("error");
        assertThat(run("alarms", "{}").getJsonArray("alarms")).isEqualTo(one.getJsonArray("alarms"));
        JsonObject instruction = one.getJsonArray("instructions").getJsonObject(0);
        assertThat(instruction.getString("what")).isEqualTo("set sample.seconds=30");
        assertThat(instruction.getString("state")).isEqualTo("WAITING");
        assertThat(instruction.getString("createdBy")).isEqualTo("os:test");
    }

    @Test
    void an_alarm_is_acknowledged_once_commented_and_closed() {
        DeviceId device = fleet.enrolled("LAB-7", EPOCH);
        report(device, 1);
        long number =
                run("alarms", "{}").getJsonArray("alarms").getJsonObject(0).getLong("number");

        assertThat(run("alarms.ack", "{number:" + number + ",comment:'I look'}").getBoolean("first"))
                .isTrue();
        assertThat(run("alarms.ack", "{number:" + number + "}").getBoolean("first"))
                .isFalse();
        assertThat(run("alarms", "{}").getJsonArray("alarms").getJsonObject(0).getString("acknowledgedBy"))
                .isEqualTo("os:test");
        assertThat(run("alarms.comment", "{number:" + number + ",comment:'lamp ordered'}")
                        .getInteger("comments"))
                .isEqualTo(2);
        assertThat(run("alarms.close", "{number:" + number + ",comment:'lamp changed'}")
                        .getBoolean("open"))
                .isFalse();
        assertThatThrownBy(() -> run("alarms.close", "{number:" + number + ",comment:'again'}"))
                .hasMessageContaining("conflict");
        assertThatThrownBy(() -> run("alarms.comment", "{number:" + number + ",comment:''}"))
                .hasMessageContaining("a text is needed");
    }

    @Test
    void watching_an_instruction_answers_when_its_result_is_there() {
        DeviceId device = fleet.enrolled("LAB-7", EPOCH);
        JsonObject given = run("instruct", "{device:'LAB-7',action:'diagnose',name:'disk'}");
        assertThat(given).isNotEmpty();
        var watched =
                commands.run(Actor.operatingSystem("test"), request("watch", "{device:'LAB-7',number:1,seconds:30}"));
        assertThat(watched.isComplete()).isFalse();

        Void settled = await(fleet.database.inTransaction(connection -> instructions.settle(
                connection, List.of(new Result(device, 1, Outcome.DONE, "12 GB free", clock.instant())))));
        assertThat(settled).isNull();

        JsonObject seen = await(watched);
        assertThat(seen.getString("state")).isEqualTo("DONE");
        assertThat(seen.getBoolean("finished")).isTrue();
        assertThat(seen.getString("detail")).isEqualTo("12 GB free");
    }

    @Test
    void watching_without_time_answers_what_is() {
        DeviceId device = fleet.enrolled("LAB-7", EPOCH);
        JsonObject given = run("instruct", "{device:'" + device + "',action:'restart'}");
        assertThat(given).isNotEmpty();

        assertThat(run("watch", "{device:'LAB-7',number:1}").getBoolean("finished"))
                .isFalse();
        assertThatThrownBy(() -> run("watch", "{device:'LAB-7',number:2}")).hasMessageContaining("not-found");
    }

    @Test
    void history_is_the_newest_first_with_its_unit() {
        DeviceId device = fleet.enrolled("LAB-7", EPOCH);
        report(device, 1);
        report(device, 2);

        JsonObject history = run("history", "{device:'LAB-7',item:'lamp.hours',limit:1}");
        assertThat(history.getString("unit")).isEqualTo("h");
        assertThat(history.getJsonArray("points")).hasSize(1);
        assertThat(history.getJsonArray("points").getJsonObject(0).getDouble("number"))
                .isEqualTo(2.5);
    }

    @Test
    void the_audit_names_who_commanded() {
        JsonObject answer = run("enrol", NEW_DEVICE);
        assertThat(answer).isNotEmpty();

        List<String> codes = run("audit.list", "{device:'LAB-7'}").getJsonArray("entries").stream()
                .map(JsonObject.class::cast)
                .filter(entry -> entry.getString("actor").equals("os:test"))
                .map(entry -> entry.getString("code"))
                .toList();
        assertThat(codes).containsExactly("enrolment.code-made", "device.registered");
        assertThat(run("audit.list", "{limit:1}").getJsonArray("entries")).hasSize(1);
    }

    @Test
    void a_muted_device_gets_no_instruction_but_its_reports_are_taken() {
        DeviceId device = fleet.enrolled("LAB-7", EPOCH);
        JsonObject given = run("instruct", "{device:'LAB-7',action:'collect'}");
        assertThat(given.getLong("number")).isEqualTo(1);
        assertThat(run("devices.mute", "{device:'LAB-7',reason:'service'}").getBoolean("changed"))
                .isTrue();

        assertThatThrownBy(() -> run("instruct", "{device:'LAB-7',action:'collect'}"))
                .hasMessageContaining("device-muted");
        assertThat(await(instructions.waiting(device, 0, 20))).isEmpty();
        assertThat(TestFleet.refused(fleet.devices.mustBeHeard(device))).isEqualTo(Fault.DEVICE_MUTED);
        report(device, 1);

        assertThat(run("devices.mute", "{device:'LAB-7'}").getBoolean("changed"))
                .isFalse();
        assertThat(run("devices.unmute", "{device:'LAB-7'}").getBoolean("changed"))
                .isTrue();
        assertThat(await(instructions.waiting(device, 0, 20))).hasSize(1);
        assertThat(codesOf("LAB-7")).containsSubsequence("device.unmuted", "device.muted");
    }

    @Test
    void a_revoked_device_needs_a_new_code_and_the_open_one_is_dead() throws Exception {
        EnrolmentString first = EnrolmentString.parse(run("enrol", NEW_DEVICE).getString("enrolment"));
        var certificate = await(redeemed(first));
        var known = await(certificates.judge(Peer.showing(certificate)));
        assertThat(known.device()).isEqualTo("LAB-7");
        EnrolmentString open =
                EnrolmentString.parse(run("enrol", "{device:'LAB-7'}").getString("enrolment"));

        assertThat(run("devices.revoke", "{device:'LAB-7',reason:'sold'}").getBoolean("changed"))
                .isTrue();

        assertThat(TestFleet.refused(certificates.judge(Peer.showing(certificate))))
                .isEqualTo(Fault.CERTIFICATE_REVOKED);
        assertThat(TestFleet.refused(redeemed(open))).isEqualTo(Fault.ENROLMENT_REFUSED);
        EnrolmentString next =
                EnrolmentString.parse(run("enrol", "{device:'LAB-7'}").getString("enrolment"));
        var again = await(certificates.judge(Peer.showing(await(redeemed(next)))));
        assertThat(again.device()).isEqualTo("LAB-7");
    }

    @Test
    void a_stolen_device_is_revoked_muted_and_alarming_and_comes_back_only_when_it_was_found() throws Exception {
        EnrolmentString first = EnrolmentString.parse(run("enrol", NEW_DEVICE).getString("enrolment"));
        var certificate = await(redeemed(first));
        JsonObject given = run("instruct", "{device:'LAB-7',action:'collect'}");
        assertThat(given.getLong("number")).isEqualTo(1);

        assertThat(run("devices.stolen", "{device:'LAB-7',reason:'van broken into'}")
                        .getBoolean("changed"))
                .isTrue();

        assertThat(TestFleet.refused(certificates.judge(Peer.showing(certificate))))
                .isEqualTo(Fault.CERTIFICATE_REVOKED);
        JsonObject device = run("device", "{device:'LAB-7'}");
        assertThat(device.getString("stolenSince")).isNotNull();
        assertThat(device.getBoolean("muted")).isTrue();
        assertThat(device.getJsonArray("instructions").getJsonObject(0).getString("state"))
                .isEqualTo("CANCELLED");
        assertThat(device.getJsonArray("alarms").getJsonObject(0).getString("code"))
                .isEqualTo("fairlead/stolen");
        assertThatThrownBy(() -> run("enrol", "{device:'LAB-7'}")).hasMessageContaining("device-stolen");

        assertThat(run("devices.found", "{device:'LAB-7'}").getBoolean("changed"))
                .isTrue();
        assertThat(run("alarms", "{}").getJsonArray("alarms")).isEmpty();
        EnrolmentString next =
                EnrolmentString.parse(run("enrol", "{device:'LAB-7'}").getString("enrolment"));
        var back = await(certificates.judge(Peer.showing(await(redeemed(next)))));
        assertThat(back.device()).isEqualTo("LAB-7");
        assertThat(TestFleet.refused(certificates.judge(Peer.showing(certificate))))
                .isEqualTo(Fault.CERTIFICATE_REVOKED);
    }

    @Test
    void an_instruction_that_no_agent_has_is_cancelled_and_another_is_not() {
        DeviceId device = fleet.enrolled("LAB-7", EPOCH);
        JsonObject one = run("instruct", "{device:'LAB-7',action:'collect'}");
        JsonObject two = run("instruct", "{device:'LAB-7',action:'collect'}");
        assertThat(one.getLong("number") + two.getLong("number")).isEqualTo(3);
        Void settled = await(fleet.database.inTransaction(connection ->
                instructions.settle(connection, List.of(new Result(device, 1, Outcome.DONE, "", clock.instant())))));
        assertThat(settled).isNull();

        assertThat(run("instructions.cancel", "{device:'LAB-7',number:2,reason:'wrong device'}"))
                .isNotEmpty();
        assertThat(run("watch", "{device:'LAB-7',number:2}").getString("state")).isEqualTo("CANCELLED");
        assertThat(await(instructions.waiting(device, 0, 20))).isEmpty();
        assertThat(await(instructions.unfinishedCounts(ANNA))).isEmpty();
        assertThatThrownBy(() -> run("instructions.cancel", "{device:'LAB-7',number:1}"))
                .hasMessageContaining("is DONE already");
        assertThatThrownBy(() -> run("instructions.cancel", "{device:'LAB-7',number:9}"))
                .hasMessageContaining("not-found");
    }

    private Future<X509Certificate> redeemed(EnrolmentString string) throws Exception {
        return codes.redeem(
                string.codeId(),
                string.secret(),
                CertificateRequest.parse(TestRequests.plain(TestRequests.p256())),
                "10.0.0.1");
    }

    private List<String> codesOf(String device) {
        return run("audit.list", "{device:'" + device + "'}").getJsonArray("entries").stream()
                .map(JsonObject.class::cast)
                .map(entry -> entry.getString("code"))
                .toList();
    }

    @Test
    void what_cannot_be_is_refused() {
        for (String[] bad : new String[][] {
            {"device", "{device:'NO-SUCH'}", "unknown-device"},
            {"device", "{device:'no spaces'}", "invalid"},
            {"device", "{}", "argument device is missing"},
            {"devices", "{verbose:true}", "argument verbose is unknown"},
            {"instruct", "{device:'LAB-7',action:'explode'}", "one of collect"},
            {"instruct", "{device:'NO-SUCH',action:'collect'}", "unknown-device"},
            {"instruct", "{device:'LAB-7',action:'set',key:'a b',value:''}", "invalid"},
            {"instructions", "{device:'NO-SUCH'}", "unknown-device"},
            {"alarms", "{device:'NO-SUCH'}", "unknown-device"},
            {"history", "{device:'NO-SUCH',item:'x'}", "unknown-device"},
            {"history", "{device:'LAB-7',item:'x',limit:0}", "whole number from 1"},
            {"history", "{device:'LAB-7',item:'x',from:'yesterday'}", "must be a time"},
            {"audit.list", "{limit:'all'}", "whole number"},
            {"drop tables", "{}", "unknown-command"}
        }) {
            assertThatThrownBy(() -> run(bad[0], bad[1]))
                    .as("%s %s", bad[0], bad[1])
                    .hasMessageContaining(bad[2]);
        }
    }

    private JsonObject run(String command, String arguments) {
        return await(commands.run(Actor.operatingSystem("test"), request(command, arguments)));
    }

    private static JsonObject request(String command, String arguments) {
        String json = arguments.replace('\'', '"').replaceAll("([{,])([a-zA-Z]+):", "$1\"$2\":");
        return new JsonObject().put("command", command).put("arguments", new JsonObject(json));
    }

    private void report(DeviceId device, long sequence) {
        Instant now = clock.instant();
        StatusMessage message = new StatusMessage(
                sequence,
                now.plusMillis(sequence),
                List.of(DataItem.ofNumber("lamp.hours", sequence + 0.5, "h")),
                List.of(new AlarmChange("E-203", Severity.ERROR, "Lamp is weak", true)),
                List.of(),
                List.of());
        ReportAnswer answer =
                await(status.report(new Report(device, EPOCH, null, now, 0, List.of(new Parsed.Fit(message)))));
        assertThat(answer.committed()).isEqualTo(sequence);
    }
}
