package io.fairlead.enterprise.guide;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.w3c.dom.Element;

/**
 * A service of the contract.
 *
 * @param purpose in a sentence
 * @param operations in the contract's order
 * @param files the contract as it is: WSDL and schemas by name, the imports by name as well
 */
public record ServiceGuide(String name, String purpose, List<OperationGuide> operations, Map<String, String> files) {
    private static final String EXAMPLE = "https://console.example:8443";

    public ServiceGuide {
        operations = List.copyOf(operations);
        files = Map.copyOf(files);
    }

    /** Reads it; takes some ten milliseconds. Throws for a service that the contract does not have. */
    public static ServiceGuide read(String service) {
        ContractXml contract = ContractXml.read(service);
        Element definitions = contract.definitions();
        Map<String, String> actions = actions(definitions);
        SampleWriter samples = new SampleWriter(contract);
        Element port = Xml.children(definitions, "portType").get(0);
        List<OperationGuide> operations = new ArrayList<>();
        for (Element one : Xml.children(port, "operation")) {
            String name = one.getAttribute("name");
            operations.add(new OperationGuide(
                    service, name, Xml.words(one), actions.getOrDefault(name, ""), samples.request(name)));
        }
        return new ServiceGuide(service, Xml.sentence(Xml.words(definitions)), operations, contract.files());
    }

    private static Map<String, String> actions(Element definitions) {
        Map<String, String> actions = new HashMap<>();
        for (Element operation :
                Xml.children(Xml.children(definitions, "binding").get(0), "operation")) {
            Xml.children(operation, "operation")
                    .forEach(soap -> actions.put(operation.getAttribute("name"), soap.getAttribute("soapAction")));
        }
        return actions;
    }

    /** A file of it, with the address at which the service is in place of the example's. */
    public static String at(String file, String published) {
        return file.replace(EXAMPLE, published);
    }

    /** One of its operations. */
    public Optional<OperationGuide> operation(String operation) {
        return operations.stream().filter(one -> one.name().equals(operation)).findFirst();
    }
}
