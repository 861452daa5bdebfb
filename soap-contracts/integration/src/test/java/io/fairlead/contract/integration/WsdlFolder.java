package io.fairlead.contract.integration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** The files of {@code wsdl/integration}, as XML. */
final class WsdlFolder {
    static final String XS = XMLConstants.W3C_XML_SCHEMA_NS_URI;
    static final String WSDL = "http://schemas.xmlsoap.org/wsdl/";
    static final Path PATH = Path.of(System.getProperty("fairlead.root", "../.."), "wsdl", "integration");

    private WsdlFolder() {}

    /** The files of an ending, in order of name. */
    static List<Path> files(String ending) throws IOException {
        try (Stream<Path> all = Files.list(PATH)) {
            return all.filter(file -> file.toString().endsWith(ending)).sorted().toList();
        }
    }

    static Document read(Path file) throws IOException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        try {
            return factory.newDocumentBuilder().parse(file.toFile());
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException(file + " is no XML", e);
        }
    }

    /** All elements of a name below a node, however deep, in order. */
    static List<Element> below(Node node, String namespace, String name) {
        var found = (node instanceof Document document ? document.getDocumentElement() : (Element) node)
                .getElementsByTagNameNS(namespace, name);
        List<Element> all = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            all.add((Element) found.item(i));
        }
        return all;
    }

    /** The children of any name in a namespace, in order. */
    static List<Element> children(Node node, String namespace) {
        List<Element> all = new ArrayList<>();
        for (Node child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element && namespace.equals(element.getNamespaceURI())) {
                all.add(element);
            }
        }
        return all;
    }

    /** The children of a name, in order. */
    static List<Element> children(Node node, String namespace, String name) {
        return children(node, namespace).stream()
                .filter(child -> child.getLocalName().equals(name))
                .toList();
    }

    /** What a prefixed name means, as {@code device:Device}; {@code xs:string} for XML Schema's own. */
    static String meant(Element where, String prefixed) {
        int colon = prefixed.indexOf(':');
        String namespace = where.lookupNamespaceURI(colon < 0 ? null : prefixed.substring(0, colon));
        String local = prefixed.substring(colon + 1);
        return XS.equals(namespace) ? "xs:" + local : named(namespace, local);
    }

    /** A name of a namespace of ours: its last word that is none of the WSDL's, a colon, the name. */
    static String named(String namespace, String local) {
        String stem = namespace.replaceFirst(":wsdl$", "");
        return stem.substring(stem.lastIndexOf(':') + 1) + ":" + local;
    }
}
