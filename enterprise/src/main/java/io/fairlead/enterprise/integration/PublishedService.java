package io.fairlead.enterprise.integration;

import io.fairlead.enterprise.cxf.SoapEndpoint;
import io.fairlead.enterprise.cxf.SoapEngine;
import java.util.List;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;

/**
 * A service with its contract. What CXF needs for it is made by {@link IntegrationLane#warm}, or by its first call, on that
 * call's thread: the start of a server does not wait for what nobody may ever ask.
 */
final class PublishedService {
    private final ServiceContract contract;
    private final Operations operations = new Operations();
    private final SoapEngine engine;
    private final @Nullable QName attached;
    private @Nullable List<SoapEndpoint> endpoints;

    /** Throws when the service does not answer all that its contract has. */
    PublishedService(IntegrationService service, SoapEngine engine) {
        this.contract = ServiceContract.of(service.contract());
        this.engine = engine;
        this.attached = service.attached();
        service.answer(operations);
        contract.mustMatch(operations);
    }

    ServiceContract contract() {
        return contract;
    }

    /** The element that may come as an attachment; null where none is taken. */
    @Nullable
    QName attached() {
        return attached;
    }

    Operations operations() {
        return operations;
    }

    /** May take seconds, once. */
    SoapEndpoint endpoint(Wire wire) {
        return endpoints().get(wire == Wire.SOAP11 ? 0 : 1);
    }

    /** Makes what {@link #endpoint} needs. */
    Void publish() {
        List<SoapEndpoint> unused = endpoints();
        return null;
    }

    private synchronized List<SoapEndpoint> endpoints() {
        if (endpoints == null) {
            endpoints = engine.publish(contract.inOrder());
        }
        return endpoints;
    }
}
