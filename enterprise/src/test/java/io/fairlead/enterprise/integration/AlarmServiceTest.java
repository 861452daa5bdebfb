package io.fairlead.enterprise.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlarmServiceTest {
    private static final String ALARM = "AlarmService";
    private static Stand stand;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        stand = new Stand(folder);
        stand.account("paul", "customer-user", "St. Paul");
        stand.device("LAB-1");
        stand.device("LAB-2");
        stand.room.postgres.execute("SELECT fairlead_ensure_partitions('event', date '2026-11-20', 3)");
    }

    @AfterAll
    static void stop() {
        stand.close();
    }

    private static String raised(String device, String code, String severity) {
        stand.room.postgres.execute("INSERT INTO alarm (device, code, severity, text, raised_at, last_seen, count,"
                + " received_at) VALUES ('" + device + "', '" + code + "', '" + severity
                + "', 'x', '2026-11-21 08:00Z', '2026-11-21 09:00Z', 3, '2026-11-21 08:00:01Z')");
        return stand.room.postgres.value("SELECT max(id) FROM alarm");
    }

    private static String ok(String body) {
        return stand.answer("erp", ALARM, body);
    }

    private static String find(String criteria) {
        return "<t:Find><t:criteria>" + criteria + "</t:criteria></t:Find>";
    }

    private static String audited(String id) {
        return stand.room.postgres.value("SELECT string_agg(actor || ' ' || code, ', ' ORDER BY id) FROM audit_entry"
                + " WHERE detail LIKE 'alarm=" + id + " %'");
    }

    @Test
    void an_alarm_is_found_taken_on_commented_and_closed() {
        String id = raised("LAB-1", "door", "critical");
        assertThat(ok(find("<t:code>door</t:code><t:severity>critical</t:severity><t:severity>error</t:severity>"
                        + "<t:state>open</t:state><t:acknowledged>false</t:acknowledged>"
                        + "<t:sortPropertyName>severity</t:sortPropertyName><t:sortAscending>false</t:sortAscending>")))
                .contains(
                        "<totalCount>1</totalCount><pageNumber>1</pageNumber><pageSize>100</pageSize><alarms><alarm><id>"
                                + id
                                + "</id><device>LAB-1</device><code>door</code><severity>critical</severity><text>x</text>"
                                + "<state>open</state><raisedAt>2026-11-21T08:00:00Z</raisedAt><lastSeen>2026-11-21T09:00:00Z</lastSeen>"
                                + "<count>3</count><receivedAt>2026-11-21T08:00:01Z</receivedAt><commentCount>0</commentCount>"
                                + "</alarm></alarms>");
        assertThat(ok("<t:Acknowledge><t:alarm><t:ref>case 7</t:ref><t:id>" + id
                        + "</t:id><t:comment>on my way\nsoon</t:comment></t:alarm></t:Acknowledge>"))
                .contains(
                        "<successful>true</successful><totalCount>1</totalCount><succeeded><success><ref>case 7</ref><id>"
                                + id + "</id></success></succeeded><failures/>");
        assertThat(ok("<t:Comment><t:comment><t:id>" + id + "</t:id><t:text>a hinge</t:text></t:comment></t:Comment>"))
                .contains("<successful>true</successful>", "<ref>1</ref>");
        assertThat(ok("<t:Close><t:alarm><t:id>" + id + "</t:id><t:comment>mended</t:comment></t:alarm></t:Close>"))
                .contains("<successful>true</successful>");
        assertThat(ok("<t:FindById><t:id>" + id + "</t:id></t:FindById>"))
                .contains(
                        "<state>past</state>",
                        "<acknowledgedBy>integration:erp</acknowledgedBy>",
                        "<closedBy>integration:erp</closedBy><commentCount>3</commentCount>")
                .containsSubsequence("on my way\nsoon", "a hinge", "mended");
        assertThat(audited(id))
                .isEqualTo("integration:erp alarm.acknowledged, integration:erp alarm.commented, integration:erp"
                        + " alarm.commented, integration:erp alarm.closed, integration:erp alarm.commented");
    }

    @Test
    void each_entry_fails_or_succeeds_for_itself() {
        String id = raised("LAB-1", "lid", "info");
        String own = raised("LAB-1", "fairlead/missing", "error");
        assertThat(ok("<t:Close><t:alarm><t:ref>a</t:ref><t:id>" + id + "</t:id><t:comment>one</t:comment></t:alarm>"
                        + "<t:alarm><t:ref>b</t:ref><t:id>" + id + "</t:id><t:comment>twice</t:comment></t:alarm>"
                        + "<t:alarm><t:ref>c</t:ref><t:id>" + own
                        + "</t:id><t:comment>the server's</t:comment></t:alarm>"
                        + "<t:alarm><t:ref>d</t:ref><t:id>999999</t:id><t:comment>nobody's</t:comment></t:alarm>"
                        + "<t:alarm><t:ref>e</t:ref><t:id>" + own
                        + "</t:id><t:comment>a\u202eb</t:comment></t:alarm></t:Close>"))
                .contains("<successful>false</successful><totalCount>5</totalCount><succeeded><success><ref>a</ref>")
                .containsSubsequence(
                        "<ref>b</ref><code>conflict</code>",
                        "<ref>c</ref><code>conflict</code>",
                        "<ref>d</ref><code>not-found</code>",
                        "<ref>e</ref><code>invalid</code>");
        assertThat(audited(id)).isEqualTo("integration:erp alarm.closed, integration:erp alarm.commented");
        assertThat(audited(own)).isNull();
    }

    @Test
    void the_most_entries_that_all_fail_are_each_told_so() {
        StringBuilder all = new StringBuilder("<t:Comment>");
        for (int i = 0; i < 500; i++) {
            all.append("<t:comment><t:id>1</t:id><t:text>\u202e</t:text></t:comment>");
        }
        String answer = ok(all.append("</t:Comment>").toString());
        assertThat(answer).contains("<totalCount>500</totalCount><succeeded/>", "<ref>500</ref><code>invalid</code>");
    }

    @Test
    void a_comment_too_many_is_a_conflict() {
        String id = raised("LAB-2", "full", "info");
        stand.room.postgres.execute("INSERT INTO alarm_comment (alarm, written_at, written_by, text) SELECT " + id
                + ", now(), 'os:x', repeat('x', 4000) FROM generate_series(1, 200)");
        assertThat(ok("<t:Comment><t:comment><t:id>" + id + "</t:id><t:text>more</t:text></t:comment></t:Comment>"))
                .contains("<code>conflict</code>");
        assertThat(ok("<t:FindById><t:id>" + id + "</t:id></t:FindById>").split("<comment>", -1))
                .hasSize(201);
    }

    @Test
    void events_of_a_device_come_newest_first_page_by_page() {
        stand.room.postgres.execute("INSERT INTO event (device, received_at, observed_at, code, severity, text)"
                + " SELECT 'LAB-2', at, at, 'E' || n, CASE n % 2 WHEN 0 THEN 'info' ELSE 'error' END, 'x' FROM generate_series(0, 9)"
                + " AS n, LATERAL (SELECT timestamptz '2026-11-21 08:00Z' + n / 4 * interval '1 minute') AS t (at)");
        String criteria = "<t:FindEvents><t:criteria><t:device>LAB-2</t:device>";
        StringBuilder all = new StringBuilder();
        String after = "";
        do {
            String page = ok(criteria + after + "<t:pageSize>3</t:pageSize></t:criteria></t:FindEvents>");
            all.append(page);
            Matcher next = Pattern.compile("<next>([^<]+)<").matcher(page);
            after = next.find() ? "<t:after>" + next.group(1) + "</t:after>" : "";
        } while (!after.isEmpty());
        for (int n = 0; n < 10; n++) {
            assertThat(all.toString().split("<code>E" + n + "</code>", -1)).hasSize(2);
        }
        assertThat(all).containsSubsequence("08:02:00Z", "08:01:00Z", "08:00:00Z");
        assertThat(ok(criteria + "<t:leastSeverity>warning</t:leastSeverity><t:from>2026-11-21T08:01:00Z</t:from>"
                        + "<t:to>2026-11-21T08:02:00Z</t:to></t:criteria></t:FindEvents>"))
                .contains("<code>E5</code>", "<code>E7</code>")
                .doesNotContain("<code>E4</code>", "<code>E9</code>", "<next>");
        assertThat(ok(criteria + "<t:to>2000-01-01T00:00:00Z</t:to></t:criteria></t:FindEvents>"))
                .contains("<page><events/></page>");
    }

    @Test
    void what_an_account_may_not_see_does_not_exist_for_it() {
        String id = raised("LAB-1", "hidden", "error");
        String before = stand.room.postgres.value("SELECT count(*) FROM alarm_comment");
        assertThat(stand.answer("paul", ALARM, find(""))).contains("<totalCount>0</totalCount>", "<alarms/>");
        assertThat(same(find("<t:device>LAB-1</t:device>"), "LAB-1", "LAB-0")).isEqualTo("unknown-device");
        assertThat(same("<t:FindById><t:id>" + id + "</t:id></t:FindById>", id, "999999"))
                .isEqualTo("not-found");
        assertThat(same(
                        "<t:FindEvents><t:criteria><t:device>LAB-1</t:device></t:criteria></t:FindEvents>",
                        "LAB-1",
                        "LAB-0"))
                .isEqualTo("unknown-device");
        for (String deed : new String[] {
            "<t:Acknowledge><t:alarm><t:id>" + id + "</t:id></t:alarm></t:Acknowledge>",
            "<t:Comment><t:comment><t:id>" + id + "</t:id><t:text>x</t:text></t:comment></t:Comment>",
            "<t:Close><t:alarm><t:id>" + id + "</t:id><t:comment>x</t:comment></t:alarm></t:Close>"
        }) {
            assertThat(same(deed, id, "999999")).isEqualTo("not-found");
        }
        assertThat(audited(id)).isNull();
        assertThat(stand.room.postgres.value("SELECT count(*) FROM alarm_comment"))
                .isEqualTo(before);
    }

    /** The code with which paul is refused, the same whether it is there or not. */
    private static String same(String body, String there, String nowhere) {
        HttpResponse<String> hidden = stand.ask("paul", Wire.SOAP12, ALARM, body);
        HttpResponse<String> absent = stand.ask("paul", Wire.SOAP12, ALARM, body.replace(there, nowhere));
        assertThat(anonymous(hidden)).isEqualTo(anonymous(absent));
        return Stand.code(hidden);
    }

    private static String anonymous(HttpResponse<String> answer) {
        return answer.statusCode() + answer.body().replaceAll("[0-9a-f]{32}", "");
    }
}
