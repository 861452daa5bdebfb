package io.fairlead.enterprise.integration;

import io.fairlead.enterprise.cxf.EnvelopeReaders;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * The header of WS-Security 1.1, of which one thing is taken: a UsernameToken with its password as text, perhaps with a
 * Timestamp beside it. Anything else in it (a digest, a signature, another token) is refused, wherever it stands, so that
 * nothing can be wrapped: only a Security block that is a child of the envelope's own header counts, and only one.
 */
final class SecurityHeader {
    private static final String WSSE =
            "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";
    private static final String WSU =
            "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";
    private static final String TEXT =
            "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#PasswordText";
    /** By how much two clocks may differ. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    private final EnvelopeReaders readers;
    private final Clock clock;

    SecurityHeader(EnvelopeReaders readers, Clock clock) {
        this.readers = readers;
        this.clock = clock;
    }

    /** Reads as far as the body begins. Empty when there is no such header. Throws a Refusal. */
    Optional<Credentials> read(Buffer envelope, Wire wire) {
        XMLStreamReader reader = readers.open(new ByteArrayInputStream(envelope.getBytes()));
        try {
            if (!is(reader, wire.envelope(), "Envelope")) {
                throw new Refusal(
                        reader.getLocalName().equals("Envelope") ? Fault.VERSION_MISMATCH : Fault.MALFORMED,
                        "not an envelope of this SOAP version");
            }
            if (reader.nextTag() != XMLStreamConstants.START_ELEMENT || !is(reader, wire.envelope(), "Header")) {
                return Optional.empty();
            }
            @Nullable Credentials found = null;
            while (reader.nextTag() == XMLStreamConstants.START_ELEMENT) {
                if (!is(reader, WSSE, "Security")) {
                    skip(reader);
                } else if (found != null) {
                    throw refused("two of them");
                } else {
                    found = security(reader);
                }
            }
            return Optional.ofNullable(found);
        } catch (XMLStreamException e) {
            throw EnvelopeReaders.unreadable(e);
        }
    }

    private Credentials security(XMLStreamReader reader) throws XMLStreamException {
        @Nullable Credentials found = null;
        while (reader.nextTag() == XMLStreamConstants.START_ELEMENT) {
            if (is(reader, WSU, "Timestamp")) {
                timestamp(reader);
            } else if (is(reader, WSSE, "UsernameToken") && found == null) {
                found = token(reader);
            } else {
                throw refused("something other than one UsernameToken");
            }
        }
        if (found == null) {
            throw refused("no UsernameToken");
        }
        return found;
    }

    private Credentials token(XMLStreamReader reader) throws XMLStreamException {
        @Nullable String name = null;
        @Nullable String password = null;
        while (reader.nextTag() == XMLStreamConstants.START_ELEMENT) {
            if (is(reader, WSSE, "Username") && name == null) {
                name = reader.getElementText();
            } else if (is(reader, WSSE, "Password") && password == null) {
                @Nullable String type = reader.getAttributeValue(null, "Type");
                if (type != null && !type.equals(TEXT)) {
                    throw refused("a password that is no text");
                }
                password = reader.getElementText();
            } else if (is(reader, WSSE, "Nonce") || is(reader, WSU, "Created")) {
                skip(reader);
            } else {
                throw refused("something other than a name and a password");
            }
        }
        if (name == null || password == null) {
            throw refused("no name or no password");
        }
        return new Credentials(name.strip(), password);
    }

    private void timestamp(XMLStreamReader reader) throws XMLStreamException {
        while (reader.nextTag() == XMLStreamConstants.START_ELEMENT) {
            boolean expires = is(reader, WSU, "Expires");
            if (!expires && !is(reader, WSU, "Created")) {
                throw refused("something other than two times in the Timestamp");
            }
            Instant at = time(reader.getElementText().strip());
            Instant now = clock.instant();
            if (expires ? at.isBefore(now.minus(SKEW)) : at.isAfter(now.plus(SKEW))) {
                throw refused("a Timestamp that is not of now");
            }
        }
    }

    private static Instant time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw refused("a time that does not read");
        }
    }

    private static void skip(XMLStreamReader reader) throws XMLStreamException {
        for (int depth = 1; depth > 0; ) {
            int event = reader.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                depth++;
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                depth--;
            }
        }
    }

    private static boolean is(XMLStreamReader reader, String namespace, String name) {
        return name.equals(reader.getLocalName()) && namespace.equals(reader.getNamespaceURI());
    }

    private static Refusal refused(String what) {
        return new Refusal(Fault.SECURITY_HEADER, what);
    }
}
