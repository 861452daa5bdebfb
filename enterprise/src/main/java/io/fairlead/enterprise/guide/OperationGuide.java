package io.fairlead.enterprise.guide;

/**
 * An operation.
 *
 * @param purpose in a sentence or a few
 * @param action its SOAPAction
 * @param body a request as the body's only element: each element that is needed with a value that its type takes, and what
 *     may be left out in comments
 */
public record OperationGuide(String service, String name, String purpose, String action, String body) {
    /**
     * A request that can be sent as it is.
     *
     * @param path of the address, at the people's listener
     * @param type its Content-Type
     * @param soapAction the header's value; empty where it is none
     */
    public record Sample(String path, String type, String soapAction, String envelope) {}

    /** The same request in a version of SOAP. */
    public Sample sample(SoapVersion version) {
        return new Sample(
                version.path(service),
                version.type(action),
                version == SoapVersion.SOAP11 ? "\"" + action + "\"" : "",
                version.around(body));
    }

    /**
     * The command that sends it, which asks for the password; the envelope and a line {@code ENVELOPE} follow.
     *
     * @param published where the people's listener is, without a path
     */
    public String curl(SoapVersion version, String published, String account) {
        Sample sample = sample(version);
        String soapAction =
                sample.soapAction().isEmpty() ? "" : "  --header 'SOAPAction: " + sample.soapAction() + "' \\\n";
        return "curl --user '" + account + "' \\\n  --header 'Content-Type: " + sample.type() + "' \\\n" + soapAction
                + "  --data-binary @- '" + published + sample.path() + "' <<'ENVELOPE'\n";
    }
}
