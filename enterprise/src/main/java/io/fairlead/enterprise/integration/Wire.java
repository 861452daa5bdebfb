package io.fairlead.enterprise.integration;

/** The two SOAP versions; each service has an address for either. */
enum Wire {
    SOAP11("/services/v1/", "http://schemas.xmlsoap.org/soap/envelope/", "text/xml"),
    SOAP12("/services/v1/soap12/", "http://www.w3.org/2003/05/soap-envelope", "application/soap+xml");

    private final String path;
    private final String envelope;
    private final String type;

    Wire(String path, String envelope, String type) {
        this.path = path;
        this.envelope = envelope;
        this.type = type;
    }

    /** Where its services are; a service's name follows. */
    String path() {
        return path;
    }

    /** The name space of its envelope. */
    String envelope() {
        return envelope;
    }

    /** The media type of a bare envelope. */
    String type() {
        return type;
    }
}
