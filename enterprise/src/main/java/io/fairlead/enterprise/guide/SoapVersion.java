package io.fairlead.enterprise.guide;

/** How a request is sent. */
public enum SoapVersion {
    SOAP11("SOAP 1.1", "/services/v1/", "http://schemas.xmlsoap.org/soap/envelope/", "text/xml; charset=utf-8"),
    SOAP12(
            "SOAP 1.2",
            "/services/v1/soap12/",
            "http://www.w3.org/2003/05/soap-envelope",
            "application/soap+xml; charset=utf-8");

    private final String label;
    private final String path;
    private final String envelope;
    private final String type;

    SoapVersion(String label, String path, String envelope, String type) {
        this.label = label;
        this.path = path;
        this.envelope = envelope;
        this.type = type;
    }

    /** For people. */
    public String label() {
        return label;
    }

    /** Where a service is, at the people's listener. */
    public String path(String service) {
        return path + service;
    }

    /** The media type of a request of an operation. */
    String type(String action) {
        return this == SOAP12 ? type + "; action=\"" + action + "\"" : type;
    }

    /** An envelope around a body's only element, whose lines begin at the margin. */
    String around(String body) {
        return "<s:Envelope xmlns:s=\"" + envelope + "\">\n  <s:Body>\n" + body.indent(4)
                + "  </s:Body>\n</s:Envelope>\n";
    }
}
