package io.fairlead.enterprise.cxf;

import javax.xml.namespace.QName;
import org.apache.cxf.binding.soap.SoapMessage;
import org.apache.cxf.binding.soap.interceptor.AbstractSoapInterceptor;
import org.apache.cxf.binding.soap.interceptor.MustUnderstandInterceptor;
import org.apache.cxf.phase.Phase;

/** A header of WS-Security counts as understood where the lane has judged it before, and nowhere else. */
final class JudgedSecurity extends AbstractSoapInterceptor {
    private static final QName SECURITY =
            new QName("http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd", "Security");

    JudgedSecurity() {
        super(Phase.PRE_PROTOCOL);
        addBefore(MustUnderstandInterceptor.class.getName());
    }

    @Override
    public void handleMessage(SoapMessage message) {
        if (message.getExchange().get(SoapCall.class).secured()) {
            message.getHeaders().removeIf(header -> header.getName().equals(SECURITY));
        }
    }
}
