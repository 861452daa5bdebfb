package io.fairlead.soap;

import java.util.Optional;

/**
 * Everything that one end may refuse, with all that a lane needs to say so. A fault's {@link #key()} is stable: programs
 * decide by it. Its {@link #text()} is all that goes out; the detail stays in the log under a correlation id.
 */
public enum Fault {
    BODY_EMPTY("body-empty", 400, Blame.CLIENT, "The request has no body."),
    BODY_TOO_LARGE("body-too-large", 413, Blame.CLIENT, "The request is larger than is taken here."),
    BODY_TOO_SLOW("body-too-slow", 408, Blame.CLIENT, "The request did not arrive in time."),
    CONTENT_TYPE(
            "content-type",
            415,
            Blame.CLIENT,
            "The Content-Type is not the one that is taken here, or it is not UTF-8, or encoded."),
    SOAP_ACTION("soap-action", 400, Blame.CLIENT, "The SOAPAction does not name the operation in the body."),
    MALFORMED("malformed", 400, Blame.CLIENT, "The request is not well-formed SOAP of this contract."),
    XML_FORBIDDEN("xml-forbidden", 400, Blame.CLIENT, "Document types and entities are not taken."),
    XML_LIMIT("xml-limit", 400, Blame.CLIENT, "The request is deeper, longer or wider than the contract allows."),
    VERSION_MISMATCH("version-mismatch", 400, Blame.VERSION, "Another version of SOAP is spoken at this address."),
    MUST_UNDERSTAND("must-understand", 400, Blame.HEADER, "A header block that must be understood is not."),
    SECURITY_HEADER(
            "security-header",
            400,
            Blame.CLIENT,
            "Of WS-Security one UsernameToken is taken, with its password as text, and a Timestamp of now."),
    INVALID("invalid", 400, Blame.CLIENT, "A value is outside what the contract allows."),
    NO_CERTIFICATE("no-certificate", 401, Blame.CLIENT, "A device certificate is needed here."),
    CERTIFICATE_REFUSED("certificate-refused", 403, Blame.CLIENT, "This certificate is not one of ours."),
    CERTIFICATE_EXPIRED(
            "certificate-expired",
            403,
            Blame.CLIENT,
            "This certificate has expired. A person must enrol the device anew."),
    CERTIFICATE_REVOKED("certificate-revoked", 403, Blame.CLIENT, "This certificate is revoked."),
    CIPHER_REFUSED("cipher-refused", 403, Blame.CLIENT, "Only AES-256 cipher suites are taken."),
    WRONG_DEVICE("wrong-device", 403, Blame.CLIENT, "The request names another device than the certificate."),
    ENROLMENT_REFUSED(
            "enrolment-refused", 401, Blame.CLIENT, "This enrolment code is unknown, used, out of date or wrong."),
    REQUEST_REFUSED(
            "request-refused",
            400,
            Blame.CLIENT,
            "This is not a PKCS#10 request with a P-256 key and a valid signature."),
    OBSERVED_AT("observed-at", 400, Blame.CLIENT, "The time of observation is implausible."),
    DUPLICATE_ITEM("duplicate-item", 400, Blame.CLIENT, "A message names an item twice."),
    TOO_MANY_ITEMS("too-many-items", 400, Blame.CLIENT, "The device reports more items than it may."),
    STORAGE_REFUSED("storage-refused", 400, Blame.CLIENT, "The message could not be stored."),
    JOURNAL_BEHIND(
            "journal-behind",
            409,
            Blame.CLIENT,
            "The agent's journal is older than what was delivered. A person must enrol the device anew."),
    UNKNOWN_DEVICE("unknown-device", 404, Blame.CLIENT, "There is no such device."),
    OPERATOR_REFUSED(
            "operator-refused", 403, Blame.CLIENT, "Only root and the user that runs the server may command it."),
    FORBIDDEN("forbidden", 403, Blame.CLIENT, "You may not do this."),
    PASSKEY_NEEDED("passkey-needed", 403, Blame.CLIENT, "This needs a log-in with a passkey."),
    ADDRESS_LIMIT_NEEDED(
            "address-limit-needed",
            403,
            Blame.CLIENT,
            "This needs an account that is limited to the addresses it is used from, or a client certificate."),
    ENDPOINT_REFUSED(
            "endpoint-refused",
            403,
            Blame.CLIENT,
            "Notifications are not sent there: it is no https address, or no operator named its host and port."),
    ACCOUNT_REFUSED(
            "account-refused",
            401,
            Blame.CLIENT,
            "This name and password, or this certificate, are not taken: wrong, out of date, disabled, or not for this address."),
    PASSKEY_REFUSED("passkey-refused", 401, Blame.CLIENT, "This passkey was not accepted."),
    NOT_LOGGED_IN("not-logged-in", 401, Blame.CLIENT, "You are not logged in, or no longer."),
    LOGIN_REFUSED("login-refused", 401, Blame.CLIENT, "Name or password are wrong."),
    LINK_REFUSED("link-refused", 410, Blame.CLIENT, "This link is unknown, used or too old. Ask for another one."),
    ADDRESS_BLOCKED(
            "address-blocked",
            429,
            Blame.CLIENT,
            "Too many log-ins have failed here. Try again when 30 minutes have passed without another attempt.",
            1800),
    NOT_ENROLLED("not-enrolled", 409, Blame.CLIENT, "The device is not enrolled."),
    UNKNOWN_COMMAND("unknown-command", 404, Blame.CLIENT, "There is no such command."),
    CONFLICT("conflict", 409, Blame.CLIENT, "This does not go with how things stand."),
    NOT_FOUND("not-found", 404, Blame.CLIENT, "There is nothing here."),
    CROSS_SITE("cross-site", 403, Blame.CLIENT, "This change did not come from a page of this console."),
    IDENTITY_HELD(
            "identity-held",
            423,
            Blame.CLIENT,
            "Two holders of this identity were seen. Nothing is taken from either until a person has decided.",
            60),
    DEVICE_MUTED("device-muted", 409, Blame.CLIENT, "The device is muted."),
    DEVICE_STOLEN("device-stolen", 409, Blame.CLIENT, "The device is reported stolen."),
    DEVICE_RETIRED("device-retired", 409, Blame.CLIENT, "The device is retired."),
    TRANSFER_ENDED("transfer-ended", 410, Blame.CLIENT, "This transfer has ended."),
    OFFSET("offset", 409, Blame.CLIENT, "The bytes do not begin where those before them ended."),
    DIGEST("digest", 422, Blame.CLIENT, "The bytes are not those that were announced."),
    BYTES_TOO_SLOW("bytes-too-slow", 408, Blame.CLIENT, "Fewer than 4,096 bytes a second arrived over 30 seconds.", 5),
    STORAGE_FULL("storage-full", 507, Blame.SERVER, "The enterprise has no room for this file now.", 300),
    BUSY("busy", 503, Blame.SERVER, "The enterprise is busy. Try again later.", 5),
    STOPPING("stopping", 503, Blame.SERVER, "The enterprise is stopping. Try again at another node.", 1),
    UNAVAILABLE(
            "unavailable",
            503,
            Blame.SERVER,
            "The enterprise cannot reach its database. It is not known whether this was taken; a report may be sent again.",
            5),
    INTERNAL(
            "internal",
            500,
            Blame.SERVER,
            "The enterprise failed. It is not known whether this was taken; a report may be sent again.",
            30);

