package io.fairlead.system;

import static io.fairlead.system.Attack.SOAP11;
import static io.fairlead.system.Attack.body;

import io.fairlead.system.Attack.Head;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Hostile envelopes: one line each. */
final class XmlAttacks {
    static final String FIND = "<t:Find><t:criteria/></t:Find>";

    private final String bait;
    private final Head find;

    /** @param bait an address that nobody may be made to call */
    XmlAttacks(String basic, String bait) {
        this.bait = bait;
        this.find = Head.of(basic, "DeviceService", "Find");
    }

    List<Attack> all() {
        return List.of(
                // What a parser could be made to fetch or to swell.
                body(
                        "an external entity of a web server",
                        "xml-forbidden",
                        find,
                        dtd("<!ENTITY e SYSTEM '" + bait + "'>", text("&e;"))),
                body(
                        "an external entity of a file",
                        "xml-forbidden",
                        find,
                        dtd("<!ENTITY e SYSTEM 'file:///etc/passwd'>", text("&e;"))),
                body("a parameter entity", "xml-forbidden", find, dtd("<!ENTITY % p SYSTEM '" + bait + "'>%p;", FIND)),
                body(
                        "an external subset without end",
                        "xml-forbidden",
                        find,
                        "<!DOCTYPE x SYSTEM 'file:///dev/zero'>" + envelope("", FIND)),
                body("a billion laughs", "xml-forbidden", find, dtd(laughs(), text("&l9;"))),
                body(
                        "one long entity many times",
                        "xml-forbidden",
                        find,
                        dtd("<!ENTITY e '" + "x".repeat(60_000) + "'>", text("&e;".repeat(20_000)))),
                body("an entity that nobody declared", "xml-forbidden", find, envelope("", text("&passwd;"))),
                body(
                        "a style sheet elsewhere",
                        "xml-forbidden",
                        find,
                        "<?xml-stylesheet href='" + bait + "'?>" + envelope("", FIND)),
                body(
                        "a schema elsewhere",
                        "answered invalid",
                        find,
                        envelope(
                                "",
                                FIND.replace(
                                        "<t:Find>",
                                        "<t:Find xmlns:i='http://www.w3.org/2001/XMLSchema-instance' i:schemaLocation='urn:x "
                                                + bait + "'>"))),
                body(
                        "XInclude",
                        "invalid",
                        find,
                        envelope(
                                "",
                                text("<i:include xmlns:i='http://www.w3.org/2001/XInclude' href='" + bait + "'/>"))),
                body("XOP elsewhere", "xml-forbidden", find, envelope("", text(include(bait)))),
                body("XOP of a file", "xml-forbidden", find, envelope("", text(include("file:///etc/passwd")))),
                // Floods.
                body("a hundred thousand elements", "xml-limit", find, envelope("<x/>".repeat(100_000), FIND)),
                body("depth without end", "xml-limit malformed", find, envelope("<x>".repeat(200_000), FIND)),
                body(
                        "ten thousand attributes",
                        "xml-limit",
                        find,
                        envelope("<x" + numbered(" a%d=''", 10_000) + "/>", FIND)),
                body(
                        "ten thousand name spaces",
                        "xml-limit",
                        find,
                        envelope("<x" + numbered(" xmlns:a%d='urn:%<d'", 10_000) + "/>", FIND)),
                body("a name of 900,000 letters", "answered", find, envelope("<" + "x".repeat(900_000) + "/>", FIND)),
                body(
                        "a name space of 900,000 letters",
                        "xml-limit malformed",
                        find,
                        envelope("<x xmlns='" + "u".repeat(900_000) + "'/>", FIND)),
                body(
                        "a comment of 900,000 letters",
                        "xml-limit answered",
                        find,
                        envelope("<!--" + "c".repeat(900_000) + "-->", FIND)),
                body(
                        "colliding names of attributes",
                        "xml-limit malformed",
                        find,
                        envelope("<x" + colliding() + "/>", FIND)),
                // What XML is not.
                body("the same attribute twice", "malformed", find, envelope("<x a='1' a='2'/>", FIND)),
                body("a prefix that means nothing", "malformed", find, envelope("<q:x/>", FIND)),
                body("two envelopes", "malformed", find, envelope("", FIND) + envelope("", FIND)),
                body("two bodies", "malformed", find, envelope("", FIND + "</s:Body><s:Body>" + FIND)),
                body(
                        "a header behind the body",
                        "malformed",
                        find,
                        envelope("", FIND + "</s:Body><s:Header/><s:Body>")),
                body("text behind the envelope", "malformed", find, envelope("", FIND) + "DROP TABLE device"),
                body("a NUL", "malformed xml-forbidden", find, envelope("", text("a\0b"))),
                body("a NUL by its number", "malformed xml-forbidden", find, envelope("", text("a&#0;b"))),
                body("a line feed in a name", "malformed", find, envelope("<x\n/x/>", FIND)),
                // Charsets.
                body("UTF-16 that is called UTF-8", "malformed", find, envelope("", FIND), StandardCharsets.UTF_16),
                body(
                        "UTF-16 that says so",
                        "malformed",
                        find,
                        "<?xml version='1.0' encoding='UTF-16'?>" + envelope("", FIND),
                        StandardCharsets.UTF_16),
                body("UTF-32", "malformed", find, envelope("", FIND), Charset.forName("UTF-32BE")),
                body(
                        "EBCDIC",
                        "malformed",
                        find,
                        "<?xml version='1.0' encoding='IBM037'?>" + envelope("", FIND),
                        Charset.forName("IBM037")),
                body(
                        "UTF-7 that hides brackets",
                        "malformed",
                        find,
                        "<?xml version='1.0' encoding='UTF-7'?>" + envelope("", text("+ADw-t:x/+AD4-"))),
                body(
                        "UTF-7 by its type",
                        "content-type",
                        find.with("Content-Type", "Content-Type: text/xml; charset=utf-7"),
                        envelope("", FIND)),
                body(
                        "UTF-8 longer than need be",
                        "malformed",
                        find,
                        envelope("", text("\u00c0\u00af")),
                        StandardCharsets.ISO_8859_1),
                body(
                        "half a character of UTF-8",
                        "malformed",
                        find,
                        envelope("", text("\u00e2\u0082")),
                        StandardCharsets.ISO_8859_1));
    }

