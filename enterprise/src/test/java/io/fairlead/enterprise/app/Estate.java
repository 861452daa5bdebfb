package io.fairlead.enterprise.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.enterprise.account.TestCertificate;
import io.fairlead.enterprise.people.RightsTable;
import io.fairlead.enterprise.people.RightsTable.Holder;
import io.fairlead.enterprise.people.Scope;
import io.fairlead.enterprise.recording.Head;
import io.fairlead.statements.Ticket;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Devices in every place of the table of rights with something of everything, and people to do something to. */
final class Estate {
    private static final Map<String, String> PEOPLE =
            Map.of("its-people", "victim.its", "other-people", "victim.other", "vendor-people", "victim.vendor");
    private static final Map<String, String> WHOSE =
            Map.of("its-people", RightsTable.CUSTOMER, "other-people", "Other", "vendor-people", "");
    private static final String EPOCH = "00000000000000000000000000000001";

    private final RunningServer server;
    private final Map<String, Map<String, String>> parts = new HashMap<>();
    private final Map<String, TestCertificate> certificates = new ConcurrentHashMap<>();
    private final AtomicInteger added = new AtomicInteger();

    Estate(RunningServer server) {
        this.server = server;
    }

    void prepare(List<Holder> holders) throws IOException {
        for (Map.Entry<String, Scope> place : RightsTable.devices().entrySet()) {
            device(place.getKey(), place.getValue());
        }
        PEOPLE.forEach((place, name) -> server.postgres.execute(
                "INSERT INTO person (name, display_name, organisation, customer, created_at, created_by) VALUES ('"
                        + name + "', 'V', 'O', " + (WHOSE.get(place).isEmpty() ? "NULL" : "'" + WHOSE.get(place) + "'")
                        + ", now(), 'test')",
                "INSERT INTO person (kind, name, display_name, organisation, customer, created_at, created_by)"
                        + " SELECT 'integration', '" + account(name)
                        + "', 'A', 'O', customer, now(), 'test' FROM person"
                        + " WHERE name = '" + name + "'",
                "INSERT INTO account (name, addresses) VALUES ('" + account(name) + "', '{}')",
                "INSERT INTO account_password (account, sha256, made_at, made_by, not_after) VALUES ('" + account(name)
                        + "', sha256('x'), now(), 'test', now() + interval '1 year')"));
        server.postgres.execute("INSERT INTO device_group (id, description, created_at, created_by)"
                + " VALUES ('nobodys', '', now(), 'person:nobody')");
        RightsTable.insert(server.postgres, holders, Instant.now());
    }

    /** An account without rights. */
    void otherSystem(String name) {
        server.postgres.execute(
                "INSERT INTO person (kind, name, display_name, organisation, created_at, created_by)"
                        + " VALUES ('integration', '" + name + "', 'A', 'O', now(), 'test')",
                "INSERT INTO account (name, addresses) VALUES ('" + name + "', '{}')");
    }

    /** That another system has among the same people. */
    private static String account(String person) {
        return person.replace("victim", "account");
    }

    private void device(String place, Scope scope) throws IOException {
        JsonObject device = new JsonObject().put("device", place);
        JsonObject unused = server.command(
                "enrol",
                device.copy()
                        .put("customer", scope.customer())
                        .put("site", "Site")
                        .put("region", scope.region())
                        .put("model", scope.model())
                        .put("serial", "4711"));
        server.postgres.execute(
                "UPDATE device SET enrolment = '" + EPOCH + "' WHERE id = '" + place + "'",
                "INSERT INTO alarm (device, code, severity, text, raised_at, last_seen, count, received_at)"
                        + " VALUES ('" + place + "', 'E1', 'error', 'x', now(), now(), 1, now())",
                "INSERT INTO latest_value (device, item, observed_at, received_at, number, first_received)"
                        + " VALUES ('" + place + "', 'lamp', now(), now(), 1, now())",
                "WITH one AS (INSERT INTO device_note (device, written_at, written_by) VALUES ('" + place
                        + "', now(), 'person:nobody') RETURNING id)"
                        + " INSERT INTO device_note_text (note, version, written_at, text) SELECT id, 1, now(), 'x' FROM one");
        String staged = sent(device, "x");
        String file = server.postgres.value("SELECT id FROM transfer WHERE device = '" + place + "'");
        // The device has sent it: what is to be read.
        server.postgres.execute(
                "UPDATE transfer SET direction = 'UPLOAD', state = 'DONE', ended_at = now(), moved = size"
                        + " WHERE id = '" + file + "'");
        String moving =
                server.command("upload", device.copy().put("path", "a.log")).getString("id");
        String session = server.command(
                        "sessions.request",
                        device.copy().put("services", "view/desktop").put("reason", "walk"))
                .getString("id");
        // Over, so that the server itself does not end it in the middle of a walk.
        server.postgres.execute(
                "UPDATE remote_session SET state = 'WITHDRAWN', ended_at = now() WHERE id = '" + session + "'");
        JsonObject waiting = server.command("instruct", device.copy().put("action", "collect"));
        parts.put(
                place,
                Map.ofEntries(
                        Map.entry("device", place),
                        Map.entry("id", "999999"),
                        Map.entry("customer", encoded("" + scope.customer())),
                        Map.entry("region", "" + scope.region()),
                        Map.entry("model", "" + scope.model()),
                        Map.entry("alarm", id("alarm", place)),
                        Map.entry("note", id("device_note", place)),
                        Map.entry("file", file),
                        Map.entry("transfer", moving),
                        Map.entry("session", session),
                        Map.entry("recording", recording(place, session)),
                        Map.entry("reader", EPOCH),
                        Map.entry("staged", staged),
                        Map.entry("group", "nobodys"),
                        Map.entry("version", "1"),
                        Map.entry("number", "" + waiting.getLong("number"))));
    }

