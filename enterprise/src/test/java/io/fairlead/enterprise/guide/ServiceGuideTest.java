package io.fairlead.enterprise.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.transform.Source;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xml.sax.SAXException;

/** What integrators are shown is what the contract takes. */
class ServiceGuideTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "DeviceService",
                "DataService",
                "AlarmService",
                "InstructionService",
                "FileService",
                "RemoteSessionService",
                "AuditService",
                "UserService",
                "NotificationService",
                "NotificationConsumer"
            })
    void every_sample_is_valid_with_and_without_what_may_be_left_out(String service) throws Exception {
        ServiceGuide guide = ServiceGuide.read(service);
        Schema schema = schema(guide);
        List<String> wrong = new ArrayList<>();
        for (OperationGuide operation : guide.operations()) {
            String bare = operation.body();
            // Each that may be left out, taken out of its comment.
            String full = bare.replaceAll("<!-- optional: [^\n]*\n", "").replaceAll("(?m)^ *-->\n", "");
            for (String each : List.of(bare, full)) {
                try {
                    schema.newValidator().validate(new StreamSource(new StringReader(each)));
                } catch (SAXException e) {
                    wrong.add(operation.name() + ": " + e.getMessage() + "\n" + each);
                }
            }
            assertThat(operation.purpose()).as(operation.name()).isNotEmpty();
            assertThat(operation.action()).isEqualTo("urn:fairlead:integration:1:" + service + ":" + operation.name());
        }
        assertThat(wrong).isEmpty();
        assertThat(guide.operations()).isNotEmpty();
        assertThat(guide.purpose()).endsWith(".");
    }

    @Test
    void a_sample_has_a_comment_on_all_that_it_may_have() {
        OperationGuide find = operation("Find");
        assertThat(find.body()).contains("<t:Find xmlns:t=\"urn:fairlead:integration:1:device\"", "<!-- optional: ");
        assertThat(find.sample(SoapVersion.SOAP12).type())
                .isEqualTo(
                        "application/soap+xml; charset=utf-8; action=\"urn:fairlead:integration:1:DeviceService:Find\"");
        assertThat(find.curl(SoapVersion.SOAP11, "https://lab.example", "erp")).isEqualTo("""
                curl --user 'erp' \\
                  --header 'Content-Type: text/xml; charset=utf-8' \\
                  --header 'SOAPAction: "urn:fairlead:integration:1:DeviceService:Find"' \\
                  --data-binary @- 'https://lab.example/services/v1/DeviceService' <<'ENVELOPE'
                """);
    }

    @Test
    void a_service_that_the_contract_does_not_have_is_none() {
        assertThatThrownBy(() -> ServiceGuide.read("NoService")).hasMessageContaining("lacks NoService.wsdl");
    }

    private static OperationGuide operation(String name) {
        return ServiceGuide.read("DeviceService").operation(name).orElseThrow();
    }

    private static Schema schema(ServiceGuide guide) throws SAXException {
        SchemaFactory factory = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI);
        factory.setResourceResolver((type, namespace, publicId, systemId, base) -> null);
        Source common = new StreamSource(new StringReader(guide.files().get("common.xsd")));
        String own = guide.files().get(guide.name() + ".xsd").replaceAll("schemaLocation=\"[^\"]*\"", "");
        return factory.newSchema(new Source[] {common, new StreamSource(new StringReader(own))});
    }
}