    static String envelope(String header, String body) {
        return "<s:Envelope xmlns:s='" + SOAP11 + "' xmlns:t='urn:fairlead:integration:1:device'><s:Header>" + header
                + "</s:Header><s:Body>" + body + "</s:Body></s:Envelope>";
    }

    static String criteria(String inside) {
        return "<t:Find><t:criteria>" + inside + "</t:criteria></t:Find>";
    }

    static String text(String text) {
        return criteria("<t:text>" + text + "</t:text>");
    }

    private static String dtd(String inside, String body) {
        return "<?xml version='1.0'?><!DOCTYPE x [" + inside + "]>" + envelope("", body);
    }

    private static String laughs() {
        return "<!ENTITY l0 'ha'>"
                + IntStream.range(1, 10)
                        .mapToObj(i -> "<!ENTITY l" + i + " '" + ("&l" + (i - 1) + ";").repeat(10) + "'>")
                        .collect(Collectors.joining());
    }

    private static String numbered(String pattern, int count) {
        return IntStream.range(0, count).mapToObj(pattern::formatted).collect(Collectors.joining());
    }

    /** Whose String.hashCode() is the same: Aa and BB are. */
    private static String colliding() {
        return IntStream.range(0, 4_096)
                .mapToObj(i -> " "
                        + Integer.toBinaryString(4_096 + i).replace("0", "Aa").replace("1", "BB") + "=''")
                .collect(Collectors.joining());
    }

    static String include(String href) {
        return "<x:Include xmlns:x='http://www.w3.org/2004/08/xop/include' href='" + href + "'/>";
    }
}
