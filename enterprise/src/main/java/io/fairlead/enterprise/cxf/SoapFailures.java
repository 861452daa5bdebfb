package io.fairlead.enterprise.cxf;

import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import jakarta.xml.bind.JAXBException;
import java.io.CharConversionException;
import java.io.IOException;
import java.util.Locale;
import javax.xml.stream.XMLStreamException;
import org.apache.cxf.binding.soap.Soap11;
import org.apache.cxf.binding.soap.Soap12;
import org.apache.cxf.binding.soap.SoapFault;
import org.jspecify.annotations.Nullable;
import org.xml.sax.SAXException;

/** What CXF threw, in our words. Its messages are for the log; none goes out. */
final class SoapFailures {
    private static final int DEEPEST = 16;

    private SoapFailures() {}

    /** @param invoked whether the operation was called: before that the request is to blame */
    static Exception meaning(Exception failure, boolean invoked) {
        Refusal refusal = within(failure, Refusal.class);
        if (refusal != null) {
            return refusal;
        }
        CharConversionException unreadable = within(failure, CharConversionException.class);
        if (unreadable != null && !invoked) {
            return new Refusal(Fault.MALFORMED, detail(unreadable), failure);
        }
        IOException gone = within(failure, IOException.class);
        if (gone != null) {
            return gone;
        }
        return invoked ? cause(failure) : refused(failure);
    }

    private static Exception cause(Exception failure) {
        return failure instanceof org.apache.cxf.interceptor.Fault && failure.getCause() instanceof Exception cause
                ? cause
                : failure;
    }

    private static Refusal refused(Exception failure) {
        if (failure instanceof SoapFault soap) {
            if (soap.getFaultCode().equals(Soap11.getInstance().getMustUnderstand())
                    || soap.getFaultCode().equals(Soap12.getInstance().getMustUnderstand())) {
                return new Refusal(Fault.MUST_UNDERSTAND, detail(soap), failure);
            }
            if (soap.getFaultCode().equals(Soap11.getInstance().getVersionMismatch())) {
                return new Refusal(Fault.VERSION_MISMATCH, detail(soap), failure);
            }
        }
        XMLStreamException unreadable = within(failure, XMLStreamException.class);
        if (unreadable != null) {
            return unreadable(unreadable);
        }
        SAXException invalid = within(failure, SAXException.class);
        JAXBException unfit = within(failure, JAXBException.class);
        if (invalid != null || unfit != null) {
            return new Refusal(Fault.INVALID, detail(invalid != null ? invalid : unfit), failure);
        }
        return new Refusal(Fault.MALFORMED, failure.getClass().getSimpleName() + ": " + detail(failure), failure);
    }

    /** Not well-formed, or beyond a limit of the parser. */
    static Refusal unreadable(XMLStreamException failure) {
        Refusal refusal = within(failure, Refusal.class);
        if (refusal != null) {
            return refusal;
        }
        String message = detail(failure);
        String lower = message.toLowerCase(Locale.ROOT);
        if (lower.contains("limit (") || lower.contains("maximum ")) {
            return new Refusal(Fault.XML_LIMIT, message, failure);
        }
        return new Refusal(lower.contains("entity") ? Fault.XML_FORBIDDEN : Fault.MALFORMED, message, failure);
    }

    private static <T> @Nullable T within(Throwable failure, Class<T> type) {
        Throwable one = failure;
        for (int depth = 0; one != null && depth < DEEPEST; depth++) {
            if (type.isInstance(one)) {
                return type.cast(one);
            }
            one = one instanceof JAXBException linked && linked.getLinkedException() != null
                    ? linked.getLinkedException()
                    : one.getCause();
        }
        return null;
    }

    private static String detail(@Nullable Throwable failure) {
        return failure == null ? "" : String.valueOf(failure.getMessage());
    }
}
