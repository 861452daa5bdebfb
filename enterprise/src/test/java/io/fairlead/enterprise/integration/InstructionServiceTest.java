package io.fairlead.enterprise.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstructionServiceTest {
    private static final String INSTRUCTION = "InstructionService";
    private static Stand stand;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        stand = new Stand(folder);
        stand.account("paul", "customer-user", "St. Paul");
        stand.account("untrained", "service-engineer", null);
        stand.trained("installer", "Analyser 3");
        for (String id : new String[] {"LAB-1", "LAB-2", "LAB-3", "LAB-4", "LAB-5"}) {
            stand.device(id);
            enrolled(id);
        }
        stand.device("LAB-new");
    }

    private static void enrolled(String id) {
        stand.room.postgres.execute("UPDATE device SET enrolment = md5('e') WHERE id = '" + id + "'");
    }

    @AfterAll
    static void stop() {
        stand.close();
    }

    private static String ok(String who, String body) {
        return stand.answer(who, INSTRUCTION, body);
    }

    private static String instruction(String device, String what) {
        return "<t:instruction><t:device>" + device + "</t:device>" + what + "</t:instruction>";
    }

    private static String submit(String device, String what) {
        return ok("installer", "<t:Submit>" + instruction(device, what) + "</t:Submit>");
    }

    private static String find(String criteria) {
        return "<t:Find><t:criteria>" + criteria + "</t:criteria></t:Find>";
    }

    @Test
    void an_instruction_is_submitted_found_and_its_result_read() {
        assertThat(ok(
                        "installer",
                        "<t:Submit><t:instruction><t:ref>one</t:ref><t:device>LAB-1</t:device><t:kind>set</t:kind>"
                                + "<t:name>sample.seconds</t:name><t:value>30</t:value><t:reason>too seldom</t:reason>"
                                + "<t:validSeconds>60</t:validSeconds></t:instruction>"
                                + instruction("LAB-1", "<t:kind>collect</t:kind><t:reason>look</t:reason>")
                                + instruction(
                                        "LAB-1", "<t:kind>diagnose</t:kind><t:name>disk</t:name><t:reason>r</t:reason>")
                                + instruction("LAB-1", "<t:kind>restart</t:kind><t:reason>r</t:reason>")
                                + "</t:Submit>"))
                .contains("<successful>true</successful><totalCount>4</totalCount>")
                .containsSubsequence(
                        "<ref>one</ref><id>LAB-1/1</id>", "<ref>2</ref><id>LAB-1/2</id>", "<id>LAB-1/4</id>");
        assertThat(ok("erp", "<t:FindById><t:id>LAB-1/1</t:id></t:FindById>"))
                .contains(
                        "<id>LAB-1/1</id><device>LAB-1</device><kind>set</kind><subject>sample.seconds=30</subject>"
                                + "<state>waiting</state><reason>too seldom</reason><createdBy>integration:installer</createdBy>"
                                + "<createdAt>2026-11-22T12:00:00Z</createdAt><notAfter>2026-11-22T12:01:00Z</notAfter></instruction>");
        assertThat(ok("erp", "<t:FindResult><t:id>LAB-1/2</t:id></t:FindResult>"))
                .contains("<result><id>LAB-1/2</id><state>waiting</state><finished>false</finished></result>");
        stand.room.postgres.execute(
                "UPDATE instruction SET outcome = 'FAILED', detail = 'no disk', finished_at = "
                        + "'2026-11-22 12:00:05Z', reported_at = '2026-11-22 12:00:06Z' WHERE device = 'LAB-1' AND sequence = 2");
        assertThat(ok("erp", "<t:FindResult><t:id>LAB-1/2</t:id></t:FindResult>"))
                .contains("<state>failed</state><finished>true</finished><detail>no disk</detail>"
                        + "<finishedAt>2026-11-22T12:00:05Z</finishedAt><reportedAt>2026-11-22T12:00:06Z</reportedAt>");
        assertThat(
                        ok(
                                "erp",
                                find(
                                        "<t:device>LAB-1</t:device><t:state>waiting</t:state><t:pageSize>2</t:pageSize>"
                                                + "<t:sortPropertyName>device</t:sortPropertyName><t:sortAscending>false</t:sortAscending>")))
                .contains("<totalCount>3</totalCount><pageNumber>1</pageNumber><pageSize>2</pageSize>")
                .containsSubsequence("<id>LAB-1/4</id>", "<id>LAB-1/3</id>")
                .doesNotContain("<id>LAB-1/1</id>");
        assertThat(ok("erp", find("<t:createdTo>2020-01-01T00:00:00Z</t:createdTo>")))
                .contains("<totalCount>0</totalCount>", "<instructions/>");
        assertThat(stand.room.postgres.value("SELECT string_agg(actor || ' ' || code, ',') FROM audit_entry"
                        + " WHERE subject = 'LAB-1' AND detail LIKE '%subject=sample.seconds=30 reason=too seldom'"))
                .isEqualTo("integration:installer instruction.created");
    }

    @Test
    void what_a_device_cannot_take_or_does_not_go_together_fails_alone() {
        stand.room.postgres.execute("UPDATE device SET muted = true WHERE id = 'LAB-2'");
        String answer = ok(
                "installer",
                "<t:Submit>" + instruction("LAB-new", "<t:kind>collect</t:kind><t:reason>r</t:reason>")
                        + instruction("LAB-2", "<t:kind>collect</t:kind><t:reason>r</t:reason>")
                        + instruction("LAB-3", "<t:kind>collect</t:kind><t:name>x</t:name><t:reason>r</t:reason>")
                        + instruction("LAB-3", "<t:kind>set</t:kind><t:name>x</t:name><t:reason>r</t:reason>")
                        + instruction("LAB-3", "<t:kind>diagnose</t:kind><t:reason>r</t:reason>")
                        + instruction("LAB-3", "<t:kind>collect</t:kind><t:reason>a\u202eb</t:reason>")
                        + instruction("LAB-5", "<t:kind>collect</t:kind><t:reason>r</t:reason>") + "</t:Submit>");
        assertThat(answer)
                .contains("<succeeded><success><ref>7</ref><id>LAB-5/1</id></success></succeeded>")
                .containsSubsequence(
                        "<ref>1</ref><code>not-enrolled</code>",
                        "<ref>2</ref><code>device-muted</code>",
                        "<ref>3</ref><code>invalid</code>",
                        "<ref>4</ref><code>invalid</code>",
                        "<ref>5</ref><code>invalid</code>",
                        "<ref>6</ref><code>invalid</code>");
    }

    @Test
    void what_no_agent_has_is_taken_back_and_what_one_has_is_not() {
        for (int i = 0; i < 3; i++) {
            assertThat(submit("LAB-4", "<t:kind>collect</t:kind><t:reason>r</t:reason>"))
                    .contains("true");
        }
        stand.room.postgres.execute(
                "UPDATE instruction SET journaled_at = now() WHERE device = 'LAB-4' AND sequence = 2");
        assertThat(ok(
                        "erp",
                        "<t:Cancel><t:id>LAB-4/1</t:id><t:id>LAB-4/2</t:id><t:id>LAB-4/99</t:id><t:id>LAB-0/1</t:id>"
                                + "<t:id>LAB-4/9999999999999999999</t:id><t:reason>a mistake</t:reason></t:Cancel>"))
                .contains("<succeeded><success><ref>1</ref><id>LAB-4/1</id></success></succeeded>")
                .containsSubsequence(
                        "<ref>2</ref><code>conflict</code>",
                        "<ref>3</ref><code>not-found</code>",
                        "<ref>4</ref><code>not-found</code>",
                        "<ref>5</ref><code>not-found</code>");
        assertThat(ok(
                        "erp",
                        find("<t:device>LAB-4</t:device><t:state>cancelled</t:state><t:state>journaled</t:state>")))
                .contains("<totalCount>2</totalCount>");
        assertThat(stand.room.postgres.value("SELECT actor || ' ' || detail FROM audit_entry WHERE subject = 'LAB-4'"
                        + " AND code = 'instruction.cancelled'"))
                .startsWith("integration:erp count=1")
                .endsWith("reason=a mistake");
    }

    @Test
    void whoever_is_not_trained_or_may_only_read_submits_nothing() {
        for (String who : new String[] {"erp", "untrained", "paul"}) {
            assertThat(ok(
                            who,
                            "<t:Submit>" + instruction("LAB-3", "<t:kind>restart</t:kind><t:reason>r</t:reason>")
                                    + "</t:Submit>"))
                    .contains(
                            "<successful>false</successful>",
                            who.equals("erp") ? "<code>forbidden</code>" : "<code>unknown-device</code>");
        }
        assertThat(stand.room.postgres.value(
                        "SELECT count(*) FROM instruction WHERE kind = 'restart' AND device = 'LAB-3'"))
                .isEqualTo("0");
        assertThat(Stand.code(stand.ask(
                        "installer",
                        Wire.SOAP11,
                        INSTRUCTION,
                        "<t:Submit>" + instruction("LAB-3", "<t:kind>upload</t:kind><t:reason>r</t:reason>")
                                + "</t:Submit>")))
                .as("a kind of another service")
                .isEqualTo("invalid");
    }

    @Test
    void what_an_account_may_not_see_does_not_exist_for_it() {
        assertThat(submit("LAB-3", "<t:kind>collect</t:kind><t:reason>r</t:reason>"))
                .contains("true");
        assertThat(ok("paul", find(""))).contains("<totalCount>0</totalCount>");
        for (String body : new String[] {
            "<t:FindById><t:id>LAB-3/1</t:id></t:FindById>",
            "<t:FindResult><t:id>LAB-3/1</t:id></t:FindResult>",
            "<t:Cancel><t:id>LAB-3/1</t:id><t:reason>r</t:reason></t:Cancel>",
            find("<t:device>LAB-3</t:device>")
        }) {
            HttpResponse<String> hidden = stand.ask("paul", Wire.SOAP12, INSTRUCTION, body);
            HttpResponse<String> absent = stand.ask("paul", Wire.SOAP12, INSTRUCTION, body.replace("LAB-3", "LAB-0"));
            assertThat(Stand.code(hidden)).isEqualTo(body.contains("device>") ? "unknown-device" : "not-found");
            assertThat(anonymous(hidden)).isEqualTo(anonymous(absent));
        }
    }

    private static String anonymous(HttpResponse<String> answer) {
        return answer.statusCode() + answer.body().replaceAll("[0-9a-f]{32}", "");
    }
}
