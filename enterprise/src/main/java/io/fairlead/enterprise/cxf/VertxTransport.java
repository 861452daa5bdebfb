package io.fairlead.enterprise.cxf;

import java.util.List;
import org.apache.cxf.Bus;
import org.apache.cxf.service.model.EndpointInfo;
import org.apache.cxf.transport.AbstractTransportFactory;
import org.apache.cxf.transport.Destination;
import org.apache.cxf.transport.DestinationFactory;

/** Makes a destination for each port; they listen on nothing, for the router has the requests. */
final class VertxTransport extends AbstractTransportFactory implements DestinationFactory {
    VertxTransport() {
        super(List.of("urn:fairlead:vertx"));
    }

    @Override
    public Destination getDestination(EndpointInfo endpoint, Bus bus) {
        return new SoapDestination(bus, endpoint);
    }
}
