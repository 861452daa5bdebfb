package io.fairlead.enterprise.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.enterprise.operator.Command;
import io.fairlead.enterprise.operator.CommandSocket;
import io.fairlead.enterprise.operator.Commands;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command line against a socket whose commands are written here: what it asks, and how it shows the answers. */
class CommandLineTest {
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneId.of("+01:00"));
    private static final Timers NEVER = (delay, call) -> () -> {};

    @TempDir
    Path folder;

    private final Map<String, Command> served = new HashMap<>();
    private final AtomicReference<String> asked = new AtomicReference<>("");
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private CommandSocket socket;

    @AfterEach
    void stop() throws IOException {
        if (socket != null) {
            socket.close();
        }
    }

    @Test
    void devices_are_a_table_with_ages() throws IOException {
        serve(
                "devices",
                "{}",
                new JsonObject().put("devices", new JsonArray().add(lab7()).add(lab8())));

        assertThat(run("devices")).isZero();
        assertThat(out.toString().lines())
                .containsExactly(
                        "DEVICE  MODEL   CUSTOMER     SITE   LAST CONTACT  AGENT  ALARMS  WAITING  STANDING",
                        "LAB-7   AU 480  Saint Mary   Leeds  12 s ago      0.1.0       1        2  ok",
                        "LAB-8   AU 480  Evil?[2JLab  Leeds  -             -           0        0  HELD: see fairlead clones");
    }

    @Test
    void no_devices_say_how_to_get_one() throws IOException {
        serve("devices", "{}", new JsonObject().put("devices", new JsonArray()));

        assertThat(run("devices")).isZero();
        assertThat(out.toString()).contains("fairlead enrol DEVICE --customer");
    }

    @Test
    void held_devices_are_shown_with_their_holders_and_what_to_do() throws IOException {
        JsonObject holder = new JsonObject()
                .put("holder", 1)
                .put("inStep", true)
                .put("address", "192.0.2.7")
                .put("agentVersion", "0.1.0")
                .put("certificate", "0a")
                .put("lastSeen", "2026-11-21T11:59:48Z")
                .put("journaled", 3)
                .put("refusedPolls", 2);
        serve(
                "clones",
                "{}",
                new JsonObject()
                        .put(
                                "held",
                                new JsonArray()
                                        .add(new JsonObject()
                                                .put("device", "LAB-8")
                                                .put("since", "2026-11-21T11:59:00Z")
                                                .put("why", "two polls")
                                                .put("holders", new JsonArray().add(holder)))));

        assertThat(run("clones")).isZero();
        assertThat(out.toString().lines())
                .startsWith(
                        "LAB-8 is held since 2026-11-21 12:59:00 +01:00: two polls",
                        "HOLDER  TOKEN   ADDRESS    AGENT  FIRST SEEN  LAST SEEN  JOURNALED  REFUSED  CERTIFICATE",
                        "     1  newest  192.0.2.7  0.1.0  -           12 s ago           3        2  0a")
                .contains(
                        "Decide: fairlead clones keep LAB-8 HOLDER, or fairlead clones release LAB-8 when there is only"
                                + " one.");
    }

    @Test
    void what_cannot_be_taken_back_is_not_done_without_a_person_or_a_yes() throws IOException {
        serve(
                "devices.stolen",
                "{\"device\":\"LAB-7\",\"reason\":\"van\"}",
                new JsonObject().put("device", "LAB-7").put("changed", true));

        InputStream before = System.in;
        try {
            for (String typed : new String[] {"", "LAB-8\n"}) {
                System.setIn(new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)));
                assertThat(run("devices", "stolen", "LAB-7", "--reason", "van")).isEqualTo(1);
            }
            assertThat(err.toString()).contains("Type the device's name to go on, or give --yes:", "Nothing was done.");
            assertThat(out.toString()).isEmpty();
            System.setIn(new ByteArrayInputStream("LAB-7\n".getBytes(StandardCharsets.UTF_8)));
            assertThat(run("devices", "stolen", "LAB-7", "--reason", "van")).isZero();
        } finally {
            System.setIn(before);
        }
        assertThat(run("devices", "stolen", "LAB-7", "--reason", "van", "--yes"))
                .isZero();
        assertThat(out.toString()).startsWith("LAB-7 counts as stolen");
    }

    @Test
    void a_decision_names_the_holder_and_the_reason() throws IOException {
        serve(
                "clones.keep",
                "{\"device\":\"LAB-8\",\"holder\":2,\"reason\":\"room 12\"}",
                new JsonObject().put("device", "LAB-8").put("kept", 2));

        assertThat(run("clones", "keep", "LAB-8", "2", "--reason", "room 12")).isZero();
        assertThat(out.toString())
                .startsWith("Holder 2 of LAB-8 goes on at its next poll")
                .contains("fairlead-agent enrol - --new-device", "Give none of them a code of LAB-8");
        assertThat(run("clones", "keep", "LAB-8")).isEqualTo(2);
    }

    @Test
    void open_alarms_are_a_table() throws IOException {
        serve(
                "alarms",
                "{}",
                new JsonObject()
                        .put(
                                "alarms",
                                new JsonArray()
                                        .add(new JsonObject()
                                                .put("number", 12)
                                                .put("device", "LAB-7")
                                                .put("code", "E-203")
                                                .put("severity", "error")
                                                .put("acknowledgedBy", "os:anna")
                                                .put("since", "2026-11-21T11:00:00Z")
                                                .put("lastSeen", "2026-11-21T11:59:48Z")
                                                .put("count", 3)
                                                .put("text", "Lamp is weak"))));

        assertThat(run("alarms")).isZero();
        assertThat(out.toString().lines())
                .containsExactly(
                        "NUMBER  DEVICE  ALARM  SEVERITY  SINCE                       LAST SEEN  TIMES  ACKNOWLEDGED"
                                + "  TEXT",
                        "    12  LAB-7   E-203  error     2026-11-21 12:00:00 +01:00  12 s ago       3  os:anna     "
                                + "  Lamp is weak");
    }

    @Test
    void who_acknowledges_second_is_told_who_was_first() throws IOException {
        JsonObject alarm = new JsonObject()
                .put("number", 12)
                .put("device", "LAB-7")
                .put("code", "E-203")
                .put("first", false)
                .put("acknowledgedBy", "person:anna");
        serve("alarms.ack", "{\"number\":12,\"comment\":null}", alarm);
        assertThat(run("alarms", "ack", "12")).isZero();
        assertThat(out.toString())
                .isEqualToIgnoringNewLines(
                        "Alarm 12 (E-203 of LAB-7) had been acknowledged by person:anna before you.");
        assertThat(run("alarms", "comment", "12")).isEqualTo(2);
    }

    @Test
    void json_is_what_the_server_said() throws IOException {
        JsonObject answer = new JsonObject().put("devices", new JsonArray().add(lab7()));
        serve("devices", "{}", answer);

        assertThat(run("devices", "--json")).isZero();
        assertThat(new JsonObject(out.toString())).isEqualTo(answer);
    }

    @Test
    void one_device_is_shown_in_full() throws IOException {
        serve("device", "{\"device\":\"LAB-7\"}", lab7());

        assertThat(run("devices", "LAB-7")).isZero();
        assertThat(out.toString().lines())
                .containsExactly(
                        "DEVICE        LAB-7",
                        "model         AU 480",
                        "serial        4711",
                        "customer      Saint Mary",
                        "site          Leeds",
                        "region        eu",
                        "last contact  12 s ago (2026-11-21 12:59:48 +01:00)",
                        "address       192.0.2.7",
                        "agent         0.1.0",
                        "clock offset  -35 ms",
                        "standing      ok",
                        "version       -",
                        "",
                        "Latest values:",
                        "ITEM         VALUE  UNIT  SEEN",
                        "lamp.hours  812.25  h     12 s ago",
                        "mode         ready        2 min ago",
                        "",
                        "Open alarms:",
                        "ALARM  SEVERITY  SINCE                       TEXT",
                        "E-203  error     2026-11-21 12:00:00 +01:00  Lamp is weak",
                        "",
                        "Instructions, the newest first:",
                        "NUMBER  WHAT           STATE    BY       CREATED                     DETAIL",
                        "     2  set sample=30  WAITING  os:root  2026-11-21 12:59:00 +01:00",
                        "     1  collect        DONE     os:root  2026-11-21 12:58:00 +01:00  5 probes");
    }

    @Test
    void enrol_says_what_to_do_with_the_string() throws IOException {
        serve(
                "enrol",
                "{\"device\":\"LAB-7\",\"customer\":\"C\",\"site\":\"S\",\"region\":\"R\",\"model\":\"M\",\"serial\":\"N\"}",
                new JsonObject()
                        .put("device", "LAB-7")
                        .put("registered", true)
                        .put("enrolment", "fairlead:1:h:8444:A:B:C")
                        .put("notAfter", "2026-11-21T12:10:00Z"));

        int code =
                run("enrol", "LAB-7", "--customer", "C", "--site=S", "--region", "R", "--model", "M", "--serial", "N");
        assertThat(code).isZero();
        assertThat(out.toString())
                .contains("LAB-7 is registered")
                .contains("  fairlead agent enrol 'fairlead:1:h:8444:A:B:C'")
                .contains("until 2026-11-21 13:10:00 +01:00");
    }

    @Test
    void instruct_prints_the_number() throws IOException {
        serve(
                "instruct",
                "{\"device\":\"LAB-7\",\"action\":\"set\",\"key\":\"a\",\"value\":\"b=c\"}",
                new JsonObject().put("number", 7));

        assertThat(run("instruct", "LAB-7", "set", "a=b=c")).isZero();
        assertThat(out.toString()).isEqualToIgnoringNewLines("Instruction 7 waits for LAB-7.");
    }

    @Test
    void instruct_waits_for_the_result_and_fails_with_it() throws IOException {
        served.put(
                "watch",
                (actor, arguments) -> Future.succeededFuture(new JsonObject()
                        .put("state", "REFUSED")
                        .put("finished", true)
                        .put("detail", "two\u001b\nlines\n")));
        serve(
                "instruct",
                "{\"device\":\"LAB-7\",\"action\":\"diagnose\",\"name\":\"disk\"}",
                new JsonObject().put("number", 7));

        assertThat(run("instruct", "LAB-7", "diagnose", "disk", "--wait")).isEqualTo(1);
        assertThat(out.toString()).isEqualToNormalizingNewlines("Instruction 7: REFUSED\ntwo?\nlines\n");
    }

    @Test
    void history_takes_times_as_people_type_them() throws IOException {
        serve(
                "history",
                "{\"device\":\"LAB-7\",\"item\":\"pc.cpu\",\"limit\":5,\"from\":\"2026-11-21T10:00:00Z\","
                        + "\"to\":\"2026-11-21T11:30:00Z\"}",
                new JsonObject()
                        .put("unit", "%")
                        .put(
                                "points",
                                new JsonArray()
                                        .add(new JsonObject()
                                                .put("number", 3.5)
                                                .put("observedAt", "2026-11-21T11:00:00Z")
                                                .put("receivedAt", "2026-11-21T11:00:01Z"))));

        assertThat(run("history", "LAB-7", "pc.cpu", "--from", "2h", "--to", "2026-11-21T12:30", "--limit", "5"))
                .isZero();
        assertThat(out.toString().lines())
                .containsExactly(
                        "OBSERVED                    VALUE  UNIT  RECEIVED",
                        "2026-11-21 12:00:00 +01:00    3.5  %     2026-11-21 12:00:01 +01:00");
    }

    @Test
    void the_audit_is_listed() throws IOException {
        serve(
                "audit.list",
                "{\"limit\":50,\"device\":\"LAB-7\"}",
                new JsonObject()
                        .put(
                                "entries",
                                new JsonArray()
                                        .add(new JsonObject()
                                                .put("at", "2026-11-21T11:00:00Z")
                                                .put("actor", "os:root")
                                                .put("code", "device.registered")
                                                .put("subject", "LAB-7")
                                                .put("detail", "site=Leeds"))));

        assertThat(run("audit", "list", "--device", "LAB-7")).isZero();
        assertThat(out.toString())
                .contains("2026-11-21 12:00:00 +01:00  os:root  device.registered  LAB-7    site=Leeds");
    }

    @Test
    void the_audit_is_asked_for_by_all_that_was_typed() throws IOException {
        serve(
                "audit.list",
                "{\"limit\":1,\"from\":\"2026-11-21T10:00:00Z\",\"to\":\"2026-11-20T23:00:00Z\",\"actor\":\"os:root\","
                        + "\"code\":\"device.muted,device.stolen\",\"device\":\"LAB-7,LAB-8\",\"text\":\"van\",\"before\":9}",
                new JsonObject()
                        .put(
                                "entries",
                                new JsonArray()
                                        .add(new JsonObject()
                                                .put("id", 8)
                                                .put("number", 7)
                                                .put("at", "2026-11-21T11:00:00Z")
                                                .put("actor", "os:root"))));

        assertThat(run(("audit list --limit 1 --from 2h --to 2026-11-21 --actor os:root --code"
                                + " device.muted,device.stolen --device LAB-7 --device LAB-8 --text van --before 9")
                        .split(" ")))
                .isZero();
        assertThat(out.toString())
                .contains("     7  2026-11-21 12:00:00 +01:00  os:root")
                .contains("--before 8");
    }

    @Test
    void an_export_goes_page_by_page_into_a_new_file() throws IOException {
        served.put(
                "audit.export",
                (actor, arguments) -> Future.succeededFuture(
                        arguments.toString().contains("after")
                                ? new JsonObject().put("rows", 1).put("lines", new JsonArray().add("\"2\""))
                                : new JsonObject()
                                        .put("rows", 1)
                                        .put(
                                                "lines",
                                                new JsonArray()
                                                        .add("\"number\"")
                                                        .add("\"1\""))
                                        .put("after", 1)));
        start();
        Path file = folder.resolve("audit.csv");

        assertThat(run("audit", "export", "--format", "csv", "--out", file.toString()))
                .isZero();
        assertThat(Files.readString(file)).isEqualTo("\"number\"\r\n\"1\"\r\n\"2\"\r\n");
        assertThat(out.toString()).contains("Wrote 2 entries");
        assertThat(run("audit", "export", "--format", "csv", "--out", file.toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("is there already");
        assertThat(run("audit", "export", "--format", "xml")).isEqualTo(2);
    }

    @Test
    void what_cannot_be_verified_says_why() throws IOException {
        assertThat(run("audit", "verify", "--data", folder.resolve("nowhere").toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("There is no server's data in");
    }

    @Test
    void a_refusal_is_one_line_and_exit_code_1() throws IOException {
        served.put(
                "device", (actor, arguments) -> Future.failedFuture(new Refusal(Fault.INVALID, "device has a blank")));
        start();

        assertThat(run("devices", "LAB 9")).isEqualTo(1);
        assertThat(err.toString())
                .isEqualToIgnoringNewLines(
                        "Refused: A value is outside what the contract allows. device has a blank" + " [invalid]");
    }

    @Test
    void a_failure_of_the_server_names_the_line_in_its_log() throws IOException {
        served.put("device", (actor, arguments) -> Future.failedFuture(new IllegalStateException("secret")));
        start();

        assertThat(run("devices", "LAB-9")).isEqualTo(1);
        assertThat(err.toString())
                .contains("[internal, see c0ffee in the server's log]")
                .doesNotContain("secret");
    }

    @Test
    void an_unknown_device_hints_at_the_nearest() throws IOException {
        served.put(
                "device", (actor, arguments) -> Future.failedFuture(new Refusal(Fault.UNKNOWN_DEVICE, "device=LAB-9")));
        serve("devices", "{}", new JsonObject().put("devices", new JsonArray().add(lab7())));

        assertThat(run("devices", "LB-7")).isEqualTo(1);
        assertThat(err.toString()).isEqualToIgnoringNewLines("There is no device LB-7. Did you mean LAB-7?");
        err.getBuffer().setLength(0);
        assertThat(run("devices", "ward-12")).isEqualTo(1);
        assertThat(err.toString()).contains("There is no device ward-12. `fairlead devices` lists them.");
    }

    @Test
    void where_no_server_runs_the_socket_is_named() {
        assertThat(run("devices")).isEqualTo(1);
        assertThat(err.toString())
                .isEqualToIgnoringNewLines("No server answers at " + folder.resolve("fairlead.sock")
                        + "; start one with ./fairlead demo, or name its data folder with --data DIR.");
    }

    @Test
    void an_account_is_added_its_password_shown_also_when_the_role_is_refused() throws IOException {
        serve(
                "accounts.add",
                "{\"name\":\"erp\",\"label\":\"SAP\",\"organisation\":null,\"customer\":null,"
                        + "\"addresses\":\"10.0.0.0/8,2001:db8::/32\",\"days\":365}",
                new JsonObject()
                        .put("name", "erp")
                        .put("password", "fla_secret")
                        .put("notAfter", "2027-11-21T12:00:00Z"));
        socket.close();
        served.put(
                "people.grant",
                (actor, arguments) -> Future.failedFuture(new Refusal(Fault.INVALID, "there is no role boss")));
        start();

        String[] words = {
            "accounts",
            "add",
            "erp",
            "--label",
            "SAP",
            "--role",
            "boss",
            "--address",
            "10.0.0.0/8",
            "--address",
            "2001:db8::/32"
        };
        assertThat(run(words)).isEqualTo(1);
        assertThat(out.toString()).contains("Password: fla_secret", "until 2027-11-21 13:00:00 +01:00");
        assertThat(err.toString()).contains("erp is added; the role was not given.", "there is no role boss");
    }

    @Test
    void accounts_are_a_table_with_one_line_a_password() throws IOException {
        JsonObject old =
                new JsonObject().put("notAfter", "2026-11-28T12:00:00Z").put("usedAt", "2026-11-21T11:00:00Z");
        serve(
                "accounts",
                "{\"search\":\"\",\"after\":null,\"limit\":100}",
                new JsonObject()
                        .put(
                                "accounts",
                                new JsonArray()
                                        .add(new JsonObject()
                                                .put("name", "erp")
                                                .put("displayName", "S\u001b[2JAP")
                                                .put("roles", new JsonArray().add("integration"))
                                                .put("addresses", new JsonArray())
                                                .put("disabled", false)
                                                .put(
                                                        "passwords",
                                                        new JsonArray()
                                                                .add(old)
                                                                .add(new JsonObject()
                                                                        .put("notAfter", "2027-11-21T12:00:00Z"))))));

        assertThat(run("accounts")).isZero();
        assertThat(out.toString().lines().map(String::strip))
                .containsExactly(
                        "NAME  LABEL    CUSTOMER  ROLES        ADDRESSES  PASSWORD UNTIL              LAST USED   STATE",
                        "erp   S?[2JAP  -         integration  anywhere   2026-11-28 13:00:00 +01:00  60 min ago  active",
                        "2027-11-21 13:00:00 +01:00  -");
    }

    @Test
    void wrong_usage_is_exit_code_2_and_hints_at_what_was_meant() {
        assertUsage("Did you mean: fairlead devices", "devcies");
        assertUsage("Which command?");
        assertUsage("Which command?", "audit");
        assertUsage("Which command?", "enterprise");
        assertUsage("Did you mean 'collect'?", "instruct", "LAB-7", "colect");
        assertUsage("there are collect, set, diagnose, restart", "instruct", "LAB-7", "xyz");
        assertUsage("KEY=VALUE", "instruct", "LAB-7", "set", "x");
        assertUsage("takes no argument", "instruct", "LAB-7", "restart", "now");
        assertUsage("is no time", "history", "LAB-7", "pc.cpu", "--from", "yesterday");
        assertUsage("--config", "enterprise", "run");
        assertUsage("either --address CIDR or --anywhere", "accounts", "limit", "erp");
        assertUsage("Possible solutions: --limit", "audit", "list", "--limt", "3");
    }

    @Test
    void help_has_examples_at_every_level() {
        for (String[] level : new String[][] {
            {"--help"},
            {"devices", "--help"},
            {"enrol", "--help"},
            {"instruct", "--help"},
            {"history", "--help"},
            {"audit", "--help"},
            {"audit", "list", "--help"},
            {"audit", "export", "--help"},
            {"audit", "checkpoints", "--help"},
            {"audit", "verify", "--help"},
            {"accounts", "--help"},
            {"accounts", "add", "--help"},
            {"accounts", "forget-old", "--help"},
            {"enterprise", "--help"},
            {"enterprise", "run", "--help"}
        }) {
            out.getBuffer().setLength(0);
            assertThat(run(level)).isZero();
            assertThat(out.toString()).startsWith("Usage: fairlead").contains("Example");
        }
    }

    @Test
    void a_configuration_that_cannot_be_read_is_named() {
        assertThat(run("enterprise", "run", "--config", "/no/such.conf")).isEqualTo(1);
        assertThat(err.toString()).contains("Cannot read the configuration file /no/such.conf");
    }

    @Test
    void run_hands_over_what_was_given() throws IOException {
        Path config = Files.createFile(folder.resolve("e.conf"));
        AtomicReference<String> started = new AtomicReference<>("");
        CommandLine line = FairleadCommand.commandLine(
                new Screen(new PrintWriter(out), new PrintWriter(err), NOON),
                folder,
                (file, data, port) -> started.set(file.getFileName() + " " + data + " " + port));

        assertThat(line.execute("enterprise", "run", "--config", config.toString(), "--data", "/d", "--port", "9443"))
                .isZero();
        assertThat(started.get()).isEqualTo("e.conf Optional[/d] Optional[9443]");
    }

    private void assertUsage(String hint, String... words) {
        err.getBuffer().setLength(0);
        assertThat(run(words)).as(String.join(" ", words)).isEqualTo(2);
        assertThat(err.toString()).contains(hint);
    }

    /** One command whose arguments must be these. */
    private void serve(String command, String expected, JsonObject answer) throws IOException {
        served.put(command, (actor, arguments) -> {
            asked.set(command);
            assertThat(arguments.toString()).isEqualTo(new JsonObject(expected).toString());
            return Future.succeededFuture(answer);
        });
        start();
    }

    private void start() throws IOException {
        socket = new CommandSocket(folder, new Commands(served), NEVER, () -> "c0ffee");
        socket.start();
    }

    private int run(String... words) {
        Screen screen = new Screen(new PrintWriter(out, true), new PrintWriter(err, true), NOON);
        return FairleadCommand.commandLine(screen, folder, (config, data, port) -> {})
                .execute(words);
    }

    private static JsonObject lab7() {
        return new JsonObject()
                .put("device", "LAB-7")
                .put("customer", "Saint Mary")
                .put("site", "Leeds")
                .put("region", "eu")
                .put("model", "AU 480")
                .put("serial", "4711")
                .put("lastContact", "2026-11-21T11:59:48Z")
                .put("address", "192.0.2.7")
                .put("agentVersion", "0.1.0")
                .put("clockOffsetMillis", -35)
                .put("waiting", 2)
                .put("openAlarms", 1)
                .put(
                        "latest",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("item", "lamp.hours")
                                        .put("number", 812.25)
                                        .put("unit", "h")
                                        .put("observedAt", "2026-11-21T11:59:48Z"))
                                .add(new JsonObject()
                                        .put("item", "mode")
                                        .put("text", "ready")
                                        .put("observedAt", "2026-11-21T11:58:00Z")))
                .put(
                        "alarms",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("code", "E-203")
                                        .put("severity", "error")
                                        .put("since", "2026-11-21T11:00:00Z")
                                        .put("text", "Lamp is weak")))
                .put(
                        "instructions",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("number", 2)
                                        .put("what", "set sample=30")
                                        .put("state", "WAITING")
                                        .put("createdBy", "os:root")
                                        .put("createdAt", "2026-11-21T11:59:00Z"))
                                .add(new JsonObject()
                                        .put("number", 1)
                                        .put("what", "collect")
                                        .put("state", "DONE")
                                        .put("createdBy", "os:root")
                                        .put("createdAt", "2026-11-21T11:58:00Z")
                                        .put("detail", "5 probes")));
    }

    private static JsonObject lab8() {
        return lab7().put("device", "LAB-8")
                .put("heldSince", "2026-11-21T11:59:00Z")
                .put("customer", "Evil\u001b[2JLab")
                .put("lastContact", null)
                .put("agentVersion", null)
                .put("waiting", 0)
                .put("openAlarms", 0);
    }
}
