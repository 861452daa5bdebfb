package io.fairlead.enterprise.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.enterprise.app.OtherSystems.Answer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions, the audit and people, asked for by other systems of the server as it is shipped. */
class IntegrationPeopleTest {
    @TempDir
    static Path folder;

    private static RunningServer server;
    private static OtherSystems systems;

    @BeforeAll
    static void start() throws IOException {
        server = new RunningServer(folder);
        systems = new OtherSystems(server);
        JsonObject unused = server.command(
                "enrol",
                new JsonObject()
                        .put("device", "LAB-7")
                        .put("customer", "St. Mary")
                        .put("site", "Basel")
                        .put("region", "EU")
                        .put("model", "Analyser 3")
                        .put("serial", "4711"));
        server.postgres.execute(
                "UPDATE device SET enrolment = '00000000000000000000000000000001' WHERE id = 'LAB-7'",
                "INSERT INTO person (name, display_name, organisation, created_at, created_by, disabled_at) VALUES"
                        + " ('emil', 'Emil Sommer', 'Acme Instruments', now(), 'test', NULL),"
                        + " ('rosa', 'Rosa Untrained', 'Acme Instruments', now(), 'test', NULL),"
                        + " ('dora', 'Dora Gone', 'Acme Instruments', now(), 'test', now())",
                "INSERT INTO person_grant (person, role, granted_at, granted_by)"
                        + " SELECT name, 'service-engineer', now(), 'test' FROM person WHERE kind = 'person'",
                "INSERT INTO person_training (person, model, until, evidence, recorded_at, recorded_by)"
                        + " SELECT name, 'Analyser 3', '2099-01-01', 'course', now(), 'test' FROM person"
                        + " WHERE name IN ('emil', 'dora')");
        systems.add("crm", "integration", null, null);
        systems.add("anywhere", "integration", null, null, "");
        systems.add("lms", "training-system", null, null);
        systems.add("siem", "auditor", null, null);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Answer ok(String who, String service, String body) {
        Answer answer = systems.call(who, service, body);
        assertThat(answer.status()).as(answer.xml()).isEqualTo(200);
        return answer;
    }

    private static String audited(String actor, String code) {
        return server.sql(
                "SELECT coalesce(string_agg(subject || ' ' || detail, E'\\n' ORDER BY id), '') FROM audit_entry"
                        + " WHERE actor = '" + actor + "' AND code = '" + code + "'");
    }

    private static String training(String ref, String person, String model, String until) {
        return "<t:training><t:ref>" + ref + "</t:ref><t:person>" + person + "</t:person><t:model>" + model
                + "</t:model><t:until>" + until + "</t:until><t:evidence>C-4711</t:evidence></t:training>";
    }

    @Test
    void a_training_that_is_pushed_waits_for_a_person_and_does_no_harm_when_it_is_pushed_again() throws IOException {
        String one = "<t:PushTrainings>" + training("c-1", "emil", "Analyser 5", "2031-05-01T00:00:00.123456789+02:00")
                + "</t:PushTrainings>";
        for (int again = 0; again < 2; again++) {
            assertThat(ok("lms", "UserService", one).xml())
                    .contains("<successful>true<")
                    .containsSubsequence("<ref>c-1<", "<id>emil<", "<waiting>true<");
        }
        String proposals = "person_proposal WHERE person = 'emil' AND model = 'Analyser 5'";
        assertThat(server.sql("SELECT count(*) FROM " + proposals)).isEqualTo("1");
        JsonObject unusedApproved = server.command(
                "people.approve",
                new JsonObject().put("id", Long.parseLong(server.sql("SELECT id FROM " + proposals))));

        assertThat(ok("lms", "UserService", one).xml())
                .contains("<successful>true<", "<id>emil<")
                .doesNotContain("waiting");
        Answer found = ok(
                "lms",
                "UserService",
                "<t:FindTrainings><t:criteria><t:person>emil</t:person><t:model>Analyser 5</t:model>"
                        + "<t:untilTo>2031-05-01T00:00:00Z</t:untilTo></t:criteria></t:FindTrainings>");
        assertThat(found.xml())
                .contains(
                        "<totalCount>1<",
                        "<until>2031-04-30T22:00:00.123456Z<",
                        "<recordedBy>integration:lms<",
                        "<evidence>C-4711<");

        String withdrawn = "<t:WithdrawTrainings><t:training><t:person>emil</t:person><t:id>" + found.first("id")
                + "</t:id></t:training><t:reason>mistake</t:reason></t:WithdrawTrainings>";
        assertThat(ok("lms", "UserService", withdrawn).xml()).contains("<successful>true<");
        assertThat(ok("lms", "UserService", withdrawn).xml()).contains("<code>not-found<");
        assertThat(audited("integration:lms", "training.withdrawn"))
                .startsWith("person:emil ")
                .contains("reason=mistake");
    }

    @Test
    void no_training_is_pushed_for_accounts_nor_what_makes_no_sense() {
        assertThat(ok(
                                "lms",
                                "UserService",
                                "<t:PushTrainings>" + training("itself", "lms", "M", "2031-01-01T00:00:00Z")
                                        + training("other", "crm", "M", "2031-01-01T00:00:00Z")
                                        + training("nobody", "nobody", "M", "2031-01-01T00:00:00Z")
                                        + training("past", "rosa", "M", "2001-01-01T00:00:00Z")
                                        + training("never", "rosa", "M", "-4000-01-01T00:00:00Z")
                                        + training("gone", "dora", "M", "2031-01-01T00:00:00Z") + "</t:PushTrainings>")
                        .xml())
                .contains("<successful>false<", "<totalCount>6<")
                .containsSubsequence(List.of(
                        "<ref>itself<",
                        "<code>forbidden<",
                        "<ref>other<",
                        "<code>forbidden<",
                        "<ref>nobody<",
                        "<code>not-found<",
                        "<ref>past<",
                        "<code>invalid<",
                        "<ref>never<",
                        "<code>invalid<",
                        "<ref>gone<",
                        "<code>conflict<"));
        assertThat(audited("integration:lms", "account.forbidden").lines())
                .as("each reason once")
                .hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    void people_are_found_counted_and_read() {
        String page = "<t:pageNumber>9</t:pageNumber><t:pageSize>2</t:pageSize>"
                + "<t:sortPropertyName>displayName</t:sortPropertyName><t:sortAscending>false</t:sortAscending>";
        assertThat(ok(
                                "siem",
                                "UserService",
                                "<t:Find><t:criteria><t:text>acme</t:text><t:kind>person</t:kind>"
                                        + "<t:role>service-engineer</t:role>" + page + "</t:criteria></t:Find>")
                        .xml())
                .as("the last page")
                .contains("<totalCount>3<", "<pageNumber>2<", "<id>dora<", "<disabledSince>")
                .doesNotContain("<id>emil<");
        assertThat(ok(
                                "siem",
                                "UserService",
                                "<t:Find><t:criteria><t:kind>integration</t:kind><t:disabled>false</t:disabled>"
                                        + "</t:criteria></t:Find>")
                        .xml())
                .contains("<totalCount>4<")
                .containsSubsequence("<id>anywhere<", "<id>crm<", "<id>lms<", "<id>siem<");
        assertThat(ok("siem", "UserService", "<t:FindById><t:id>emil</t:id></t:FindById>")
                        .xml())
                .contains("<role>service-engineer<", "<grantedBy>test<", "<model>Analyser 3<", "<trainingEnds>2099-");
        assertThat(ok("crm", "UserService", "<t:FindById><t:id>crm</t:id></t:FindById>")
                        .xml())
                .as("itself")
                .contains("<kind>integration<");
        assertThat(ok("crm", "UserService", "<t:FindRoles/>").xml())
                .containsSubsequence("<id>integration<", "<right>request-session-for<", "<id>training-system<");
    }

    private static String wish(String person, String device) {
        return "<t:Request><t:wish><t:onBehalfOf>" + person + "</t:onBehalfOf><t:device>" + device
                + "</t:device><t:reason>ticket 4711</t:reason><t:minutes>30</t:minutes><t:service><t:name>desktop</t:name>"
                + "<t:mode>control</t:mode></t:service></t:wish></t:Request>";
    }

    @Test
    void a_session_is_asked_for_on_behalf_of_a_person_followed_and_ended() {
        Answer asked = ok("crm", "RemoteSessionService", wish("emil", "LAB-7"));
        String id = asked.first("id");
        assertThat(asked.xml())
                .contains(
                        "<requestedFor>emil<",
                        "<requestedBy>integration:crm<",
                        "<state>requested<",
                        "<customer>St. Mary<",
                        "<page>/sessions/" + id + "<")
                .doesNotContain("grantedAt", "endedAt");
        assertThat(server.sql("SELECT requested_by FROM remote_session WHERE id = '" + id + "'"))
                .isEqualTo("person:emil");
        assertThat(server.sql(
                        "SELECT convert_from(i.body, 'UTF8') FROM instruction i JOIN remote_session s ON s.device = i.device"
                                + " AND s.sequence = i.sequence WHERE s.id = '" + id + "'"))
                .as("what is signed for the person at the instrument")
                .contains("Emil Sommer (emil), Acme Instruments", "Acme Instruments, through the system crm");
        assertThat(audited("integration:crm", "session.requested")).contains("LAB-7 for=person:emil session=" + id);
        assertThat(audited("integration:crm", "instruction.created")).contains("for=person:emil");
        assertThat(audited("person:emil", "session.requested")).isEmpty();

        String find = "<t:Find><t:criteria><t:device>LAB-7</t:device><t:customer>St. Mary</t:customer>"
                + "<t:person>emil</t:person><t:state>requested</t:state><t:requestedFrom>2020-01-01T00:00:00Z"
                + "</t:requestedFrom><t:pageNumber>5</t:pageNumber><t:sortPropertyName>device</t:sortPropertyName>"
                + "</t:criteria></t:Find>";
        assertThat(ok("crm", "RemoteSessionService", find).xml())
                .contains("<totalCount>1<", "<pageNumber>1<", "<id>" + id + "<");
        String end =
                "<t:End><t:id>" + id + "</t:id><t:id>" + "0".repeat(32) + "</t:id><t:reason>solved</t:reason></t:End>";
        for (int again = 0; again < 2; again++) {
            assertThat(ok("crm", "RemoteSessionService", end).xml())
                    .containsSubsequence("<id>" + id + "<", "<ref>2<", "<code>not-found<");
        }
        assertThat(ok("crm", "RemoteSessionService", "<t:FindById><t:id>" + id + "</t:id></t:FindById>")
                        .xml())
                .contains("<state>withdrawn<", "<cause>ended-by-operator<", "<detail>solved<");
        assertThat(ok("crm", "RemoteSessionService", find).xml()).contains("<totalCount>0<", "<sessions/>");
        assertThat(ok(
                                "siem",
                                "RemoteSessionService",
                                "<t:FindRecordings><t:session>" + id + "</t:session></t:FindRecordings>")
                        .xml())
                .contains("<recordings/>");
    }

    @Test
    void for_whom_it_may_not_an_account_asks_in_vain() {
        String before = server.sql("SELECT count(*) FROM remote_session");
        for (String person : List.of("crm", "lms", "dora", "rosa", "nobody")) {
            Answer refused = systems.call("crm", "RemoteSessionService", wish(person, "LAB-7"));
            assertThat(refused.first("code")).as(person).isEqualTo("forbidden");
            assertThat(audited("integration:crm", "account.forbidden"))
                    .contains("call=RemoteSessionService.Request code=forbidden why=\"forbidden: on behalf of person:"
                            + person);
        }
        assertThat(systems.call("crm", "RemoteSessionService", wish("emil", "LAB-8"))
                        .first("code"))
                .isEqualTo("unknown-device");
        assertThat(systems.call("anywhere", "RemoteSessionService", wish("emil", "LAB-7"))
                        .first("code"))
                .isEqualTo("address-limit-needed");
        assertThat(systems.call("siem", "RemoteSessionService", wish("emil", "LAB-7"))
                        .first("code"))
                .isEqualTo("forbidden");
        assertThat(server.sql("SELECT count(*) FROM remote_session")).isEqualTo(before);
    }

    @Test
    void the_audit_is_found_handed_out_and_proved() {
        server.postgres.execute(
                "INSERT INTO audit_entry (actor, code, subject, detail) VALUES"
                        + " ('test', 'note.written', 'LAB-7', U&'left \\FFFE right'), ('test', 'note.edited', 'LAB-7', '=1+1')");
        String criteria = "<t:criteria><t:actor>test</t:actor>%s<t:pageSize>1</t:pageSize></t:criteria>";
        Answer newest = ok("siem", "AuditService", "<t:Find>" + criteria.formatted("") + "</t:Find>");
        assertThat(newest.xml()).contains("<code>note.edited<").doesNotContain("note.written");
        assertThat(ok(
                                "siem",
                                "AuditService",
                                "<t:Find>" + criteria.formatted("<t:after>" + newest.first("next") + "</t:after>")
                                        + "</t:Find>")
                        .xml())
                .contains("<detail>left \uFFFD right<")
                .doesNotContain("next");

        Answer part = ok(
                "siem", "AuditService", "<t:Export>" + criteria.formatted("") + "<t:format>csv</t:format></t:Export>");
        assertThat(new String(Base64.getMimeDecoder().decode(part.first("content")), StandardCharsets.UTF_8))
                .startsWith("\"number\",")
                .contains("note.written")
                .doesNotContain("note.edited");
        assertThat(new String(
                        Base64.getMimeDecoder()
                                .decode(ok(
                                                "siem",
                                                "AuditService",
                                                "<t:Export>"
                                                        + criteria.formatted(
                                                                "<t:after>" + part.first("next") + "</t:after>")
                                                        + "<t:format>csv</t:format></t:Export>")
                                        .first("content")),
                        StandardCharsets.UTF_8))
                .doesNotContain("\"number\",")
                .contains("\"'=1+1\"");
        assertThat(audited("integration:siem", "audit.exported").lines())
                .as("each part")
                .hasSize(2);
        assertThat(systems.call(
                                "siem",
                                "AuditService",
                                "<t:Find>" + criteria.formatted("<t:after>x-1</t:after>") + "</t:Find>")
                        .first("code"))
                .isEqualTo("invalid");

        assertThat(systems.call("siem", "AuditService", "<t:Verify><t:witness>nonsense</t:witness></t:Verify>")
                        .first("code"))
                .isEqualTo("invalid");
        assertThat(ok("siem", "AuditService", "<t:Verify/>").xml()).contains("<by>integration:siem<");
        Answer ended = ok("siem", "AuditService", "<t:FindVerification/>");
        for (int look = 0; look < 600 && ended.first("state").equals("running"); look++) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            ended = ok("siem", "AuditService", "<t:FindVerification/>");
        }
        assertThat(ended.first("state")).isEqualTo("clean");
        assertThat(ended.xml()).contains("<endedAt>", "<findingCount>0<", "<findings/>");
    }
}