    /** What was recorded of a session's stream. */
    private String recording(String place, String session) {
        String stream = server.sql("INSERT INTO remote_stream (id, session, service, viewer, bound, relay, made_at,"
                + " opened_at, ended_at, cause, recorded) VALUES (md5('" + place + "'), '" + session
                + "', 'view/desktop', 'person:nobody', encode(sha256('" + place
                + "'), 'hex'), 'x', now(), now(), now(), 'LEFT',"
                + " true) RETURNING id");
        Head head = new Head(session, stream, place, Ticket.Kind.RFB, "desktop", "Nobody", 400);
        try (TestRecording recording = new TestRecording(server.folder(), head)) {
            assertThat(recording.shown(new byte[] {'R', 'F', 'B'})).isNotNull();
        }
        return stream;
    }

    /** A file that was brought and sent; answers the name of another that is on its way in. */
    private String sent(JsonObject device, String content) throws IOException {
        String staged = server.command("send.begin", device.copy().put("size", content.length()))
                .getString("staged");
        JsonObject unusedAdded = server.command(
                "send.add",
                new JsonObject()
                        .put("staged", staged)
                        .put("offset", 0)
                        .put("bytes", Base64.getEncoder().encodeToString(content.getBytes(StandardCharsets.US_ASCII)))
                        .put("last", 1));
        JsonObject unusedSent = server.command(
                "send.end",
                device.copy()
                        .put("staged", staged)
                        .put("name", "x.bin")
                        .put("size", content.length())
                        .put("sha256", RunningServer.sha256(content)));
        return server.command("send.begin", device.copy().put("size", 1)).getString("staged");
    }

    private String id(String table, String place) {
        return server.postgres.value("SELECT id FROM " + table + " WHERE device = '" + place + "'");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** What stands for the parts of a path, and of what is sent, in a place. */
    Map<String, String> parts(String place) {
        Map<String, String> device = parts.get(place);
        if (device != null) {
            return device;
        }
        return Map.of(
                "name",
                PEOPLE.getOrDefault(place, "nobody"),
                "account",
                account(PEOPLE.getOrDefault(place, "nobody")),
                "new",
                "new." + place + "." + added.incrementAndGet(),
                "whose",
                encoded(WHOSE.getOrDefault(place, "")),
                "given",
                role(place, "&", "=", ""),
                "granted",
                role(place, ",", ":", "\""),
                "id",
                "999999",
                "pem",
                certificate(place).pem().replace("\n", ""),
                "typedpem",
                encoded(certificate(place).pem()),
                "certificate",
                certificate(place).read().sha256());
    }

    /** Of the other system in a place. */
    private TestCertificate certificate(String place) {
        return certificates.computeIfAbsent(
                place,
                fresh -> TestCertificate.of(
                        "CN=walk", Instant.now(), Instant.now().plus(Duration.ofDays(1))));
    }

    /** A role that can be given to the people of a place, as a form or as JSON has it. */
    private static String role(String place, String between, String is, String quote) {
        String customer = WHOSE.getOrDefault(place, "");
        Map<String, String> role = customer.isEmpty()
                ? Map.of("role", "auditor")
                : Map.of("role", "customer-user", "region", "eu", "customer", customer, "model", RightsTable.MODEL);
        return role.entrySet().stream()
                .map(each -> quote
                        + each.getKey()
                        + quote
                        + is
                        + quote
                        + (quote.isEmpty() ? encoded(each.getValue()) : each.getValue())
                        + quote)
                .collect(Collectors.joining(between));
    }

    /** What the audit has of somebody in a place; what he does at the same time in others is theirs. */
    String deeds(Holder holder, String place) {
        String person = PEOPLE.get(place);
        String here = person == null
                ? place
                : "person:" + person + ",integration:" + account(person) + ",customer:" + WHOSE.get(place);
        String elsewhere = Stream.of(
                        parts.keySet().stream(),
                        PEOPLE.values().stream()
                                .flatMap(name -> Stream.of("person:" + name, "integration:" + account(name))),
                        WHOSE.values().stream().map(customer -> "customer:" + customer))
                .flatMap(each -> each)
                .collect(Collectors.joining(","));
        return server.sql("SELECT count(*) FROM audit_entry WHERE actor = 'person:" + holder.name() + "' AND "
                + (place.equals("platform")
                        ? "subject <> ALL ('{" + elsewhere + "}') AND subject !~ '^(person|integration):new[.]'"
                        : "(subject = ANY ('{" + here + "}') OR subject ~ '^(person|integration):new[.]" + place
                                + "[.]')"));
    }

    /** As it was, after deeds that would make the next ones senseless: which are few. */
    void restore(String place) {
        String unused = PEOPLE.containsKey(place)
                ? server.sql("UPDATE person SET disabled_at = NULL WHERE name IN ('" + PEOPLE.get(place) + "', '"
                        + account(PEOPLE.get(place)) + "')")
                : server.sql(String.format(
                        "UPDATE device SET muted = false, stolen_at = NULL, retired_at = NULL, enrolment = '%2$s' WHERE id = '%1$s';"
                                + " UPDATE device_contact SET held_at = now(), held_why = 'walk' WHERE device = '%1$s';"
                                + " INSERT INTO device_holder (device, holder, tokens, in_step, journaled)"
                                + " VALUES ('%1$s', 1, '{a}', true, 0), ('%1$s', 2, '{b}', false, 0)"
                                + " ON CONFLICT DO NOTHING",
                        place, EPOCH));
    }
}
