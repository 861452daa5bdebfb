package io.fairlead.contract.integration;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.w3c.dom.Element;

/**
 * What a client is made from, without words and formatting: operations, ports, elements, types. Written as text it is
 *
 * <pre>
 *   type device:Device
 *     id common:DeviceId 1..1
 *     stolenSince common:Time 0..1
 * </pre>
 *
 * @param blocks by their key
 */
record Contract(Map<String, Block> blocks) {
    private static final String SOAP11 = "http://schemas.xmlsoap.org/wsdl/soap/";
    private static final String SOAP12 = "http://schemas.xmlsoap.org/wsdl/soap12/";

    /**
     * One thing.
     *
     * @param key its kind and its name
     */
    record Block(String key, List<String> lines) {
        String kind() {
            return key.substring(0, key.indexOf(' '));
        }
    }

    Contract {
        blocks = new TreeMap<>(blocks);
    }

    static Contract read(Path folder) throws IOException {
        Map<String, Block> blocks = new TreeMap<>();
        for (Path file : WsdlFolder.files(".xsd")) {
            schema(WsdlFolder.read(folder.resolve(file.getFileName())).getDocumentElement(), blocks);
        }
        for (Path file : WsdlFolder.files(".wsdl")) {
            service(WsdlFolder.read(folder.resolve(file.getFileName())).getDocumentElement(), blocks);
        }
        return new Contract(blocks);
    }

    /** What {@link #text} wrote. */
    static Contract of(String text) {
        Map<String, Block> blocks = new TreeMap<>();
        Block open = null;
        for (String line : text.split("\n")) {
            if (line.startsWith("  ") && open != null) {
                open.lines().add(line.strip());
            } else if (!line.isBlank() && !line.startsWith("#")) {
                open = new Block(line.strip(), new ArrayList<>());
                put(blocks, open);
            }
        }
        return new Contract(blocks);
    }

    String text() {
        StringBuilder text = new StringBuilder();
        blocks.values().forEach(block -> {
            text.append(block.key()).append('\n');
            block.lines().forEach(line -> text.append("  ").append(line).append('\n'));
        });
        return text.toString();
    }

    private static void put(Map<String, Block> blocks, Block block) {
        if (blocks.put(block.key(), block) != null) {
            throw new IllegalStateException(block.key() + " is there twice");
        }
    }

    private static void schema(Element schema, Map<String, Block> blocks) {
        String namespace = schema.getAttribute("targetNamespace");
        for (Element each : WsdlFolder.children(schema, WsdlFolder.XS)) {
            String name = WsdlFolder.named(namespace, each.getAttribute("name"));
            switch (each.getLocalName()) {
                case "element" -> put(blocks, new Block("element " + name, members(each)));
                case "complexType" -> put(blocks, new Block("type " + name, members(each)));
                case "simpleType" -> put(blocks, simple(name, each));
                default -> {}
            }
        }
    }

    private static List<String> members(Element holder) {
        return WsdlFolder.below(holder, WsdlFolder.XS, "element").stream()
                .map(one -> one.getAttribute("name") + " " + WsdlFolder.meant(one, one.getAttribute("type")) + " "
                        + count(one, "minOccurs") + ".." + count(one, "maxOccurs"))
                .toList();
    }

    private static String count(Element element, String attribute) {
        return element.getAttribute(attribute).isEmpty() ? "1" : element.getAttribute(attribute);
    }

    private static Block simple(String name, Element type) {
        Element restriction =
                WsdlFolder.children(type, WsdlFolder.XS, "restriction").get(0);
        List<Element> facets = WsdlFolder.children(restriction, WsdlFolder.XS);
        boolean words = facets.stream().anyMatch(facet -> facet.getLocalName().equals("enumeration"));
        if (words) {
            return new Block(
                    "enum " + name,
                    facets.stream().map(facet -> facet.getAttribute("value")).toList());
        }
        List<String> lines = new ArrayList<>();
        lines.add("base " + WsdlFolder.meant(restriction, restriction.getAttribute("base")));
        facets.forEach(facet -> lines.add(facet.getLocalName() + " " + facet.getAttribute("value")));
        return new Block("simple " + name, lines);
    }

    private static void service(Element definitions, Map<String, Block> blocks) {
        String service = definitions.getAttribute("name");
        Map<String, String> messages = new TreeMap<>();
        for (Element message : WsdlFolder.children(definitions, WsdlFolder.WSDL, "message")) {
            Element part = WsdlFolder.children(message, WsdlFolder.WSDL, "part").get(0);
            messages.put(message.getAttribute("name"), WsdlFolder.meant(part, part.getAttribute("element")));
        }
        Element port =
                WsdlFolder.children(definitions, WsdlFolder.WSDL, "portType").get(0);
        for (Element operation : WsdlFolder.children(port, WsdlFolder.WSDL, "operation")) {
            List<String> lines = new ArrayList<>();
            for (Element each : WsdlFolder.children(operation, WsdlFolder.WSDL)) {
                String message = each.getAttribute("message");
                if (!message.isEmpty()) {
                    lines.add(each.getLocalName() + " " + messages.get(message.substring(message.indexOf(':') + 1)));
                }
            }
            lines.add("soap11 " + action(definitions, SOAP11, operation.getAttribute("name")));
            lines.add("soap12 " + action(definitions, SOAP12, operation.getAttribute("name")));
            put(blocks, new Block("operation " + service + "." + operation.getAttribute("name"), lines));
        }
        for (Element end : WsdlFolder.below(definitions, WsdlFolder.WSDL, "port")) {
            Element address = end.getElementsByTagNameNS(SOAP11, "address").getLength() > 0
                    ? (Element) end.getElementsByTagNameNS(SOAP11, "address").item(0)
                    : (Element) end.getElementsByTagNameNS(SOAP12, "address").item(0);
            put(
                    blocks,
                    new Block(
                            "port " + service + "." + end.getAttribute("name"),
                            List.of(
                                    address.getNamespaceURI().equals(SOAP11) ? "soap11" : "soap12",
                                    address.getAttribute("location").replaceFirst("^https?://[^/]*", ""))));
        }
    }

    /** Of the binding in that version of SOAP; "none" when it is not there. */
    private static String action(Element definitions, String soap, String operation) {
        for (Element binding : WsdlFolder.children(definitions, WsdlFolder.WSDL, "binding")) {
            for (Element each : WsdlFolder.children(binding, WsdlFolder.WSDL, "operation")) {
                List<Element> how = WsdlFolder.children(each, soap, "operation");
                if (each.getAttribute("name").equals(operation) && !how.isEmpty()) {
                    return how.get(0).getAttribute("soapAction");
                }
            }
        }
        return "none";
    }
}
