package io.fairlead.enterprise.cxf;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Logger;
import org.apache.cxf.Bus;
import org.apache.cxf.common.logging.LogUtils;
import org.apache.cxf.message.Exchange;
import org.apache.cxf.message.ExchangeImpl;
import org.apache.cxf.message.Message;
import org.apache.cxf.message.MessageImpl;
import org.apache.cxf.service.model.EndpointInfo;
import org.apache.cxf.transport.AbstractDestination;
import org.apache.cxf.transport.Conduit;
import org.apache.cxf.ws.addressing.EndpointReferenceUtils;
import org.jspecify.annotations.Nullable;

/** Brings one call after the other into CXF, and what it answers into the call's reply. Thread-safe. */
final class SoapDestination extends AbstractDestination {
    private static final Logger LOG = LogUtils.getL7dLogger(SoapDestination.class);

    SoapDestination(Bus bus, EndpointInfo endpoint) {
        super(bus, EndpointReferenceUtils.getEndpointReference(endpoint.getAddress()), endpoint);
    }

    /** Runs the call to its end; throws what went wrong. The reply holds the answer then, unless it has begun to go out. */
    void run(SoapCall call) throws Exception {
        MessageImpl in = new MessageImpl();
        Exchange exchange = new ExchangeImpl();
        exchange.setDestination(this);
        exchange.put(SoapCall.class, call);
        in.setExchange(exchange);
        in.setDestination(this);
        in.put(Message.CONTENT_TYPE, call.contentType());
        in.put(Message.ENCODING, "UTF-8");
        in.put(Message.HTTP_REQUEST_METHOD, "POST");
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put(Message.CONTENT_TYPE, List.of(call.contentType()));
        in.put(Message.PROTOCOL_HEADERS, headers);
        in.setContent(InputStream.class, call.body());
        exchange.setInMessage(in);
        getMessageObserver().onMessage(in);
        @Nullable Exception failure = exchange.get(Exception.class);
        if (failure != null) {
            throw failure;
        }
        if (call.reply().isEmpty()) {
            throw new IllegalStateException("CXF made no answer");
        }
    }

    @Override
    protected Conduit getInbuiltBackChannel(Message in) {
        ReplyStream reply = in.getExchange().get(SoapCall.class).reply();
        return new AbstractBackChannelConduit() {
            @Override
            public void prepare(Message out) throws IOException {
                reply.typed(() -> String.valueOf(out.get(Message.CONTENT_TYPE)));
                out.setContent(OutputStream.class, reply);
            }
        };
    }

    @Override
    protected Logger getLogger() {
        return LOG;
    }
}
