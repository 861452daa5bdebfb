package io.fairlead.agent.instruction;

import java.io.ByteArrayInputStream;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Whether a document has an order's elements and attributes, all that must be there, once, and no others. JAXB passes over an
 * attribute that it does not know, takes the last of two elements, and fills a missing label in; what is signed must not
 * be read so kindly.
 */
final class OrderShape {
    private static final Set<String> ORDER = Set.of("label", "device", "enrolment", "sequence", "notAfter");
    /** Words for the person at the instrument; an order may go without. */
    private static final Set<String> WORDS = Set.of("by", "reason");

    private static final Map<String, Set<String>> KINDS = Map.ofEntries(
            Map.entry("collect", Set.of()),
            Map.entry("set", Set.of("key", "value")),
            Map.entry("diagnose", Set.of("name")),
            Map.entry("restart", Set.of()),
            Map.entry("upload", Set.of("transfer", "path")),
            Map.entry("receive", Set.of("transfer", "name", "size", "sha256")),
            Map.entry("diagnosticPackage", Set.of("transfer")),
            Map.entry("cancel", Set.of("transfer")),
            Map.entry("openSession", Set.of("session", "organisation", "services", "minutes")),
            Map.entry("openStream", Set.of("session", "stream", "service", "relay", "ticket")),
            Map.entry("endSession", Set.of("session", "cause")));

    boolean fits(byte[] document) {
        try {
            XMLStreamReader reader = factory().createXMLStreamReader(new ByteArrayInputStream(document), "UTF-8");
            return reader.nextTag() == XMLStreamConstants.START_ELEMENT
                    && ofOrder(attributes(reader))
                    && reader.nextTag() == XMLStreamConstants.START_ELEMENT
                    && attributes(reader).equals(KINDS.get(reader.getLocalName()))
                    && reader.nextTag() == XMLStreamConstants.END_ELEMENT
                    && reader.nextTag() == XMLStreamConstants.END_ELEMENT;
        } catch (XMLStreamException e) {
            return false;
        }
    }

    /** Made for each order, of which there are few: an agent at rest has no parser loaded. */
    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory;
    }

    private static boolean ofOrder(Set<String> names) {
        names.removeAll(WORDS);
        return names.equals(ORDER);
    }

    /** Names of attributes; one from another name space is under a name that nothing here has. */
    private static Set<String> attributes(XMLStreamReader reader) {
        Set<String> names = new TreeSet<>();
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            names.add(reader.getAttributeName(i).toString());
        }
        return names;
    }
}
