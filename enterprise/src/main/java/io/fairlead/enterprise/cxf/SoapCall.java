package io.fairlead.enterprise.cxf;

import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way. Of the head CXF is told the Content-Type and nothing else, so that no header can switch anything
 * on. Used by one thread at a time.
 */
public final class SoapCall {
    private final SoapHandler handler;
    private final String contentType;
    private final @Nullable String action;
    private final boolean secured;
    private final Includes includes;
    private final InputStream body;
    private final ReplyStream reply;
    private boolean invoked;

    /**
     * @param action the SOAPAction that was sent, without quotes: it has to be that of the operation in the body; null where
     *     none is needed
     * @param secured whether the lane has read and judged the header of WS-Security, which then counts as understood
     * @param includes where the envelope may mention what comes behind it
     * @param body the envelope alone
     */
    public SoapCall(
            String contentType,
            @Nullable String action,
            boolean secured,
            Includes includes,
            InputStream body,
            ReplyStream reply,
            SoapHandler handler) {
        this.handler = handler;
        this.contentType = contentType;
        this.action = action;
        this.secured = secured;
        this.includes = includes;
        this.body = body;
        this.reply = reply;
    }

    String contentType() {
        return contentType;
    }

    @Nullable
    String action() {
        return action;
    }

    boolean secured() {
        return secured;
    }

    Includes includes() {
        return includes;
    }

    InputStream body() {
        return body;
    }

    ReplyStream reply() {
        return reply;
    }

    /** The request was read whole: from here on a failure is not the caller's. */
    Object handle(String operation, Object request) throws Exception {
        invoked = true;
        return handler.handle(operation, request);
    }

    /** Whether the operation was called. */
    public boolean invoked() {
        return invoked;
    }
}
