package io.fairlead.soap;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * SOAP 1.1 envelopes in UTF-8, document/literal wrapped: one element of the contract in the body, no header that must
 * be understood. Thread-safe; one per program.
 */
public final class SoapCodec {
    static final byte[] OPEN = ("<?xml version=\"1.0\" encoding=\"UTF-8\"?><s:Envelope xmlns:s=\""
                    + SoapNames.ENVELOPE_NS + "\"><s:Body>")
            .getBytes(StandardCharsets.US_ASCII);
    static final byte[] CLOSE = "</s:Body></s:Envelope>".getBytes(StandardCharsets.US_ASCII);

    private final XmlReaders readers;
    private final Beans beans;

    /** Shares the reader and writer of bare documents: their making is what costs. */
    public SoapCodec(Documents documents) {
        this.readers = documents.readers();
        this.beans = documents.beans();
    }

    /**
     * An envelope around an object of the contract.
     *
     * @throws IllegalArgumentException for a text that XML cannot carry
     */
    public byte[] write(Object body) {
        return PlainEnvelopes.write(body).orElseGet(() -> writeByJaxb(body));
    }

    private byte[] writeByJaxb(Object body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(2048);
        out.writeBytes(OPEN);
        beans.write(body, out);
        out.writeBytes(CLOSE);
        return out.toByteArray();
    }

    /** An envelope around a fault (SOAP 1.1 section 4.4) with a FaultDetail. */
    public byte[] fault(Fault fault, String correlation) {
        String retry = fault.retryAfterSeconds() > 0 ? " retryAfter=\"" + fault.retryAfterSeconds() + "\"" : "";
        String body = "<s:Fault><faultcode>s:" + fault.blame().faultCode() + "</faultcode><faultstring xml:lang=\"en\">"
                + fault.text() + "</faultstring><detail><c:FaultDetail xmlns:c=\"" + SoapNames.CONTRACT_NS + "\" key=\""
                + fault.key() + "\" correlation=\"" + correlation + "\"" + retry + "/></detail></s:Fault>";
        ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
        out.writeBytes(OPEN);
        out.writeBytes(body.getBytes(StandardCharsets.UTF_8));
        out.writeBytes(CLOSE);
        return out.toByteArray();
    }

    /**
     * Reads an envelope that is there as a whole: as {@link #read(InputStream, Class)} does, and at a fraction of the
     * cost where it is as agents write it.
     *
     * @throws Refusal MALFORMED, INVALID, XML_FORBIDDEN, XML_LIMIT, MUST_UNDERSTAND or VERSION_MISMATCH
     * @throws RemoteFault when the body is a fault
     */
    public <T> T read(byte[] utf8, Class<T> type) {
        return PlainEnvelopes.read(utf8, type).orElseGet(() -> read(new ByteArrayInputStream(utf8), type));
    }

    /**
     * Reads an envelope whose body is an element of the given type. The caller bounds the stream's length.
     *
     * @throws Refusal MALFORMED, INVALID, XML_FORBIDDEN, XML_LIMIT, MUST_UNDERSTAND or VERSION_MISMATCH
     * @throws RemoteFault when the body is a fault
     */
    public <T> T read(InputStream utf8, Class<T> type) {
        try {
            XMLStreamReader reader = readers.open(utf8);
            reader.nextTag();
            enterBody(reader);
            if (isSoap(reader, "Fault")) {
                throw remoteFault(reader);
            }
            T body = beans.read(reader, type);
            leaveBody(reader);
            return body;
        } catch (XMLStreamException e) {
            throw new Refusal(Fault.MALFORMED, "not well-formed", e);
        }
    }

    private static void enterBody(XMLStreamReader reader) throws XMLStreamException {
        if (!reader.getLocalName().equals("Envelope")) {
            throw new Refusal(Fault.MALFORMED, "not an envelope");
        }
        if (!SoapNames.ENVELOPE_NS.equals(reader.getNamespaceURI())) {
            throw new Refusal(Fault.VERSION_MISMATCH, "an envelope of another SOAP version");
        }
        reader.nextTag();
        if (reader.isStartElement() && isSoap(reader, "Header")) {
            skipHeader(reader);
            reader.nextTag();
        }
        if (!reader.isStartElement() || !isSoap(reader, "Body")) {
            throw new Refusal(Fault.MALFORMED, "no body");
        }
        if (reader.nextTag() != XMLStreamConstants.START_ELEMENT) {
            throw new Refusal(Fault.MALFORMED, "an empty body");
        }
    }

    /** Passes over a header; one of its blocks that must be understood (section 4.2.3) is refused. */
    private static void skipHeader(XMLStreamReader reader) throws XMLStreamException {
        for (int depth = 1; depth > 0; ) {
            int event = reader.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                if (depth == 1 && mustUnderstand(reader)) {
                    throw new Refusal(Fault.MUST_UNDERSTAND, "a header block that must be understood");
                }
                depth++;
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                depth--;
            }
        }
    }

    private static boolean mustUnderstand(XMLStreamReader reader) {
        String flag = reader.getAttributeValue(SoapNames.ENVELOPE_NS, "mustUnderstand");
        return "1".equals(flag) || "true".equals(flag);
    }

    /** Behind the body's only child: both ends, and nothing else. */
    private static void leaveBody(XMLStreamReader reader) throws XMLStreamException {
        skipSpace(reader);
        if (!reader.isEndElement() || !isSoap(reader, "Body")) {
            throw new Refusal(Fault.MALFORMED, "more than one element in the body");
        }
        if (reader.nextTag() != XMLStreamConstants.END_ELEMENT) {
            throw new Refusal(Fault.MALFORMED, "something follows the body");
        }
        while (reader.hasNext()) {
            if (reader.next() == XMLStreamConstants.CHARACTERS && !reader.isWhiteSpace()) {
                throw new Refusal(Fault.MALFORMED, "something follows the envelope");
            }
        }
    }

    private static void skipSpace(XMLStreamReader reader) throws XMLStreamException {
        int event = reader.getEventType();
        if (event == XMLStreamConstants.SPACE
                || event == XMLStreamConstants.COMMENT
                || (event == XMLStreamConstants.CHARACTERS && reader.isWhiteSpace())) {
            reader.nextTag();
        }
    }

    private static boolean isSoap(XMLStreamReader reader, String name) {
        return reader.getLocalName().equals(name) && SoapNames.ENVELOPE_NS.equals(reader.getNamespaceURI());
    }

    private static RemoteFault remoteFault(XMLStreamReader reader) throws XMLStreamException {
        while (reader.hasNext()) {
            if (reader.next() == XMLStreamConstants.START_ELEMENT
                    && reader.getLocalName().equals("FaultDetail")
                    && SoapNames.CONTRACT_NS.equals(reader.getNamespaceURI())) {
                return new RemoteFault(
                        attribute(reader, "key"),
                        attribute(reader, "correlation"),
                        seconds(attribute(reader, "retryAfter")));
            }
        }
        return new RemoteFault("unknown", "", 0);
    }

    private static String attribute(XMLStreamReader reader, String name) {
        @Nullable String value = reader.getAttributeValue(null, name);
        return Objects.requireNonNullElse(value, "");
    }

    private static int seconds(String text) {
        try {
            return text.isEmpty() ? 0 : Math.max(0, Integer.parseInt(text));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
