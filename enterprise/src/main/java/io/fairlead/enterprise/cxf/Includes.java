package io.fairlead.enterprise.cxf;

import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * The one element {@code xop:Include} that a message may have (W3C XOP 1.0 section 2.1): in the element that takes an
 * attachment, for the attachment that the message has. It is taken out of the envelope before anybody else sees it, so that
 * no address in it is ever followed and the schema sees an empty element. Any other is refused.
 */
public final class Includes {
    private static final String XOP = "http://www.w3.org/2004/08/xop/include";

    private final @Nullable QName place;
    private final @Nullable Attachment attachment;
    private @Nullable QName opened;
    private boolean found;

    private Includes(@Nullable QName place, @Nullable Attachment attachment) {
        this.place = place;
        this.attachment = attachment;
    }

    /** None may be there. */
    public static Includes none() {
        return new Includes(null, null);
    }

    /**
     * One has to be there if there is an attachment.
     *
     * @param place the element that takes one
     */
    public static Includes in(QName place, @Nullable Attachment attachment) {
        return new Includes(place, attachment);
    }

    /** What a reader came to; true when it is to be skipped. Throws a Refusal. */
    boolean skips(int event, XMLStreamReader reader) {
        if (event == XMLStreamConstants.END_ELEMENT) {
            opened = null;
        } else if (event == XMLStreamConstants.START_ELEMENT) {
            if (XOP.equals(reader.getNamespaceURI())) {
                judge(reader.getAttributeValue(null, "href"));
                return true;
            }
            opened = reader.getName();
        }
        return false;
    }

    private void judge(@Nullable String href) {
        if (found || attachment == null || opened == null || !opened.equals(place)) {
            throw refused("an Include where none belongs");
        }
        if (href == null || !cid(href).equals(attachment.contentId())) {
            throw refused("an Include of something other than this message's attachment");
        }
        found = true;
    }

    /** RFC 2392: the id, with % for what an address cannot have. */
    private static String cid(String href) {
        if (!href.startsWith("cid:") || href.length() == 4) {
            throw refused("an Include of something other than this message's attachment");
        }
        try {
            return URLDecoder.decode(href.substring(4).replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw refused("an Include that does not read");
        }
    }

    /** Throws a Refusal when there is an attachment that nothing asked for. */
    void mustBeUsed() {
        if (attachment != null && !found) {
            throw new Refusal(Fault.INVALID, "an attachment that belongs nowhere");
        }
    }

    private static Refusal refused(String what) {
        return new Refusal(Fault.XML_FORBIDDEN, what);
    }
}
