package io.fairlead.enterprise.integration;

import io.fairlead.soap.Fault;
import io.vertx.core.buffer.Buffer;

/** The one place where a fault becomes bytes: nothing in it comes from a request but the choice. */
final class FaultEnvelope {
    private static final String COMMON = "urn:fairlead:integration:1:common";

    private FaultEnvelope() {}

    /** With the detail {@code FairleadFault} of the contract. */
    static Buffer of(Wire wire, Fault fault, String correlation) {
        String open = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><s:Envelope xmlns:s=\"" + wire.envelope()
                + "\"><s:Body><s:Fault>";
        String close = "</s:Fault></s:Body></s:Envelope>";
        String detail = "<c:FairleadFault xmlns:c=\"" + COMMON + "\"><c:code>" + fault.key() + "</c:code><c:text>"
                + FailureWords.text(fault) + "</c:text><c:correlation>" + correlation + "</c:correlation>"
                + retry(fault)
                + "</c:FairleadFault>";
        String told = wire == Wire.SOAP11
                // SOAP 1.1 section 4.4: its own children have no name space.
                ? "<faultcode>s:" + fault.blame().faultCode() + "</faultcode><faultstring xml:lang=\"en\">"
                        + FailureWords.text(fault) + "</faultstring><detail>" + detail + "</detail>"
                : "<s:Code><s:Value>s:" + code12(fault) + "</s:Value></s:Code><s:Reason><s:Text xml:lang=\"en\">"
                        + FailureWords.text(fault) + "</s:Text></s:Reason><s:Detail>" + detail + "</s:Detail>";
        return Buffer.buffer(open + told + close);
    }

    /** SOAP 1.2 section 5.4.6. */
    private static String code12(Fault fault) {
        return switch (fault.blame()) {
            case CLIENT -> "Sender";
            case SERVER -> "Receiver";
            case VERSION -> "VersionMismatch";
            case HEADER -> "MustUnderstand";
        };
    }

    private static String retry(Fault fault) {
        return fault.retryAfterSeconds() == 0
                ? ""
                : "<c:retryAfterSeconds>" + fault.retryAfterSeconds() + "</c:retryAfterSeconds>";
    }

    /** What SOAP over HTTP says of a fault: 500 for all in SOAP 1.1 (section 6.2), 400 for the sender's in SOAP 1.2. */
    static int status(Wire wire, Fault fault) {
        return wire == Wire.SOAP12 && fault.blame() == Fault.Blame.CLIENT ? 400 : 500;
    }
}
