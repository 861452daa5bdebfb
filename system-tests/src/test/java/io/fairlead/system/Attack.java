package io.fairlead.system;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Something that nobody should send.
 *
 * @param name what it is
 * @param expected what may come of it: codes of faults; {@code answered} where it is harmless; {@code http} where HTTP itself
 *     refuses it without a word of the lane; {@code closed}
 * @param sent all bytes of the connection
 */
record Attack(String name, List<String> expected, byte[] sent) {
    static final String SOAP11 = "http://schemas.xmlsoap.org/soap/envelope/";
    static final String SOAP12 = "http://www.w3.org/2003/05/soap-envelope";

    /** A request that is right but for its body. */
    static Attack body(String name, String expected, Head head, String body) {
        return body(name, expected, head, body.getBytes(StandardCharsets.UTF_8));
    }

    static Attack body(String name, String expected, Head head, byte[] body) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(head.line("Content-Length: " + body.length).bytes());
        all.writeBytes(body);
        return new Attack(name, List.of(expected.split(" ")), all.toByteArray());
    }

    static Attack body(String name, String expected, Head head, String body, Charset charset) {
        return body(name, expected, head, body.getBytes(charset));
    }

    /** Bytes as they are. */
    static Attack raw(String name, String expected, String sent) {
        return new Attack(name, List.of(expected.split(" ")), sent.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Lines of a request's head, without the empty one. */
    record Head(String text) {
        /** With all that a call of an operation has but its length. */
        static Head of(String basic, String service, String operation) {
            return new Head("POST /services/v1/" + service + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n")
                    .line("Authorization: " + basic)
                    .line("Content-Type: text/xml; charset=utf-8")
                    .line("SOAPAction: \"urn:fairlead:integration:1:" + service + ":" + operation + "\"");
        }

        Head line(String line) {
            return new Head(text + line + "\r\n");
        }

        /** Another line in place of the one that begins so. */
        Head with(String begins, String line) {
            return new Head(text.replaceAll("(?m)^" + begins + ".*\r\n", "")).line(line);
        }

        Head without(String begins) {
            return new Head(text.replaceAll("(?m)^" + begins + ".*\r\n", ""));
        }

        /** The path and port of SOAP 1.2. */
        Head twelve() {
            return new Head(text.replace("/services/v1/", "/services/v1/soap12/"))
                    .without("SOAPAction")
                    .with("Content-Type", "Content-Type: application/soap+xml; charset=utf-8");
        }

        byte[] bytes() {
            return (text + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
