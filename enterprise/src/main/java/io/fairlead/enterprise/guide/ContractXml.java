package io.fairlead.enterprise.guide;

import io.fairlead.contract.integration.common.FairleadFault;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/**
 * A service's WSDL with its schemas: what an element or a type of a name is.
 *
 * @param types and elements, by kind and name as {@code element {urn:…}Find}
 */
record ContractXml(Map<String, String> files, Element definitions, String namespace, Map<String, Element> types) {
    private static final String FOLDER = "/io/fairlead/contract/integration/";

    static ContractXml read(String service) {
        Map<String, String> files = new LinkedHashMap<>();
        for (String name : new String[] {service + ".wsdl", service + ".xsd", "common.xsd"}) {
            files.put(name, resource(name));
        }
        Map<String, Element> types = new HashMap<>();
        String namespace = add(types, files.getOrDefault(service + ".xsd", ""));
        String unused = add(types, files.getOrDefault("common.xsd", ""));
        return new ContractXml(files, Xml.root(files.getOrDefault(service + ".wsdl", "")), namespace, types);
    }

    private static String add(Map<String, Element> types, String text) {
        Element schema = Xml.root(text);
        String namespace = schema.getAttribute("targetNamespace");
        for (String kind : new String[] {"element", "complexType", "simpleType"}) {
            Xml.children(schema, kind).forEach(one -> types.put(key(kind, namespace, one.getAttribute("name")), one));
        }
        return namespace;
    }

    private static String key(String kind, @Nullable String namespace, String name) {
        return kind + " {" + namespace + "}" + name;
    }

    private static String resource(String name) {
        try (InputStream in = FairleadFault.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new IllegalStateException("the contract's jar lacks " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An element that a message may be. */
    Element element(String name) {
        Element found = types.get(key("element", namespace, name));
        if (found == null) {
            throw new IllegalStateException("the schema has no element " + name);
        }
        return found;
    }

    /** What a type of an element is, by its prefixed name; null when it is none of ours. */
    @Nullable
    Element type(String kind, Element where, String prefixed) {
        int colon = prefixed.indexOf(':');
        return types.get(key(
                kind,
                where.lookupNamespaceURI(colon < 0 ? null : prefixed.substring(0, colon)),
                prefixed.substring(colon + 1)));
    }

    /** The name space in which an element of a schema is declared. */
    static String declaredIn(Element element) {
        return element.getOwnerDocument().getDocumentElement().getAttribute("targetNamespace");
    }
}
