package io.fairlead.contract.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.contract.integration.data.FindHistory;
import io.fairlead.contract.integration.data.HistoryCriteria;
import io.fairlead.contract.integration.device.DeviceList;
import io.fairlead.contract.integration.device.DevicePage;
import io.fairlead.contract.integration.device.FindResponse;
import jakarta.xml.bind.JAXBContext;
import jakarta.xml.bind.JAXBException;
import jakarta.xml.bind.Unmarshaller;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.SAXException;

/** The Java that is made of the contracts says on the wire what they say. */
class GeneratedTest {
    private static Schema schema(String file) throws SAXException {
        return SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(WsdlFolder.PATH.resolve(file).toFile());
    }

    private static String written(JAXBContext context, Object document) throws JAXBException {
        StringWriter text = new StringWriter();
        context.createMarshaller().marshal(document, text);
        return text.toString();
    }

    @Test
    void the_contracts_travel_with_the_classes() throws IOException {
        for (String ending : List.of(".wsdl", ".xsd")) {
            assertThat(WsdlFolder.files(ending))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(GeneratedTest.class.getResource(
                                    file.getFileName().toString()))
                            .isNotNull());
        }
    }

    @Test
    void an_empty_page_is_valid_and_has_an_empty_list() throws Exception {
        DevicePage page = new DevicePage();
        page.setTotalCount(0);
        page.setPageNumber(1);
        page.setPageSize(100);
        page.setDevices(new DeviceList());
        FindResponse response = new FindResponse();
        response.setPage(page);
        JAXBContext context = JAXBContext.newInstance(FindResponse.class);
        String text = written(context, response);
        schema("DeviceService.xsd").newValidator().validate(new StreamSource(new StringReader(text)));
        assertThat(text).contains("devices");
        FindResponse read = (FindResponse) context.createUnmarshaller().unmarshal(new StringReader(text));
        assertThat(read.getPage().getDevices().getDevice()).isEmpty();
    }

    @Test
    void times_are_utc_with_fractions_any_zone_is_read_and_none_is_refused() throws Exception {
        HistoryCriteria criteria = new HistoryCriteria();
        criteria.setDevice("LAB-7");
        criteria.setItem("temperature");
        criteria.setFrom(Instant.parse("2026-11-22T04:00:00.123456Z"));
        criteria.setTo(Instant.parse("2026-11-22T05:00:00Z"));
        FindHistory find = new FindHistory();
        find.setCriteria(criteria);
        JAXBContext context = JAXBContext.newInstance(FindHistory.class);
        String text = written(context, find);
        assertThat(text).contains("2026-11-22T04:00:00.123456Z");

        Unmarshaller reader = context.createUnmarshaller();
        reader.setSchema(schema("DataService.xsd"));
        FindHistory read = (FindHistory)
                reader.unmarshal(new StringReader(text.replace("2026-11-22T05:00:00Z", "2026-11-22T06:30:00+01:30")));
        assertThat(read.getCriteria().getTo()).isEqualTo(Instant.parse("2026-11-22T05:00:00Z"));
        assertThatThrownBy(() ->
                        reader.unmarshal(new StringReader(text.replace("2026-11-22T05:00:00Z", "2026-11-22T05:00:00"))))
                .isInstanceOf(JAXBException.class);
        assertThatThrownBy(() -> reader.unmarshal(new StringReader(text.replace("temperature", "température"))))
                .isInstanceOf(JAXBException.class);
    }
}
