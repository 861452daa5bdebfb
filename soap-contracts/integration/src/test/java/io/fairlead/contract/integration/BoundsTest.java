package io.fairlead.contract.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

/** What every message of the contracts keeps to. */
class BoundsTest {
    private static final Set<String> OPEN =
            Set.of("xs:string", "xs:token", "xs:anyURI", "xs:dateTime", "xs:anyType", "xs:decimal");
    /** A pattern that lets any length pass: a star, a plus or an open count outside of a class. */
    private static final Pattern ENDLESS = Pattern.compile("[*+]|\\{[0-9]+,\\}");

    private static final Pattern CLASS = Pattern.compile("\\[(\\\\.|[^\\]\\\\])*\\]");

    @Test
    void every_text_is_bounded() throws IOException {
        for (Path file : WsdlFolder.files(".xsd")) {
            for (Element type : WsdlFolder.below(WsdlFolder.read(file), WsdlFolder.XS, "simpleType")) {
                Element restriction =
                        WsdlFolder.children(type, WsdlFolder.XS, "restriction").get(0);
                if (WsdlFolder.meant(restriction, restriction.getAttribute("base"))
                        .equals("xs:string")) {
                    assertThat(bounded(restriction))
                            .as(file.getFileName() + " " + type.getAttribute("name"))
                            .isTrue();
                }
            }
        }
    }

    private static boolean bounded(Element restriction) {
        return WsdlFolder.children(restriction, WsdlFolder.XS).stream()
                .anyMatch(facet -> switch (facet.getLocalName()) {
                    case "enumeration", "maxLength", "length" -> true;
                    case "pattern" ->
                        !ENDLESS.matcher(CLASS.matcher(facet.getAttribute("value"))
                                        .replaceAll("c"))
                                .find();
                    default -> false;
                });
    }

    @Test
    void every_element_has_a_bounded_type_and_a_bounded_count() throws IOException {
        for (Path file : WsdlFolder.files(".xsd")) {
            for (Element element : WsdlFolder.below(WsdlFolder.read(file), WsdlFolder.XS, "element")) {
                String where = file.getFileName() + " " + element.getAttribute("name");
                assertThat(element.getAttribute("maxOccurs")).as(where).isNotEqualTo("unbounded");
                if (!element.getAttribute("type").isEmpty()) {
                    assertThat(WsdlFolder.meant(element, element.getAttribute("type")))
                            .as(where)
                            .isNotIn(OPEN);
                }
            }
            for (String loose : List.of("any", "anyAttribute", "attribute", "choice", "all", "extension", "group")) {
                assertThat(WsdlFolder.below(WsdlFolder.read(file), WsdlFolder.XS, loose))
                        .as(file.getFileName() + " has xs:" + loose + ", which some SOAP stacks cannot map")
                        .isEmpty();
            }
        }
    }

    @Test
    void bytes_of_files_are_the_last_of_their_message_and_may_be_an_attachment() throws IOException {
        int found = 0;
        for (Path file : WsdlFolder.files(".xsd")) {
            for (Element element : WsdlFolder.below(WsdlFolder.read(file), WsdlFolder.XS, "element")) {
                if (element.getAttribute("type").equals("xs:base64Binary")) {
                    found++;
                    boolean first = element.getAttribute("name").equals("content");
                    assertThat(first)
                            .as(file.getFileName() + ": bytes are called content")
                            .isTrue();
                    boolean attached = file.endsWith("FileService.xsd");
                    assertThat(element.getAttributeNS("http://www.w3.org/2005/05/xmlmime", "expectedContentTypes"))
                            .as(file.getFileName() + ": what goes in the envelope is no attachment")
                            .isEqualTo(attached ? "application/octet-stream" : "");
                    if (attached) {
                        List<Element> all = WsdlFolder.children(element.getParentNode(), WsdlFolder.XS);
                        assertThat(all.get(all.size() - 1)).isSameAs(element);
                    }
                }
            }
        }
        assertThat(found).isGreaterThan(1);
    }

    @Test
    void every_operation_is_wrapped_has_the_fault_and_is_there_in_both_versions_of_soap() throws IOException {
        Map<String, Contract.Block> blocks = Contract.read(WsdlFolder.PATH).blocks();
        for (Path file : WsdlFolder.files(".wsdl")) {
            String service = file.getFileName().toString().replace(".wsdl", "");
            String stem = WsdlFolder.named(
                            WsdlFolder.read(file).getDocumentElement().getAttribute("targetNamespace"), "")
                    .replace(":", "");
            List<Contract.Block> operations = blocks.values().stream()
                    .filter(block -> block.key().startsWith("operation " + service + "."))
                    .toList();
            assertThat(operations).isNotEmpty().allSatisfy(operation -> {
                String name = operation.key().substring(operation.key().indexOf('.') + 1);
                assertThat(operation.lines())
                        .contains(
                                "input " + stem + ":" + name,
                                "output " + stem + ":" + name + "Response",
                                "soap11 urn:fairlead:integration:1:" + service + ":" + name,
                                "soap12 urn:fairlead:integration:1:" + service + ":" + name);
                // What a subscriber refuses, he refuses in his own words.
                if (!service.equals("NotificationConsumer")) {
                    assertThat(operation.lines()).contains("fault common:FairleadFault");
                }
            });
            assertThat(blocks.keySet().stream()
                            .filter(key -> key.startsWith("port " + service + "."))
                            .collect(Collectors.toSet()))
                    .hasSize(2);
        }
    }
}
