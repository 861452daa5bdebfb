package io.fairlead.contract.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

/** Whoever reads nothing but the contract learns from it what everything means. */
class DocumentedTest {
    @Test
    void every_element_every_type_and_every_value_says_what_it_means() throws IOException {
        List<String> mute = new ArrayList<>();
        int told = 0;
        for (Path file : WsdlFolder.files(".xsd")) {
            for (String kind : List.of("schema", "element", "complexType", "simpleType", "enumeration")) {
                List<Element> all = new ArrayList<>(WsdlFolder.below(WsdlFolder.read(file), WsdlFolder.XS, kind));
                if (kind.equals("schema")) {
                    all.add(WsdlFolder.read(file).getDocumentElement());
                }
                for (Element one : all) {
                    boolean nameless =
                            kind.endsWith("Type") && one.getAttribute("name").isEmpty();
                    if (!nameless && words(one).length() < 3) {
                        mute.add(file.getFileName() + " " + kind + " " + one.getAttribute("name")
                                + one.getAttribute("value"));
                    }
                    told++;
                }
            }
        }
        assertThat(mute).isEmpty();
        assertThat(told).isGreaterThan(500);
    }

    @Test
    void every_service_and_every_operation_says_what_it_does() throws IOException {
        for (Path file : WsdlFolder.files(".wsdl")) {
            Element definitions = WsdlFolder.read(file).getDocumentElement();
            List<Element> all = new ArrayList<>(List.of(definitions));
            WsdlFolder.below(definitions, WsdlFolder.WSDL, "portType")
                    .forEach(port -> all.addAll(WsdlFolder.children(port, WsdlFolder.WSDL, "operation")));
            assertThat(all)
                    .hasSizeGreaterThan(1)
                    .allSatisfy(one -> assertThat(WsdlFolder.children(one, WsdlFolder.WSDL, "documentation"))
                            .as(file.getFileName() + " " + one.getAttribute("name"))
                            .singleElement()
                            .satisfies(
                                    words -> assertThat(words.getTextContent()).isNotBlank()));
        }
    }

    @Test
    void the_page_for_integrators_names_every_operation_and_no_other() throws IOException {
        String page = Files.readString(WsdlFolder.PATH.resolve("../../docs/integration.md"));
        Map<String, Set<String>> told = new TreeMap<>();
        Matcher row = Pattern.compile("(?m)^\\| ([A-Z]\\w+) \\|[^|\\n]*\\| ([\\w,; ]+) \\|$")
                .matcher(page);
        while (row.find()) {
            told.put(row.group(1), new TreeSet<>(List.of(row.group(2).split("[,; ]+"))));
        }
        Map<String, Set<String>> offered = new TreeMap<>();
        Contract.read(WsdlFolder.PATH).blocks().keySet().stream()
                .filter(key -> key.startsWith("operation "))
                .map(key -> key.substring(key.indexOf(' ') + 1).split("\\."))
                .forEach(key -> offered.computeIfAbsent(key[0], service -> new TreeSet<>())
                        .add(key[1]));
        assertThat(told).isEqualTo(offered);
    }

    private static String words(Element one) {
        StringBuilder words = new StringBuilder();
        for (Element annotation : WsdlFolder.children(one, WsdlFolder.XS, "annotation")) {
            words.append(annotation.getTextContent().strip());
        }
        return words.toString();
    }
}
