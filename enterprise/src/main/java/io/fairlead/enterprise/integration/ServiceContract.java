package io.fairlead.enterprise.integration;

import io.fairlead.enterprise.cxf.SoapPort;
import jakarta.jws.WebMethod;
import jakarta.xml.ws.RequestWrapper;
import jakarta.xml.ws.WebEndpoint;
import jakarta.xml.ws.WebServiceClient;
import java.lang.reflect.Method;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.namespace.QName;

/**
 * A service as its WSDL has it, read from the annotations of what was generated. Its ports' names end with the SOAP version.
 *
 * @param name as it stands in addresses
 * @param wsdl the file's name, beside the generated contract's other files
 * @param actions the SOAPActions of its operations
 * @param requests the classes of its operations' elements
 */
record ServiceContract(
        String name, String wsdl, Map<Wire, SoapPort> ports, Set<String> actions, Set<Class<?>> requests) {
    private static final String RESOURCE = "classpath:";

    static ServiceContract of(Class<? extends jakarta.xml.ws.Service> generated) {
        WebServiceClient service = generated.getAnnotation(WebServiceClient.class);
        QName name = new QName(service.targetNamespace(), service.name());
        String wsdl = service.wsdlLocation().substring(RESOURCE.length());
        Map<Wire, SoapPort> ports = new EnumMap<>(Wire.class);
        Set<String> actions = new HashSet<>();
        Set<Class<?>> requests = new HashSet<>();
        for (Method method : generated.getMethods()) {
            WebEndpoint endpoint = method.getAnnotation(WebEndpoint.class);
            if (endpoint == null || method.getParameterCount() > 0) {
                continue;
            }
            Wire wire = endpoint.name().endsWith("Soap12") ? Wire.SOAP12 : Wire.SOAP11;
            Class<?> type = method.getReturnType();
            ports.put(
                    wire,
                    new SoapPort(
                            type,
                            wsdl,
                            name,
                            new QName(service.targetNamespace(), endpoint.name()),
                            wire.path() + service.name()));
            for (Method operation : type.getMethods()) {
                actions.add(operation.getAnnotation(WebMethod.class).action());
                requests.add(request(operation));
            }
        }
        if (ports.size() != Wire.values().length) {
            throw new IllegalStateException(service.name() + " has no port for each SOAP version");
        }
        return new ServiceContract(service.name(), wsdl, Map.copyOf(ports), Set.copyOf(actions), Set.copyOf(requests));
    }

    private static Class<?> request(Method operation) {
        RequestWrapper wrapper = operation.getAnnotation(RequestWrapper.class);
        try {
            return wrapper == null
                    ? operation.getParameterTypes()[0]
                    : Class.forName(
                            wrapper.className(),
                            false,
                            operation.getDeclaringClass().getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("the contract's jar lacks " + wrapper.className(), e);
        }
    }

    List<SoapPort> inOrder() {
        return List.of(ports.getOrDefault(Wire.SOAP11, missing()), ports.getOrDefault(Wire.SOAP12, missing()));
    }

    private SoapPort missing() {
        return ports.values().iterator().next();
    }

    /** Throws unless each operation is answered, and nothing that is none. */
    void mustMatch(Operations operations) {
        if (!operations.answered().equals(requests)) {
            Set<Class<?>> lacking = new HashSet<>(requests);
            lacking.removeAll(operations.answered());
            Set<Class<?>> strange = new HashSet<>(operations.answered());
            strange.removeAll(requests);
            throw new IllegalStateException(name + ": nobody answers " + lacking + ", nobody asks for " + strange);
        }
    }
}
