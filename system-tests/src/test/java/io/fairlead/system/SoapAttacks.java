package io.fairlead.system;

import static io.fairlead.system.Attack.SOAP11;
import static io.fairlead.system.Attack.SOAP12;
import static io.fairlead.system.Attack.body;
import static io.fairlead.system.XmlAttacks.FIND;
import static io.fairlead.system.XmlAttacks.criteria;
import static io.fairlead.system.XmlAttacks.envelope;
import static io.fairlead.system.XmlAttacks.text;

import io.fairlead.system.Attack.Head;
import java.util.List;

/** Envelopes that are XML and hostile all the same: one line each. */
final class SoapAttacks {
    private static final String WSS = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-";

    private final String basic;
    private final String password;
    private final String bait;
    private final Head find;

    /** @param bait an address that nobody may be made to call */
    SoapAttacks(String basic, String password, String bait) {
        this.basic = basic;
        this.password = password;
        this.bait = bait;
        this.find = Head.of(basic, "DeviceService", "Find");
    }

    List<Attack> all() {
        return List.of(
                // What the contract does not have.
                body("an element that nobody knows", "invalid", find, envelope("", criteria("<t:sql>1</t:sql>"))),
                body("an element without a name space", "invalid", find, envelope("", criteria("<text>x</text>"))),
                body(
                        "an operation of another name space",
                        "malformed soap-action",
                        find,
                        envelope("", FIND.replace("t:", "o:").replace("<o:Find>", "<o:Find xmlns:o='urn:other'>"))),
                body(
                        "a type of the caller's choice",
                        "invalid",
                        find,
                        envelope(
                                "",
                                criteria(
                                        "<t:pageSize xmlns:i='http://www.w3.org/2001/XMLSchema-instance' xmlns:x='http://www.w3.org/2001/XMLSchema' i:type='x:anyType'>1</t:pageSize>"))),
                body(
                        "nothing in place of criteria",
                        "invalid",
                        find,
                        envelope(
                                "",
                                "<t:Find><t:criteria xmlns:i='http://www.w3.org/2001/XMLSchema-instance' i:nil='true'/></t:Find>")),
                body(
                        "a number of twenty digits",
                        "invalid",
                        find,
                        envelope("", criteria("<t:pageNumber>99999999999999999999</t:pageNumber>"))),
                body(
                        "a number of 200,000 digits",
                        "invalid xml-limit",
                        find,
                        envelope("", criteria("<t:pageNumber>" + "9".repeat(200_000) + "</t:pageNumber>"))),
                body("no number", "invalid", find, envelope("", criteria("<t:pageNumber>NaN</t:pageNumber>"))),
                body(
                        "a value within another's quotes",
                        "answered",
                        find,
                        envelope("", text("%' OR 1=1; DROP TABLE device; --"))),
                body(
                        "ten thousand states",
                        "invalid xml-limit",
                        find,
                        envelope("", criteria("<t:state>online</t:state>".repeat(10_000)))),
                // SOAP.
                body(
                        "an action other than the body's",
                        "soap-action",
                        Head.of(basic, "DeviceService", "FindById"),
                        envelope("", FIND)),
                body(
                        "an action of another service",
                        "soap-action",
                        find.with("SOAPAction", "SOAPAction: \"urn:fairlead:integration:1:AlarmService:Find\""),
                        envelope("", FIND)),
                body(
                        "two actions",
                        "soap-action",
                        find.line("SOAPAction: \"urn:fairlead:integration:1:DeviceService:Create\""),
                        envelope("", create())),
                body(
                        "an action of SOAP 1.2 other than the body's",
                        "soap-action",
                        find.twelve()
                                .with(
                                        "Content-Type",
                                        "Content-Type: application/soap+xml; action=\"urn:fairlead:integration:1:DeviceService:FindById\""),
                        envelope12("", FIND)),
                body("an envelope of the other version", "version-mismatch", find.twelve(), envelope("", FIND)),
                body("an answer to be sent elsewhere", "answered", find, envelope(addressing(""), FIND)),
                body(
                        "an answer that must be sent elsewhere",
                        "must-understand",
                        find,
                        envelope(addressing(" s:mustUnderstand='1'"), FIND)),
                body(
                        "a header that must be understood",
                        "must-understand",
                        find,
                        envelope("<x:y xmlns:x='urn:x' s:mustUnderstand='1'/>", FIND)),
                // WS-Security.
                body(
                        "a digest for a password",
                        "security-header",
                        find.without("Authorization"),
                        envelope(security(token("#PasswordDigest")), FIND)),
                body(
                        "two Security headers",
                        "security-header",
                        find.without("Authorization"),
                        envelope(security(token("#PasswordText")) + security(token("#PasswordText")), FIND)),
                body(
                        "a signature whose body is wrapped",
                        "security-header",
                        find.without("Authorization"),
                        envelope(security(token("#PasswordText") + signature()) + wrapped(), FIND)),
                body("a wrapped body beside Basic", "malformed", find, envelope(wrapped(), FIND)),
                body(
                        "a Security header in a box",
                        "account-refused address-blocked",
                        find.without("Authorization"),
                        envelope("<x:box xmlns:x='urn:x'>" + security(token("#PasswordText")) + "</x:box>", FIND)),
                body(
                        "a key elsewhere",
                        "security-header",
                        find.without("Authorization"),
                        envelope(
                                security("<w:SecurityTokenReference><w:Reference URI='" + bait
                                        + "'/></w:SecurityTokenReference>"),
                                FIND)),
                body(
                        "the same id twice",
                        "answered",
                        find,
                        envelope(
                                "<x u:Id='b' xmlns:u='" + WSS + "wssecurity-utility-1.0.xsd'/><y u:Id='b' xmlns:u='"
                                        + WSS + "wssecurity-utility-1.0.xsd'/>",
                                FIND)));
    }

