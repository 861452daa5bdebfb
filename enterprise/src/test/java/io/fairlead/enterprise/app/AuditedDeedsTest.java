package io.fairlead.enterprise.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.enterprise.people.RightsTable.Holder;
import io.fairlead.enterprise.people.Role;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Does by every route and every command what it is for, and compares what was written with what was audited: nothing changes
 * without a row of the audit in the same transaction.
 */
class AuditedDeedsTest {
    private static final Holder OPERATOR = new Holder(Role.OPERATOR, "everywhere", "AU480");
    private static final Holder OTHER = new Holder(Role.OPERATOR, "everywhere", "none");
    /** Pieces of a file that is not sent yet, in no table; a verification, which only reads, and is noted when it ends. */
    private static final Set<String> UNWRITTEN =
            Set.of("POST /devices/:device/send", "POST /devices/:device/send/:staged", "POST /audit/verify");

    private static final Set<String> READS = Set.of(
            "devices",
            "device",
            "history",
            "alarms",
            "instructions",
            "watch",
            "transfers",
            "transfer",
            "transfer.read",
            "send.begin",
            "send.add",
            "sessions",
            "session",
            "recordings",
            "recording",
            "recordings.more",
            "recordings.verify",
            "clones",
            "people",
            "people.show",
            "people.who",
            "people.proposals",
            "accounts",
            "accounts.failures",
            "accounts.certificates",
            "audit.list",
            "audit.checkpoints",
            "lockouts",
            "notifications.hosts",
            "notifications.deliveries",
            "groups",
            "authority.show");
    /** In {@link OwnDeedsTest}: they need a root that lies elsewhere, a roll-over that has come so far, or a link. */
    static final Set<String> ELSEWHERE =
            Set.of("authority.sign", "authority.switch", "authority.retire", "people.password", "first-administrator");
    /** In StreamsTest: needs a session that a device has granted. */
    private static final String STREAM = "sessions.stream";

    /** In ViewerDoorTest and WatchersTest: they are for whoever asked for the session, and nobody else finds one. */
    private static final Set<String> VIEWERS = Set.of(
            "GET /sessions/:session/desktop/:name/:mode",
            "GET /sessions/:session/terminal/:name",
            "GET /sessions/:session/stands",
            "POST /sessions/:session/streams",
            "POST /sessions/:session/stop",
            "GET /sessions/:session/watchers",
            "POST /sessions/:session/watchers",
            "POST /sessions/:session/leave",
            "POST /sessions/:session/watch");

    /** When the server itself ends the session first, as its device is muted, nothing is left to do. */
    private static final Set<String> RACED =
            Set.of("sessions.end", "sessions.end-all", "POST /sessions/:session/end", "POST /sessions/end");

    @TempDir
    static Path folder;

    private static RunningServer server;
    private static Estate estate;
    private static Ledger ledger;
    private final List<String> wrong = new ArrayList<>();
    private int deeds;

    @BeforeAll
    static void start() throws Exception {
        server = new RunningServer(folder);
        estate = new Estate(server);
        estate.prepare(List.of(OPERATOR, OTHER));
        ledger = new Ledger(server);
    }

    @AfterAll
    static void stop() throws Exception {
        ledger.close();
        server.close();
    }

    @Test
    void no_route_changes_anything_without_an_audit_row() throws Exception {
        Map<String, String> parts = parts("here", "its-people");
        Web web = server.browser(server.session(OPERATOR.name(), "browser", true, false));
        for (RouteLine line : RouteLine.all()) {
            if (!Set.of("own", "live", "lane", "public").contains(line.on()) && !VIEWERS.contains(line.mounted())) {
                prepare(line.mounted(), "here", parts);
                boolean writes =
                        line.changes() && !UNWRITTEN.contains(line.mounted()) && !RACED.contains(line.mounted());
                deed(line.mounted(), writes, () -> {
                    HttpResponse<String> answer = web.ask(line.method(), line.path(parts), line.sent(parts));
                    assertThat(answer.statusCode()).as(line.mounted()).isIn(200, 303);
                    if (line.path().endsWith("/send")) {
                        parts.put("staged", answer.body().split("\"", -1)[3]);
                    }
                });
            }
        }
        done(80);
    }

    @Test
    void no_command_changes_anything_without_an_audit_row() throws Exception {
        Map<String, String> parts = parts("other-region", "other-people");
        Web web = server.browser(server.session(OPERATOR.name(), "command-line", true, false));
        for (CommandLine line : CommandLine.all()) {
            if (!ELSEWHERE.contains(line.command()) && !line.command().equals(STREAM)) {
                prepare(line.command(), "other-region", parts);
                boolean writes = !READS.contains(line.command()) && !RACED.contains(line.command());
                deed(line.command(), writes, () -> {
                    String answer =
                            web.command("/commands", line.request(parts)).body();
                    assertThat(answer).as(line.command()).startsWith("{\"ok\"");
                    if (line.command().equals("send.begin")) {
                        parts.put("staged", answer.split("\"", -1)[5]);
                    }
                    if (line.command().equals("recordings.save")) {
                        parts.put("reader", answer.split("\"", -1)[5]);
                    }
                });
            }
        }
        done(50);
    }

