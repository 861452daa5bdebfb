package io.fairlead.enterprise.cxf;

import com.ctc.wstx.api.WstxInputProperties;
import com.ctc.wstx.stax.WstxInputFactory;
import io.fairlead.soap.Refusal;
import java.io.InputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Opens bounded readers of XML 1.0 in UTF-8: Woodstox, whose own limits stand beneath those of {@link BoundedReader}. */
public final class EnvelopeReaders {
    /** Characters between two tags; base64 in the envelope itself counts as such. */
    static final int MAX_TEXT = 262_144;

    private static final long MAX_CHARACTERS = 1_100_000;
    private static final int MAX_ATTRIBUTE_SIZE = 4_096;

    private final XMLInputFactory factory = new WstxInputFactory();

    public EnvelopeReaders() {
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw BoundedReader.forbidden("an external reference");
        });
        factory.setProperty(WstxInputProperties.P_MAX_ELEMENT_DEPTH, BoundedReader.MAX_DEPTH);
        factory.setProperty(WstxInputProperties.P_MAX_ELEMENT_COUNT, (long) BoundedReader.MAX_ELEMENTS);
        factory.setProperty(WstxInputProperties.P_MAX_CHILDREN_PER_ELEMENT, BoundedReader.MAX_CHILDREN);
        factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTES_PER_ELEMENT, BoundedReader.MAX_ATTRIBUTES);
        factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTE_SIZE, MAX_ATTRIBUTE_SIZE);
        factory.setProperty(WstxInputProperties.P_MAX_TEXT_LENGTH, MAX_TEXT);
        factory.setProperty(WstxInputProperties.P_MAX_CHARACTERS, MAX_CHARACTERS);
    }

    /**
     * Stands on the root element.
     *
     * @throws Refusal MALFORMED, XML_FORBIDDEN or XML_LIMIT, here and while it is read; where the parser's own exception
     *     comes out, {@link #unreadable} says which
     */
    public XMLStreamReader open(InputStream utf8) {
        return bounded(utf8, Includes.none());
    }

    /** The same of an envelope that may have an attachment. */
    BoundedReader bounded(InputStream utf8, Includes includes) {
        try {
            BoundedReader reader = BoundedReader.of(factory.createXMLStreamReader(utf8, "UTF-8"), includes);
            int unusedStart = reader.nextTag();
            return reader;
        } catch (XMLStreamException e) {
            throw unreadable(e);
        }
    }

    /** What an exception of such a reader means. */
    public static Refusal unreadable(XMLStreamException failure) {
        return SoapFailures.unreadable(failure);
    }
}
