package io.fairlead.enterprise.cxf;

import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.util.StreamReaderDelegate;

/**
 * A reader that refuses what no request needs: document types, entities, processing instructions, inclusions of anything
 * but parts of the same message, another encoding or XML version, and anything deeper, wider or longer than the bounds here.
 */
final class BoundedReader extends StreamReaderDelegate {
    /** Elements within elements. */
    static final int MAX_DEPTH = 32;
    /** Elements in a message. */
    static final int MAX_ELEMENTS = 20_000;
    /** Elements directly in one. */
    static final int MAX_CHILDREN = 5_000;
    /** Attributes of one element; of name space declarations as many again. */
    static final int MAX_ATTRIBUTES = 50;

    private final Includes includes;
    private final Deque<int[]> children = new ArrayDeque<>();
    private int elements;
    private boolean inBody;

    private BoundedReader(XMLStreamReader reader, Includes includes) {
        super(reader);
        this.includes = includes;
    }

    static BoundedReader of(XMLStreamReader reader, Includes includes) {
        String declared = reader.getCharacterEncodingScheme();
        if (declared != null && !declared.equalsIgnoreCase("UTF-8")) {
            throw new Refusal(Fault.MALFORMED, "declares another encoding than UTF-8");
        }
        if ("1.1".equals(reader.getVersion())) {
            throw new Refusal(Fault.MALFORMED, "XML 1.1");
        }
        return new BoundedReader(reader, includes);
    }

    static Refusal forbidden(String what) {
        return new Refusal(Fault.XML_FORBIDDEN, what);
    }

    @Override
    public int next() throws XMLStreamException {
        int event = bounded();
        while (includes.skips(event, this)) {
            pass();
            event = bounded();
        }
        return event;
    }

    /** Goes behind an Include, which is empty. */
    private void pass() throws XMLStreamException {
        int event = bounded();
        while (event == XMLStreamConstants.COMMENT || event == XMLStreamConstants.CHARACTERS) {
            event = bounded();
        }
        if (event != XMLStreamConstants.END_ELEMENT) {
            throw new Refusal(Fault.INVALID, "an Include that is not empty");
        }
    }

    private int bounded() throws XMLStreamException {
        int event = super.next();
        switch (event) {
            case XMLStreamConstants.START_ELEMENT -> startElement();
            case XMLStreamConstants.END_ELEMENT -> children.pop();
            case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE, XMLStreamConstants.ENTITY_DECLARATION ->
                throw forbidden("document type or entity");
            case XMLStreamConstants.PROCESSING_INSTRUCTION -> throw forbidden("processing instruction");
            default -> {}
        }
        return event;
    }

    private void startElement() {
        bound(++elements, MAX_ELEMENTS, "elements");
        int[] siblings = children.peek();
        if (siblings != null) {
            bound(++siblings[0], MAX_CHILDREN, "elements in one");
        }
        if (children.size() == 1) {
            if (inBody) {
                // Basic Profile 1.2, R1011. Passing it by would let two readers see two messages.
                throw new Refusal(Fault.MALFORMED, "an element behind the body");
            }
            inBody = "Body".equals(getLocalName());
        } else if (children.size() == 2 && inBody && siblings != null && siblings[0] > 1) {
            throw new Refusal(Fault.MALFORMED, "more than one element in the body");
        }
        children.push(new int[1]);
        bound(children.size(), MAX_DEPTH, "elements deep");
        bound(getAttributeCount(), MAX_ATTRIBUTES, "attributes");
        bound(getNamespaceCount(), MAX_ATTRIBUTES, "name spaces");
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

    /** The same: the parser's own would pass by what is refused here. */
    @Override
    public String getElementText() throws XMLStreamException {
        StringBuilder text = new StringBuilder();
        for (int event = next(); event != XMLStreamConstants.END_ELEMENT; event = next()) {
            if (event == XMLStreamConstants.START_ELEMENT) {
                throw new XMLStreamException("text was expected", getLocation());
            }
            if (event != XMLStreamConstants.COMMENT) {
                text.append(getText());
            }
        }
        return text.toString();
    }

    /** Reads what CXF leaves unread behind the body's element: no second one, and nothing behind the envelope. */
    void finish() throws XMLStreamException {
        while (hasNext()) {
            int event = next();
            if (event == XMLStreamConstants.START_ELEMENT
                    || (event == XMLStreamConstants.CHARACTERS && !isWhiteSpace())
                    || event == XMLStreamConstants.CDATA) {
                throw new Refusal(Fault.MALFORMED, "something follows the body's element");
            }
        }
    }

    private static void bound(int value, int most, String what) {
        if (value > most) {
            throw new Refusal(Fault.XML_LIMIT, "more than " + most + " " + what);
        }
    }
}
