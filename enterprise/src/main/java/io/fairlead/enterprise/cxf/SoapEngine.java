package io.fairlead.enterprise.cxf;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.cxf.Bus;
import org.apache.cxf.annotations.SchemaValidation.SchemaValidationType;
import org.apache.cxf.binding.soap.interceptor.SoapActionInInterceptor;
import org.apache.cxf.bus.extension.ExtensionManagerBus;
import org.apache.cxf.endpoint.Endpoint;
import org.apache.cxf.endpoint.Server;
import org.apache.cxf.interceptor.Interceptor;
import org.apache.cxf.jaxws.JaxWsServerFactoryBean;
import org.apache.cxf.jaxws.interceptors.WrapperClassInInterceptor;
import org.apache.cxf.jaxws.interceptors.WrapperClassOutInterceptor;
import org.apache.cxf.jaxws.support.JaxWsServiceFactoryBean;
import org.apache.cxf.logging.FaultListener;
import org.apache.cxf.message.Message;

/**
 * One bus of CXF, with everything off that is not asked for. What a request may look like is decided here: the parser's
 * limits, the schema, the header. Publishing reads a WSDL and makes JAXB's tables, which takes a second or two: not on the
 * event loop, and once.
 */
public final class SoapEngine implements AutoCloseable {
    private final EnvelopeReaders readers;
    private final Bus bus = new ExtensionManagerBus();
    private final VertxTransport transport = new VertxTransport();
    private final List<Server> servers = new ArrayList<>();

    public SoapEngine(EnvelopeReaders readers) {
        this.readers = readers;
    }

    /**
     * Publishes the ports of one service of a WSDL, which share what is made of it.
     *
     * @param ports in the order in which the endpoints come
     * @throws RuntimeException when contract and classes do not go together
     */
    public synchronized List<SoapEndpoint> publish(List<SoapPort> ports) {
        JaxWsServiceFactoryBean service = new JaxWsServiceFactoryBean();
        List<SoapEndpoint> endpoints = new ArrayList<>();
        for (SoapPort port : ports) {
            endpoints.add(publish(service, port));
        }
        return endpoints;
    }

    private SoapEndpoint publish(JaxWsServiceFactoryBean service, SoapPort port) {
        JaxWsServerFactoryBean factory = new JaxWsServerFactoryBean(service);
        factory.setBus(bus);
        factory.setServiceClass(port.type());
        factory.setWsdlLocation("classpath:" + port.wsdl());
        factory.setServiceName(port.service());
        factory.setEndpointName(port.port());
        factory.setAddress(port.address());
        factory.setDestinationFactory(transport);
        factory.setInvoker(new SoapDispatch());
        factory.setProperties(properties());
        Server server = factory.create();
        servers.add(server);
        adapt(server.getEndpoint());
        return new SoapEndpoint((SoapDestination) server.getDestination());
    }

    /** CXF puts more into it. */
    private static Map<String, Object> properties() {
        Map<String, Object> properties = new HashMap<>();
        properties.put(Message.SCHEMA_VALIDATION_ENABLED, SchemaValidationType.IN);
        FaultListener silent = (failure, description, message) -> false;
        properties.put(FaultListener.class.getName(), silent);
        return properties;
    }

    private void adapt(Endpoint endpoint) {
        // The operation is what the body says; whether the action agrees is asked when it is known.
        remove(endpoint.getInInterceptors(), SoapActionInInterceptor.class);
        remove(endpoint.getBinding().getInInterceptors(), SoapActionInInterceptor.class);
        // The handler takes and answers the contract's elements, not their children one by one.
        remove(endpoint.getInInterceptors(), WrapperClassInInterceptor.class);
        remove(endpoint.getOutInterceptors(), WrapperClassOutInterceptor.class);
        endpoint.getInInterceptors().add(new GuardedXml(readers));
        endpoint.getInInterceptors().add(new JudgedSecurity());
        endpoint.getOutInterceptors().add(new LegalAnswers());
        endpoint.getOutInterceptors().add(new LegalAnswers.Written());
        // Whoever called writes the fault: PhaseInterceptorChain has put the exception into the exchange.
        endpoint.setOutFaultObserver(failed -> {});
    }

    private static void remove(List<Interceptor<? extends Message>> interceptors, Class<?> type) {
        interceptors.removeIf(type::isInstance);
    }

    @Override
    public synchronized void close() {
        servers.forEach(Server::destroy);
        bus.shutdown(true);
    }
}
