package io.fairlead.enterprise.cxf;

import java.io.OutputStream;
import org.apache.cxf.message.Message;
import org.apache.cxf.phase.AbstractPhaseInterceptor;
import org.apache.cxf.phase.Phase;

/**
 * Has what JAXB writes of each answer pass {@link LegalBytes}, and nothing else: the bytes of attachments go out by the same
 * stream later.
 */
final class LegalAnswers extends AbstractPhaseInterceptor<Message> {
    LegalAnswers() {
        super(Phase.PRE_MARSHAL);
    }

    @Override
    public void handleMessage(Message message) {
        message.setContent(OutputStream.class, new LegalBytes(message.getContent(OutputStream.class)));
    }

    /** Takes it away again. */
    static final class Written extends AbstractPhaseInterceptor<Message> {
        Written() {
            super(Phase.POST_MARSHAL);
        }

        @Override
        public void handleMessage(Message message) {
            if (message.getContent(OutputStream.class) instanceof LegalBytes legal) {
                message.setContent(OutputStream.class, legal.beneath());
            }
        }
    }
}
