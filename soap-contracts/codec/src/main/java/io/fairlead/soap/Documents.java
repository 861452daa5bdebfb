package io.fairlead.soap;

import io.fairlead.contract.agent.StatusMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Single objects of the contract as bare UTF-8 documents, such as an Order before it is signed or a StatusMessage in a
 * spool: that one in plain form where it is (see {@link PlainEnvelopes}), all else by StAX and JAXB. Thread-safe.
 */
public final class Documents {
    private final XmlReaders readers;
    private final Beans beans;

    public Documents(XmlReaders readers) {
        this.readers = readers;
        this.beans = new Beans();
    }

    /** Loads JAXB now: for a server, where nobody shall wait for that. Without it, the first message that needs it does. */
    public void prepare() {
        beans.prepare();
    }

    XmlReaders readers() {
        return readers;
    }

    Beans beans() {
        return beans;
    }

    /**
     * Writes an object of the contract as an element named as its class.
     *
     * @throws IllegalArgumentException for a text that XML cannot carry
     */
    public byte[] write(Object bean) {
        return bean instanceof StatusMessage
                ? PlainMessage.DOCUMENT.write(bean).orElseGet(() -> writeByJaxb(bean))
                : writeByJaxb(bean);
    }

    private byte[] writeByJaxb(Object bean) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
        beans.write(bean, out);
        return out.toByteArray();
    }

    /**
     * Reads what {@link #write} wrote, and nothing else.
     *
     * @throws Refusal MALFORMED, INVALID, XML_FORBIDDEN or XML_LIMIT
     */
    public <T> T read(byte[] utf8, Class<T> type) {
        return type == StatusMessage.class
                ? PlainMessage.DOCUMENT.read(utf8).map(type::cast).orElseGet(() -> readByJaxb(utf8, type))
                : readByJaxb(utf8, type);
    }

    private <T> T readByJaxb(byte[] utf8, Class<T> type) {
        try {
            XMLStreamReader reader = readers.open(new ByteArrayInputStream(utf8));
            reader.nextTag();
            T bean = beans.read(reader, type);
            if (reader.getEventType() != XMLStreamConstants.END_DOCUMENT) {
                throw new Refusal(Fault.MALFORMED, "something follows the document");
            }
            return bean;
        } catch (XMLStreamException e) {
            throw new Refusal(Fault.MALFORMED, "not well-formed", e);
        }
    }
}