    /** Times that are none. */
    List<Attack> times() {
        return List.of(
                        "2026-13-45T99:99:99Z",
                        "999999999999-01-01T00:00:00Z",
                        "2026-11-22T04:00:00+99:99",
                        "2026-11-22T04:00:00",
                        "yesterday",
                        "2026-02-30T00:00:00Z",
                        "2026-11-22T04:00:00." + "1".repeat(100_000) + "Z")
                .stream()
                .map(time -> body(
                        "the time " + time.substring(0, Math.min(time.length(), 30)),
                        "invalid xml-limit",
                        Head.of(basic, "AlarmService", "Find"),
                        envelope(
                                        "",
                                        "<t:Find><t:criteria><t:raisedFrom>" + time
                                                + "</t:raisedFrom></t:criteria></t:Find>")
                                .replace(":1:device", ":1:alarm")))
                .toList();
    }

    private static String envelope12(String header, String body) {
        return envelope(header, body).replace(SOAP11, SOAP12);
    }

    private static String create() {
        return "<t:Create><t:device><t:id>spoofed</t:id><t:customer>C</t:customer><t:site>S</t:site><t:region>eu</t:region><t:model>Tester 1</t:model><t:serialNumber>1</t:serialNumber></t:device></t:Create>";
    }

    private String addressing(String more) {
        return "<a:ReplyTo xmlns:a='http://www.w3.org/2005/08/addressing'" + more + "><a:Address>" + bait
                + "</a:Address></a:ReplyTo>";
    }

    private static String security(String inside) {
        return "<w:Security xmlns:w='" + WSS + "wssecurity-secext-1.0.xsd' s:mustUnderstand='1'>" + inside
                + "</w:Security>";
    }

    private String token(String type) {
        return "<w:UsernameToken><w:Username>" + LaneSite.ACCOUNT + "</w:Username><w:Password Type='" + WSS
                + "username-token-profile-1.0" + type + "'>" + password + "</w:Password></w:UsernameToken>";
    }

    private static String signature() {
        return "<d:Signature xmlns:d='http://www.w3.org/2000/09/xmldsig#'><d:SignedInfo><d:Reference URI='#b'/></d:SignedInfo></d:Signature>";
    }

    private static String wrapped() {
        return "<x:box xmlns:x='urn:x'><s:Body Id='b'>" + create() + "</s:Body></x:box>";
    }
}
