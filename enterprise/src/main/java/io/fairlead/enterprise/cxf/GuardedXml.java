package io.fairlead.enterprise.cxf;

import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import java.io.InputStream;
import javax.xml.stream.XMLStreamReader;
import org.apache.cxf.binding.soap.SoapMessage;
import org.apache.cxf.binding.soap.SoapVersion;
import org.apache.cxf.binding.soap.interceptor.AbstractSoapInterceptor;
import org.apache.cxf.interceptor.StaxInInterceptor;
import org.apache.cxf.phase.Phase;

/** Gives CXF a bounded reader that stands on an envelope of the right SOAP version, so that it opens none of its own. */
final class GuardedXml extends AbstractSoapInterceptor {
    private final EnvelopeReaders readers;

    GuardedXml(EnvelopeReaders readers) {
        super(Phase.POST_STREAM);
        addBefore(StaxInInterceptor.class.getName());
        this.readers = readers;
    }

    @Override
    public void handleMessage(SoapMessage message) {
        BoundedReader reader = readers.bounded(
                message.getContent(InputStream.class),
                message.getExchange().get(SoapCall.class).includes());
        mustBe(message.getVersion(), reader);
        message.setContent(XMLStreamReader.class, reader);
        message.getExchange().put(BoundedReader.class, reader);
    }

    private static void mustBe(SoapVersion version, XMLStreamReader reader) {
        if (!reader.getLocalName().equals("Envelope")) {
            throw new Refusal(Fault.MALFORMED, "not an envelope");
        }
        if (!version.getNamespace().equals(reader.getNamespaceURI())) {
            throw new Refusal(Fault.VERSION_MISMATCH, "an envelope of another SOAP version");
        }
    }
}
