package io.fairlead.soap;

import java.io.InputStream;
import java.util.function.Supplier;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Makes guarded readers of XML 1.0 in UTF-8: no document types, nothing fetched from elsewhere. Thread-safe. */
public final class XmlReaders {
    /** Woodstox's: whether a text is parsed when it is asked for only, so that what is wrong in it comes unchecked. */
    private static final String LAZY = "com.ctc.wstx.lazyParsing";

    private final Late<XMLInputFactory> factory;

    /** Takes a factory over and hardens it; the caller does not use it any more. */
    public XmlReaders(XMLInputFactory factory) {
        this(() -> factory);
    }

    private XmlReaders(Supplier<XMLInputFactory> maker) {
        this.factory = new Late<>(() -> hardened(maker.get()));
    }

    private static XMLInputFactory hardened(XMLInputFactory factory) {
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
        if (factory.isPropertySupported(LAZY)) {
            factory.setProperty(LAZY, false);
        }
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new Refusal(Fault.XML_FORBIDDEN, "external reference");
        });
        return factory;
    }

    /** The JDK's own parser, which suits the agent: nothing more to load, and that not before it is needed. */
    public static XmlReaders ofJdk() {
        return new XmlReaders(XMLInputFactory::newDefaultFactory);
    }

    XMLStreamReader open(InputStream utf8) throws XMLStreamException {
        XMLStreamReader reader = factory.get().createXMLStreamReader(utf8, "UTF-8");
        String declared = reader.getCharacterEncodingScheme();
        if (declared != null && !declared.equalsIgnoreCase("UTF-8")) {
            throw new Refusal(Fault.MALFORMED, "declares another encoding than UTF-8");
        }
        if ("1.1".equals(reader.getVersion())) {
            // It lets control characters in that 1.0, and so all that we write, cannot carry.
            throw new Refusal(Fault.MALFORMED, "XML 1.1");
        }
        return new XmlGuard(reader);
    }
}
