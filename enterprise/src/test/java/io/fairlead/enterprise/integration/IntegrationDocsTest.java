package io.fairlead.enterprise.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.soap.Fault;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** What docs/integration.md tells integrators is what the contract and the server say. */
class IntegrationDocsTest {
    private static final Path ROOT = Path.of(System.getProperty("fairlead.root", ".."));
    /** What agents, people and browsers alone are told. Whatever else there is, the table has. */
    private static final Set<Fault> ELSEWHERE = Set.of(
            Fault.NO_CERTIFICATE,
            Fault.CERTIFICATE_REFUSED,
            Fault.CERTIFICATE_EXPIRED,
            Fault.CIPHER_REFUSED,
            Fault.WRONG_DEVICE,
            Fault.ENROLMENT_REFUSED,
            Fault.REQUEST_REFUSED,
            Fault.OBSERVED_AT,
            Fault.DUPLICATE_ITEM,
            Fault.TOO_MANY_ITEMS,
            Fault.STORAGE_REFUSED,
            Fault.JOURNAL_BEHIND,
            Fault.OPERATOR_REFUSED,
            Fault.PASSKEY_NEEDED,
            Fault.PASSKEY_REFUSED,
            Fault.NOT_LOGGED_IN,
            Fault.LOGIN_REFUSED,
            Fault.LINK_REFUSED,
            Fault.UNKNOWN_COMMAND,
            Fault.CROSS_SITE,
            Fault.IDENTITY_HELD,
            Fault.TRANSFER_ENDED,
            Fault.OFFSET);

    private static final Pattern ENVELOPE = Pattern.compile("(?s)<(\\w+):Envelope\\b.*?</\\1:Envelope>");
    private static final Pattern BARE = Pattern.compile("(?sm)^<((?:\\w+:)?[A-Z]\\w+)[\\s>].*?</\\1>");
    private static final String ELIDED = "\u2026";

    private static String docs;

    @BeforeAll
    static void read() throws IOException {
        docs = Files.readString(ROOT.resolve("docs/integration.md"));
    }

    @Test
    void the_table_of_codes_has_every_fault_and_says_whether_trying_again_makes_sense() {
        Map<String, Boolean> told = new TreeMap<>();
        String section = docs.substring(docs.indexOf("\n## Codes\n"), docs.indexOf("\n## How to call\n"));
        section.lines().filter(line -> line.startsWith("| `")).forEach(line -> {
            String[] cells = line.split(" \\| ", -1);
            Pattern.compile("`([a-z-]+)`").matcher(cells[0]).results().forEach(code -> {
                assertThat(told.put(code.group(1), cells[2].startsWith("yes")))
                        .as(code.group(1) + " stands there once")
                        .isNull();
            });
        });
        Map<String, Boolean> faults = new TreeMap<>();
        Arrays.stream(Fault.values())
                .filter(fault -> !ELSEWHERE.contains(fault))
                .forEach(fault -> faults.put(fault.key(), fault.retryAfterSeconds() > 0));
        assertThat(told).isEqualTo(faults);
    }

    @Test
    void every_sample_is_what_the_schemas_say() throws Exception {
        List<String> wrong = new ArrayList<>();
        Set<String> names = new TreeSet<>();
        for (String block : blocks()) {
            // What a shell puts in.
            String rest = block.replaceAll("\\$\\([^)]*\\)", "1").replaceAll("<\\?xml[^>]*>", "");
            for (Pattern kind : List.of(ENVELOPE, BARE)) {
                for (String sample :
                        kind.matcher(rest).results().map(found -> found.group()).toList()) {
                    rest = rest.replace(sample, "");
                    if (!sample.contains(ELIDED)) {
                        names.add(judged(sample, wrong));
                    }
                }
            }
            Matcher unfinished = Pattern.compile("(?m)^<[^\n]*").matcher(rest);
            while (unfinished.find()) {
                if (!unfinished.group().contains(ELIDED)) {
                    wrong.add("no whole element, and not marked so: " + unfinished.group());
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(names)
                .contains("Upload", "FindById", "FindValuesResponse", "AcknowledgeResponse", "Notify", "PushTrainings")
                .hasSizeGreaterThan(9);
    }

    private static List<String> blocks() {
        String[] parts = docs.split("(?m)^```[a-z]*\n", -1);
        List<String> blocks = new ArrayList<>();
        for (int i = 1; i < parts.length; i += 2) {
            blocks.add(parts[i]);
        }
        assertThat(parts.length % 2).as("each block ends").isEqualTo(1);
        return blocks;
    }

    /** Answers the name of what was validated. */
    private static String judged(String sample, List<String> wrong) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        Element element;
        try {
            element = factory.newDocumentBuilder()
                    .parse(new InputSource(new StringReader(sample)))
                    .getDocumentElement();
        } catch (SAXException e) {
            wrong.add(e.getMessage() + "\n" + sample);
            return "";
        }
        if (element.getLocalName().equals("Envelope")) {
            element =
                    child((Element) element.getElementsByTagNameNS("*", "Body").item(0));
        }
        Node include = element.getElementsByTagNameNS("http://www.w3.org/2004/08/xop/include", "Include")
                .item(0);
        if (include != null) {
            // The bytes behind the envelope stand for it.
            include.getParentNode().setTextContent("");
        }
        try {
            SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                    .newSchema(schema(element.getNamespaceURI()).toFile())
                    .newValidator()
                    .validate(new DOMSource(element));
        } catch (SAXException e) {
            wrong.add(e.getMessage() + "\n" + sample);
        }
        return element.getLocalName();
    }

    private static Element child(Element parent) {
        for (Node each = parent.getFirstChild(); each != null; each = each.getNextSibling()) {
            if (each instanceof Element element) {
                return element;
            }
        }
        throw new AssertionError("an empty body");
    }

    private static Path schema(String namespace) throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve("wsdl/integration"))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".xsd")).toList()) {
                if (Files.readString(file).contains("targetNamespace=\"" + namespace + "\"")) {
                    return file;
                }
            }
        }
        throw new AssertionError("no schema of " + namespace);
    }
}
