package io.fairlead.enterprise.integration;

import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;

/**
 * One service of the contract. It maps the wire's words to the feature's and back, and decides nothing. To add one: a class
 * like {@link DeviceOperations}, and a line in {@code app} that hands it to {@link IntegrationLane}.
 */
public interface IntegrationService {
    /** The class that was generated for the service of the WSDL. */
    Class<? extends jakarta.xml.ws.Service> contract();

    /** The element that may come as an attachment (XOP); null where none is taken: then multipart/related is refused. */
    default @Nullable QName attached() {
        return null;
    }

    /** Says for each of its operations who answers it; one that is left out stops the start. */
    void answer(Operations operations);
}
