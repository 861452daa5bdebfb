package io.fairlead.soap;

import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.util.StreamReaderDelegate;

/**
 * A reader that refuses what the contract never needs: document types, entities, processing instructions, and anything
 * deeper, wider or longer than {@link #MAX_DEPTH}, {@link #MAX_ELEMENTS}, {@link #MAX_ATTRIBUTES} and {@link #MAX_TEXT}.
 * The bounds hold whichever StAX parser is beneath.
 */
final class XmlGuard extends StreamReaderDelegate {
    /** Elements within elements. A PollResponse needs 6. */
    static final int MAX_DEPTH = 16;
    /** Elements in a message. 65,536 bytes hold fewer than this. */
    static final int MAX_ELEMENTS = 10_000;
    /** Attributes of one element, name space declarations included. */
    static final int MAX_ATTRIBUTES = 16;
    /** Characters between two tags. */
    static final int MAX_TEXT = 65_536;

    private int depth;
    private int elements;
    private int text;

    XmlGuard(XMLStreamReader reader) {
        super(reader);
    }

    @Override
    public int next() throws XMLStreamException {
        int event = super.next();
        switch (event) {
            case XMLStreamConstants.START_ELEMENT -> startElement();
            case XMLStreamConstants.END_ELEMENT -> {
                depth--;
                text = 0;
            }
            case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                text += getTextLength();
                bound(text, MAX_TEXT, "characters of text");
            }
            case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE, XMLStreamConstants.ENTITY_DECLARATION ->
                throw new Refusal(Fault.XML_FORBIDDEN, "document type or entity");
            case XMLStreamConstants.PROCESSING_INSTRUCTION ->
                throw new Refusal(Fault.XML_FORBIDDEN, "processing instruction");
            default -> {}
        }
        return event;
    }

    private void startElement() {
        text = 0;
        bound(++depth, MAX_DEPTH, "elements deep");
        bound(++elements, MAX_ELEMENTS, "elements");
        bound(getAttributeCount() + getNamespaceCount(), MAX_ATTRIBUTES, "attributes");
    }

    /** As the interface's contract has it, but by way of the guarded {@link #next()}. */
    @Override
    public int nextTag() throws XMLStreamException {
        int event = next();
        while (event == XMLStreamConstants.COMMENT
                || event == XMLStreamConstants.SPACE
                || (event == XMLStreamConstants.CHARACTERS && isWhiteSpace())) {
            event = next();
        }
        if (event != XMLStreamConstants.START_ELEMENT && event != XMLStreamConstants.END_ELEMENT) {
            throw new XMLStreamException("a tag was expected", getLocation());
        }
        return event;
    }

    private static void bound(int value, int most, String what) {
        if (value > most) {
            throw new Refusal(Fault.XML_LIMIT, "more than " + most + " " + what);
        }
    }
}
