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

class DataServiceTest {
    private static final String DATA = "DataService";
    private static final String RANGE = "<t:device>LAB-1</t:device><t:item>%s</t:item>"
            + "<t:from>2026-11-21T08:00:00Z</t:from><t:to>2026-11-21T10:00:00+01:00</t:to>";
    private static Stand stand;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        stand = new Stand(folder);
        stand.account("paul", "customer-user", "St. Paul");
        stand.device("LAB-1");
        stand.device("LAB-2");
        stand.room.postgres.execute(
                "SELECT fairlead_ensure_partitions('item_history', date '2026-11-20', 3)",
                "INSERT INTO latest_value (device, item, observed_at, received_at, number, text, unit, first_received)"
                        + " SELECT d, i, '2026-11-21 08:00:00.25Z', '2026-11-21 08:00:01Z', CASE i WHEN 'lamp' THEN 1.5"
                        + " END, CASE i WHEN 'door' THEN 'open' || chr(65534) || chr(1) || '&<' END,"
                        + " CASE i WHEN 'lamp' THEN 'h' END, now()"
                        + " FROM unnest(ARRAY['LAB-1', 'LAB-2']) AS d, unnest(ARRAY['lamp', 'door']) AS i",
                "INSERT INTO item_history (item, observed_at, received_at, number)"
                        + " SELECT l.id, at, at, extract(minute FROM at) FROM latest_value l, generate_series("
                        + "timestamptz '2026-11-21 08:00Z', '2026-11-21 08:59Z', '1 minute') AS at"
                        + " WHERE l.device = 'LAB-1' AND l.item = 'lamp'",
                "INSERT INTO item_history (item, observed_at, received_at, text)"
                        + " SELECT l.id, at, at, CASE WHEN extract(minute FROM at) < 30 THEN 'shut' ELSE"
                        + " 'open' END FROM latest_value l, generate_series(timestamptz '2026-11-21 08:00Z', '2026-11-21 08:59Z', '1 minute') AS at"
                        + " WHERE l.device = 'LAB-1' AND l.item = 'door'");
    }

    @AfterAll
    static void stop() {
        stand.close();
    }

    private static String ok(String body) {
        return stand.answer("erp", DATA, body);
    }

    private static String code(String who, String body) {
        HttpResponse<String> answer = stand.ask(who, Wire.SOAP11, DATA, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(500);
        return Stand.code(answer);
    }

    private static String values(String more, String... devices) {
        return "<t:FindValues><t:criteria><t:device>" + String.join("</t:device><t:device>", devices) + "</t:device>"
                + more + "</t:criteria></t:FindValues>";
    }

    @Test
    void values_that_hold_now_come_with_their_times_and_units_page_by_page() {
        assertThat(ok(values("<t:pageSize>3</t:pageSize>", "LAB-2", "LAB-1")))
                .contains("<totalCount>4</totalCount><pageNumber>1</pageNumber><pageSize>3</pageSize>")
                .contains(
                        "<value><device>LAB-1</device><item>lamp</item><number>1.5</number><unit>h</unit>"
                                + "<observedAt>2026-11-21T08:00:00.250Z</observedAt><receivedAt>2026-11-21T08:00:01Z</receivedAt>")
                .containsSubsequence("LAB-1", "door", "LAB-1", "lamp", "LAB-2", "door")
                .doesNotContain("LAB-2</device><item>lamp");
        assertThat(ok(values("<t:pageNumber>9</t:pageNumber><t:pageSize>3</t:pageSize>", "LAB-2", "LAB-1")))
                .contains("<pageNumber>2</pageNumber>", "LAB-2</device><item>lamp");
        assertThat(ok(values(
                        "<t:item>lamp</t:item><t:item>none</t:item><t:sortAscending>false</t:sortAscending>", "LAB-1")))
                .contains("<totalCount>1</totalCount>");
        assertThat(ok(values("<t:item>none</t:item>", "LAB-1"))).contains("<totalCount>0</totalCount>", "<values/>");
    }

    @Test
    void what_xml_cannot_carry_is_replaced_and_never_breaks_an_answer() {
        assertThat(ok(values("<t:item>door</t:item>", "LAB-1"))).contains("<text>open\ufffd\ufffd&amp;&lt;</text>");
    }

    @Test
    void history_comes_in_pages_that_lose_nothing() {
        StringBuilder all = new StringBuilder();
        String after = "";
        int pages = 0;
        do {
            String page = ok("<t:FindHistory><t:criteria>" + RANGE.formatted("lamp") + after
                    + "<t:pageSize>25</t:pageSize></t:criteria></t:FindHistory>");
            assertThat(page).contains("<unit>h</unit>");
            all.append(page);
            Matcher next = Pattern.compile("<next>([^<]+)<").matcher(page);
            after = next.find() ? "<t:after>" + next.group(1) + "</t:after>" : "";
            pages++;
        } while (!after.isEmpty());
        assertThat(pages).isEqualTo(3);
        for (int minute = 0; minute < 60; minute++) {
            assertThat(all.toString().split("<number>" + minute + ".0<", -1)).hasSize(2);
        }
        assertThat(
                        ok(
                                "<t:FindHistory><t:criteria><t:device>LAB-1</t:device><t:item>lamp</t:item>"
                                        + "<t:from>2026-11-20T00:00:00Z</t:from><t:to>2026-11-20T01:00:00Z</t:to></t:criteria></t:FindHistory>"))
                .contains("<page><unit>h</unit><values/></page>");
    }

    @Test
    void numbers_are_taken_together_and_texts_are_when_they_changed() {
        assertThat(ok("<t:Aggregate><t:criteria>" + RANGE.formatted("lamp")
                        + "<t:bucketSeconds>1800</t:bucketSeconds></t:criteria></t:Aggregate>"))
                .contains("<bucketSeconds>1800</bucketSeconds><unit>h</unit>")
                .contains("<bucket><from>2026-11-21T08:30:00Z</from><least>30.0</least><average>44.5</average>"
                        + "<most>59.0</most><count>30</count></bucket>");
        assertThat(ok("<t:FindChanges><t:criteria>" + RANGE.formatted("door") + "</t:criteria></t:FindChanges>"))
                .contains(
                        "<change><since>2026-11-21T08:00:00Z</since><text>shut</text></change>"
                                + "<change><since>2026-11-21T08:30:00Z</since><text>open</text></change></changes><more>false</more>");
    }

    @Test
    void what_does_not_go_together_is_refused_with_its_code() {
        String wide = "<t:bucketSeconds>1</t:bucketSeconds>";
        assertThat(code(
                        "erp",
                        "<t:Aggregate><t:criteria>" + RANGE.formatted("lamp") + wide + "</t:criteria></t:Aggregate>"))
                .isEqualTo("invalid");
        assertThat(code("erp", "<t:Aggregate><t:criteria>" + RANGE.formatted("door") + "</t:criteria></t:Aggregate>"))
                .isEqualTo("conflict");
        assertThat(code(
                        "erp",
                        "<t:FindChanges><t:criteria>" + RANGE.formatted("lamp") + "</t:criteria></t:FindChanges>"))
                .isEqualTo("conflict");
        assertThat(code(
                        "erp",
                        "<t:FindChanges><t:criteria>" + RANGE.formatted("none") + "</t:criteria></t:FindChanges>"))
                .isEqualTo("not-found");
        String forged = "<t:after>99999999999999999.1000000</t:after>";
        for (String after :
                new String[] {forged, "<t:after>x</t:after>", "<t:after>99999999999999999.999999</t:after>"}) {
            assertThat(code(
                            "erp",
                            "<t:FindHistory><t:criteria>" + RANGE.formatted("lamp") + after
                                    + "</t:criteria></t:FindHistory>"))
                    .as(after)
                    .isEqualTo("invalid");
        }
        assertThat(code(
                        "erp",
                        "<t:FindHistory><t:criteria>" + RANGE.formatted("lamp").replace("08:00:00Z", "08:00:00")
                                + "</t:criteria></t:FindHistory>"))
                .as("a time without a zone")
                .isEqualTo("invalid");
        assertThat(code("erp", values("<t:colour>red</t:colour>", "LAB-1"))).isEqualTo("invalid");
        assertThat(code("erp", values("<t:pageSize>501</t:pageSize>", "LAB-1"))).isEqualTo("invalid");
    }

    @Test
    void a_device_that_may_not_be_seen_is_answered_as_one_that_is_not_there() {
        for (String body : new String[] {
            values("", "LAB-1"),
            "<t:FindHistory><t:criteria>" + RANGE.formatted("lamp") + "</t:criteria></t:FindHistory>",
            "<t:Aggregate><t:criteria>" + RANGE.formatted("lamp") + "</t:criteria></t:Aggregate>",
            "<t:FindChanges><t:criteria>" + RANGE.formatted("door") + "</t:criteria></t:FindChanges>"
        }) {
            HttpResponse<String> hidden = stand.ask("paul", Wire.SOAP12, DATA, body);
            HttpResponse<String> absent = stand.ask("paul", Wire.SOAP12, DATA, body.replace("LAB-1", "LAB-0"));
            assertThat(Stand.code(hidden)).isEqualTo("unknown-device");
            assertThat(anonymous(hidden)).isEqualTo(anonymous(absent));
        }
    }

    private static String anonymous(HttpResponse<String> answer) {
        return answer.statusCode() + answer.body().replaceAll("[0-9a-f]{32}", "");
    }
}
