package io.fairlead.enterprise.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

class ContractPagesTest {
    private static HttpRequest.Builder page(Stand stand, String query) {
        return HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + stand.port() + "/services/v1/DeviceService" + query));
    }

    @Test
    void a_contract_is_shown_to_who_may_call_with_the_published_address(@TempDir Path folder) throws Exception {
        try (Stand stand = new Stand(folder)) {
            HttpResponse<String> wsdl = stand.send(page(stand, "?wsdl").header("Authorization", stand.basic("erp")));

            assertThat(wsdl.statusCode()).isEqualTo(200);
            assertThat(wsdl.headers().firstValue("Content-Type")).contains("text/xml; charset=utf-8");
            assertThat(wsdl.body())
                    .contains(
                            "location=\"https://lab.example:8443/services/v1/DeviceService\"",
                            "location=\"https://lab.example:8443/services/v1/soap12/DeviceService\"",
                            "schemaLocation=\"https://lab.example:8443/services/v1/DeviceService?xsd=common.xsd\"",
                            "<documentation>")
                    .doesNotContain("console.example");
            for (String schema : new String[] {"common.xsd", "DeviceService.xsd"}) {
                HttpResponse<String> xsd =
                        stand.send(page(stand, "?xsd=" + schema).header("Authorization", stand.basic("erp")));
                assertThat(xsd.statusCode()).isEqualTo(200);
                assertThat(DocumentBuilderFactory.newInstance()
                                .newDocumentBuilder()
                                .parse(new InputSource(new StringReader(xsd.body())))
                                .getDocumentElement()
                                .getTagName())
                        .isEqualTo("xs:schema");
            }
            for (String none :
                    new String[] {"?xsd=../agent-channel.xsd", "?xsd=AlarmService.xsd", "?wsdl=x", "", "?x"}) {
                HttpResponse<String> answer = stand.send(page(stand, none).header("Authorization", stand.basic("erp")));
                assertThat(answer.statusCode()).as(none).isEqualTo(404);
            }
            assertThat(stand.send(page(stand, "?wsdl")).statusCode()).isEqualTo(401);
        }
    }

    @Test
    void a_contract_is_shown_to_anybody_where_the_configuration_says_so(@TempDir Path folder) throws IOException {
        try (Stand stand = new Stand(folder, null, true)) {
            assertThat(stand.send(page(stand, "?wsdl")).statusCode()).isEqualTo(200);
            assertThat(stand.send(page(stand, "?xsd=common.xsd")).statusCode()).isEqualTo(200);
            assertThat(stand.send(
                                    stand.at(Wire.SOAP11)
                                            .header("Content-Type", "text/xml")
                                            .header("SOAPAction", Stand.SERVICE + "Find"),
                                    Stand.envelope(Wire.SOAP11, "", "<t:Find><t:criteria/></t:Find>"))
                            .statusCode())
                    .as("to call is another thing")
                    .isEqualTo(401);
        }
    }
}