    /** Whose fault it is, as SOAP 1.1 section 4.4.1 divides it. */
    public enum Blame {
        CLIENT("Client"),
        SERVER("Server"),
        VERSION("VersionMismatch"),
        HEADER("MustUnderstand");

        private final String faultCode;

        Blame(String faultCode) {
            this.faultCode = faultCode;
        }

        /** The local name of the faultcode. */
        public String faultCode() {
            return faultCode;
        }
    }

    private final String key;
    private final int status;
    private final Blame blame;
    private final String text;
    private final int retryAfterSeconds;

    Fault(String key, int status, Blame blame, String text) {
        this(key, status, blame, text, 0);
    }

    Fault(String key, int status, Blame blame, String text, int retryAfterSeconds) {
        this.key = key;
        this.status = status;
        this.blame = blame;
        this.text = text;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    /** Stable, in lower case with hyphens. */
    public String key() {
        return key;
    }

    /** The HTTP status outside the SOAP lanes; within them SOAP 1.1 over HTTP (section 6.2) says 500 to every fault. */
    public int status() {
        return status;
    }

    /** Whose fault it is. */
    public Blame blame() {
        return blame;
    }

    /** The fixed text for people. */
    public String text() {
        return text;
    }

    /** Seconds after which trying again makes sense; 0 where it never does. */
    public int retryAfterSeconds() {
        return retryAfterSeconds;
    }

    /** The fault of a key that came over the wire; empty for one that a newer peer made up. */
    public static Optional<Fault> ofKey(String key) {
        for (Fault fault : values()) {
            if (fault.key.equals(key)) {
                return Optional.of(fault);
            }
        }
        return Optional.empty();
    }
}
