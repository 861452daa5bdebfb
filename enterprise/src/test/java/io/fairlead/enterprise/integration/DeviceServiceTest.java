package io.fairlead.enterprise.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceServiceTest {
    private static Stand stand;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        stand = new Stand(folder);
        stand.account("paul", "integration", "St. Paul");
        stand.trained("installer", "Analyser 3");
    }

    @AfterAll
    static void stop() {
        stand.close();
    }

    private static String device(String ref, String id, String customer) {
        return "<t:device><t:ref>" + ref + "</t:ref><t:id>" + id + "</t:id><t:customer>" + customer
                + "</t:customer><t:site>Main building</t:site><t:region>EU</t:region><t:model>Analyser 3</t:model>"
                + "<t:serialNumber>S-" + id + "</t:serialNumber></t:device>";
    }

    private static String ok(String who, String action, String body) {
        HttpResponse<String> answer = stand.call(who, Wire.SOAP12, action, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body()
                .replaceAll("</?[a-z0-9]+:|xmlns(:[a-z0-9]+)?=\"[^\"]*\"", "<")
                .replaceAll("<+", "<");
    }

    @Test
    void a_device_is_found_by_its_id_in_both_soap_versions() {
        stand.device("LAB-1");
        for (Wire wire : Wire.values()) {
            HttpResponse<String> answer = stand.call(wire, "FindById", Stand.findById("LAB-1"));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith(wire.type());
            assertThat(answer.body()).contains(">LAB-1<", wire.envelope(), "not-enrolled");
        }
    }

    @Test
    void what_an_account_may_not_see_does_not_exist_for_it() {
        stand.device("LAB-2");
        HttpResponse<String> answer = stand.call("paul", Wire.SOAP11, "FindById", Stand.findById("LAB-2"));

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(Stand.code(answer)).isEqualTo("unknown-device");
        assertThat(stand.call("paul", Wire.SOAP11, "Find", "<t:Find><t:criteria/></t:Find>")
                        .body())
                .contains("totalCount>0<");
    }

    @Test
    void devices_are_created_found_changed_and_retired_entry_by_entry() {
        String created = ok(
                "installer",
                "Create",
                "<t:Create>" + device("first", "N-1", "St. Anna") + device("second", "N-2", "St. Anna")
                        + device("third", "N-1", "St. Other") + "</t:Create>");
        assertThat(created)
                .contains("successful>false<", "totalCount>3<")
                .containsSubsequence("ref>first<", "id>N-1<", "version>1<", "ref>second<", "failures", "ref>third<")
                .contains("code>conflict<");

        String page = ok(
                "installer",
                "Find",
                "<t:Find><t:criteria><t:customer>St. Anna</t:customer><t:pageSize>1</t:pageSize>"
                        + "<t:sortPropertyName>id</t:sortPropertyName><t:sortAscending>false</t:sortAscending>"
                        + "</t:criteria></t:Find>");
        assertThat(page).contains("totalCount>2<", "pageNumber>1<", "id>N-2<").doesNotContain("id>N-1<");

        String updated = ok(
                "installer",
                "Update",
                "<t:Update><t:device><t:id>N-1</t:id><t:version>1</t:version><t:site>Annex</t:site></t:device>"
                        + "<t:device><t:id>N-2</t:id><t:version>7</t:version><t:site>Annex</t:site></t:device></t:Update>");
        assertThat(updated)
                .containsSubsequence("ref>1<", "version>2<", "ref>2<", "code>conflict<", "details>the version is ");
        assertThat(ok("installer", "FindById", Stand.findById("N-1"))).contains("site>Annex<");

        String retired = ok(
                "installer",
                "Retire",
                "<t:Retire><t:device><t:id>N-1</t:id><t:version>2</t:version></t:device>"
                        + "<t:reason>worn out</t:reason></t:Retire>");
        assertThat(retired).contains("successful>true<");
        assertThat(ok("installer", "FindById", Stand.findById("N-1"))).contains("state>retired<", "retiredAt>");
        assertThat(ok(
                        "installer",
                        "Find",
                        "<t:Find><t:criteria><t:customer>St. Anna</t:customer></t:criteria></t:Find>"))
                .contains("totalCount>1<");
        assertThat(
                        stand.room.postgres.value(
                                "SELECT string_agg(actor || ' ' || code, ', ' ORDER BY id) FROM audit_entry WHERE subject = 'N-1'"))
                .isEqualTo("integration:installer device.registered, integration:installer device.changed,"
                        + " integration:installer certificate.revoked,"
                        + " integration:installer device.retired");
    }

    @Test
    void whoever_may_only_read_changes_nothing() {
        assertThat(ok("erp", "Create", "<t:Create>" + device("x", "N-9", "St. Anna") + "</t:Create>"))
                .contains("successful>false<", "code>forbidden<", "message>You may not do this.<");
        assertThat(stand.room.postgres.value("SELECT count(*) FROM device WHERE id = 'N-9'"))
                .isEqualTo("0");
    }

    @Test
    void names_are_counted_filtered_and_paged() {
        stand.device("LAB-3");
        assertThat(ok("erp", "FindModels", "<t:FindModels><t:criteria/></t:FindModels>"))
                .contains("id>Analyser 3<", "deviceCount>");
        assertThat(ok(
                        "erp",
                        "FindCustomers",
                        "<t:FindCustomers><t:criteria><t:text>mary ST.</t:text></t:criteria></t:FindCustomers>"))
                .contains("totalCount>1<", "id>St. Mary<");
        assertThat(ok(
                        "erp",
                        "FindSites",
                        "<t:FindSites><t:criteria><t:customer>St. Mary</t:customer><t:pageNumber>9</t:pageNumber>"
                                + "</t:criteria></t:FindSites>"))
                .contains("pageNumber>1<", "id>Basel<", "customer>St. Mary<");
        assertThat(ok("paul", "FindRegions", "<t:FindRegions><t:criteria/></t:FindRegions>"))
                .contains("totalCount>0<");
    }

    @Test
    void groups_are_made_filled_found_by_and_deleted() {
        stand.device("LAB-4");
        assertThat(ok(
                        "erp",
                        "CreateGroups",
                        "<t:CreateGroups><t:group><t:id>night</t:id><t:description/></t:group></t:CreateGroups>"))
                .contains("successful>true<");
        assertThat(ok(
                        "erp",
                        "AddToGroup",
                        "<t:AddToGroup><t:group>night</t:group><t:device>LAB-4</t:device><t:device>LAB-none</t:device>"
                                + "</t:AddToGroup>"))
                .contains("id>LAB-4<", "code>unknown-device<");
        assertThat(ok("erp", "Find", "<t:Find><t:criteria><t:group>night</t:group></t:criteria></t:Find>"))
                .contains("totalCount>1<", "id>LAB-4<");
        assertThat(ok("erp", "FindGroups", "<t:FindGroups><t:criteria/></t:FindGroups>"))
                .contains("id>night<", "deviceCount>1<", "createdBy>integration:erp<");
        assertThat(ok(
                        "erp",
                        "RemoveFromGroup",
                        "<t:RemoveFromGroup><t:group>night</t:group><t:device>LAB-4</t:device></t:RemoveFromGroup>"))
                .contains("successful>true<");
        assertThat(ok("erp", "DeleteGroups", "<t:DeleteGroups><t:id>night</t:id></t:DeleteGroups>"))
                .contains("successful>true<");
        assertThat(ok("erp", "FindGroups", "<t:FindGroups><t:criteria/></t:FindGroups>"))
                .contains("totalCount>0<");
    }
}
