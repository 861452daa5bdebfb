package io.fairlead.soap;

/** The names of SOAP 1.1 (W3C note of 8 May 2000), and of our contract. */
final class SoapNames {
    static final String ENVELOPE_NS = "http://schemas.xmlsoap.org/soap/envelope/";
    static final String CONTRACT_NS = "urn:fairlead:agent-channel:1";

    private SoapNames() {}
}