    @Test
    void what_is_written_without_the_audit_is_found() throws Exception {
        String elsewhere = " WHERE device = 'other-model'";
        estate.restore("other-model");
        for (String sql : List.of(
                "UPDATE device_contact SET address = 'x'" + elsewhere,
                "DELETE FROM device_holder" + elsewhere,
                "INSERT INTO result_unknown (device, results, named, named_at) VALUES ('other-model', 1, 0, now())",
                "UPDATE login_session SET seen_at = now()")) {
            String session = server.session(OTHER.name(), "browser", true, false);
            assertThat(session).isNotEmpty();
            assertThat(ledger.fault(
                            () -> {
                                String unused = server.sql(sql);
                            },
                            true))
                    .as(sql)
                    .contains("without the audit");
        }
        assertThat(ledger.fault(() -> {}, true)).contains("did nothing");
    }

    private static Map<String, String> parts(String place, String people) {
        Map<String, String> parts = new HashMap<>(estate.parts(people));
        parts.putAll(estate.parts(place));
        return parts;
    }

    /** Has things so that the deed is one. */
    private void prepare(String deed, String place, Map<String, String> parts) {
        parts.put("version", server.sql("SELECT version FROM device WHERE id = '" + place + "'"));
        if (deed.contains("/groups/:group") || deed.contains("/:device/groups") || deed.startsWith("groups.")) {
            parts.put("group", "his");
            boolean in = deed.endsWith("remove");
            server.postgres.execute(
                    "INSERT INTO device_group (id, description, created_at, created_by) VALUES ('his', 'x', now(), 'person:"
                            + OPERATOR.name() + "') ON CONFLICT DO NOTHING",
                    "DELETE FROM device_group_member WHERE device_group = 'his'",
                    "INSERT INTO device_group_member SELECT 'his', '" + place + "' WHERE " + in);
        }
        String victim = parts.getOrDefault("name", "");
        String customer = parts.getOrDefault("whose", "").replace('+', ' ');
        switch (deed) {
            case "POST /clones/:device", "clones.keep", "clones.release" -> estate.restore(place);
            case "accounts.add" -> parts.put("new", "new.account");
            case "POST /new-account" -> parts.put("new", "new.system");
            case "POST /devices/:device/notes/:note" ->
                parts.put("note", server.sql("SELECT max(id) FROM device_note"));
            case "POST /proposals/:id/approve", "POST /proposals/:id/reject", "people.approve", "people.reject" ->
                parts.put(
                        "id",
                        server.sql("INSERT INTO person_proposal (person, kind, role, customer, proposed_at,"
                                + " proposed_by, not_after) VALUES ('" + victim + "', 'role', '"
                                + (deed.endsWith("approve") ? "auditor" : "it-administrator") + "', '" + customer
                                + "', now(), 'person:"
                                + OTHER.name() + "', now() + interval '1 day') RETURNING id"));
            case "POST /people/:name/roles/:id/withdraw", "people.withdraw" ->
                parts.put(
                        "id",
                        server.sql("INSERT INTO person_grant (person, role, customer, granted_at, granted_by)"
                                + " VALUES ('" + victim + "', 'customer-user', '" + customer
                                + "', now(), 'test') RETURNING id"));
            case "POST /people/:name/trainings/:id/withdraw", "people.untrain" ->
                parts.put(
                        "id",
                        server.sql("INSERT INTO person_training (person, model, until, evidence, recorded_at,"
                                + " recorded_by) VALUES ('" + victim
                                + "', 'DxI', now() + interval '1 day', 'x', now(), 'test')"
                                + " RETURNING id"));
            case "sessions.end", "sessions.end-all", "POST /sessions/:session/end", "POST /sessions/end" ->
                server.postgres.execute("UPDATE remote_session SET state = 'REQUESTED', requested_at = now(),"
                        + " ended_at = NULL, cause = NULL WHERE id = '" + parts.get("session") + "'");
            case "POST /allowlist/links/:id/revoke" ->
                parts.put(
                        "id",
                        server.sql("INSERT INTO allowlist_link (sha256, customer, purpose, sources, made_at, made_by)"
                                + " VALUES (repeat('0', 64), '" + customer
                                + "', 'x', '{}', now(), 'test') RETURNING id"));
            case "notifications.hosts.remove" ->
                server.postgres.execute("INSERT INTO notification_receiver (host, port, plain, networks, named_at,"
                        + " named_by) VALUES ('nothing.example', 443, false, '{}', now(), 'test')"
                        + " ON CONFLICT DO NOTHING");
            case "POST /lockouts/unblock", "lockouts.unblock" -> {
                String unused = server.sql("INSERT INTO login_failure (counter, failures, last_at)"
                        + " VALUES ('nothing', 20, now()) ON CONFLICT DO NOTHING");
            }
            default -> {}
        }
    }

    private void deed(String name, boolean changes, Ledger.Deed deed) throws Exception {
        deeds++;
        server.seen();
        String fault = ledger.fault(deed, changes);
        if (fault != null) {
            wrong.add(name + " " + fault);
        }
    }

    private void done(int least) {
        System.out.println("deeds=" + deeds + " wrong=" + wrong.size());
        assertThat(wrong).isEmpty();
        assertThat(deeds).isGreaterThan(least);
    }
}
