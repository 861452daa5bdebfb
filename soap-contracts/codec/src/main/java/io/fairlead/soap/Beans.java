package io.fairlead.soap;

import io.fairlead.contract.agent.ObjectFactory;
import jakarta.xml.bind.JAXBContext;
import jakarta.xml.bind.JAXBElement;
import jakarta.xml.bind.JAXBException;
import jakarta.xml.bind.MarshalException;
import jakarta.xml.bind.Marshaller;
import jakarta.xml.bind.UnmarshalException;
import jakarta.xml.bind.Unmarshaller;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * The contract's classes and JAXB, which is not loaded before it is needed. A context is shared; its readers and writers
 * are not thread-safe and costly to make, so that each thread keeps a pair. Whatever JAXB would pass over in silence (an element it does not know, a number
 * that is none) is refused.
 */
final class Beans {
    private final Late<JAXBContext> context = new Late<>(Beans::load);
    private final ThreadLocal<Unmarshaller> readers = ThreadLocal.withInitial(() -> reader(context.get()));
    private final ThreadLocal<Marshaller> writers = ThreadLocal.withInitial(() -> writer(context.get()));

    private static JAXBContext load() {
        try {
            return JAXBContext.newInstance(ObjectFactory.class);
        } catch (JAXBException e) {
            throw new IllegalStateException("the generated contract is broken", e);
        }
    }

    /** Has JAXB loaded now. */
    void prepare() {
        JAXBContext unused = context.get();
    }

    private static Unmarshaller reader(JAXBContext context) {
        try {
            Unmarshaller reader = context.createUnmarshaller();
            reader.setEventHandler(event -> false);
            return reader;
        } catch (JAXBException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Marshaller writer(JAXBContext context) {
        try {
            Marshaller writer = context.createMarshaller();
            writer.setProperty(Marshaller.JAXB_FRAGMENT, true);
            writer.setProperty(Marshaller.JAXB_ENCODING, "UTF-8");
            return writer;
        } catch (JAXBException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Reads the element at which the reader stands; afterwards it stands behind it. */
    <T> T read(XMLStreamReader reader, Class<T> type) throws XMLStreamException {
        String name = reader.getLocalName();
        if (!SoapNames.CONTRACT_NS.equals(reader.getNamespaceURI()) || !name.equals(type.getSimpleName())) {
            throw new Refusal(Fault.MALFORMED, "another element where " + type.getSimpleName() + " was expected");
        }
        try {
            @Nullable T bean = readers.get().unmarshal(reader, type).getValue();
            if (bean == null) {
                throw new Refusal(Fault.INVALID, "a " + name + " that is nil");
            }
            return bean;
        } catch (UnmarshalException e) {
            if (e.getCause() instanceof XMLStreamException broken) {
                throw broken;
            }
            throw new Refusal(Fault.INVALID, "not a " + name + " of this contract", e);
        } catch (Refusal refusal) {
            throw refusal;
        } catch (JAXBException | RuntimeException e) {
            // JAXB lets various of the latter out for an attribute that is no number.
            throw new Refusal(Fault.INVALID, "not a " + name + " of this contract", e);
        }
    }

    /** Writes one element named as its class. */
    <T> void write(T bean, ByteArrayOutputStream out) {
        @SuppressWarnings("unchecked")
        Class<T> type = (Class<T>) bean.getClass();
        int start = out.size();
        try {
            QName name = new QName(SoapNames.CONTRACT_NS, type.getSimpleName());
            writers.get().marshal(new JAXBElement<>(name, type, bean), out);
        } catch (MarshalException e) {
            throw new IllegalArgumentException("a " + type.getSimpleName() + " that cannot be written", e);
        } catch (JAXBException e) {
            throw new UncheckedIOException(new IOException(e));
        }
        refuseControls(out.toByteArray(), start);
    }

    /** XML 1.0 section 2.2 has no place for most control characters, and JAXB writes them all the same. */
    private static void refuseControls(byte[] bytes, int start) {
        for (int i = start; i < bytes.length; i++) {
            byte b = bytes[i];
            if (b >= 0 && b < 0x20 && b != '\t' && b != '\n' && b != '\r') {
                throw new IllegalArgumentException("a text with control characters");
            }
        }
    }
}
