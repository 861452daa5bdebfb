package io.fairlead.enterprise.cxf;

import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import java.util.List;
import javax.xml.stream.XMLStreamException;
import org.apache.cxf.binding.soap.model.SoapOperationInfo;
import org.apache.cxf.message.Exchange;
import org.apache.cxf.message.Message;
import org.apache.cxf.message.MessageContentsList;
import org.apache.cxf.service.invoker.Invoker;
import org.apache.cxf.service.model.BindingOperationInfo;
import org.jspecify.annotations.Nullable;

/** Hands a valid request to the call's handler, when its SOAPAction names the operation in its body. */
final class SoapDispatch implements Invoker {
    @Override
    public Object invoke(Exchange exchange, Object contents) {
        SoapCall call = exchange.get(SoapCall.class);
        BindingOperationInfo operation = exchange.getBindingOperationInfo();
        String named = operation.getName().getLocalPart();
        mustName(call.action(), operation, named);
        if (!(contents instanceof List<?> parts) || parts.size() != 1 || parts.get(0) == null) {
            throw new Refusal(Fault.MALFORMED, "no single element in the body of " + named);
        }
        readOut(exchange.get(BoundedReader.class));
        call.includes().mustBeUsed();
        try {
            Object answer = call.handle(named, parts.get(0));
            if (answer instanceof PackedAnswer packed) {
                exchange.put(Message.MTOM_ENABLED, true);
                return new MessageContentsList(packed.body());
            }
            return new MessageContentsList(answer);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new org.apache.cxf.interceptor.Fault(e);
        }
    }

    private static void readOut(BoundedReader reader) {
        try {
            reader.finish();
        } catch (XMLStreamException e) {
            throw SoapFailures.unreadable(e);
        }
    }

    private static void mustName(@Nullable String action, BindingOperationInfo operation, String named) {
        SoapOperationInfo soap = operation.getExtensor(SoapOperationInfo.class);
        if (action != null && (soap == null || !action.equals(soap.getAction()))) {
            throw new Refusal(Fault.SOAP_ACTION, "the body is of " + named + ", the action is another");
        }
    }
}
