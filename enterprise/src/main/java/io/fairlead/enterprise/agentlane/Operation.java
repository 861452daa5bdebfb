package io.fairlead.enterprise.agentlane;

import io.fairlead.enterprise.identity.DeviceIdentity;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One operation of the contract: takes a judged device's envelope, answers an envelope. */
interface Operation {
    /** Fails with a Refusal where the caller is to blame or to wait. */
    Future<Buffer> serve(DeviceIdentity device, Caller caller, Buffer envelope);

    /** Whether it is served to an identity that is held, to take note of who holds it; no more. */
    default boolean servesHeld() {
        return false;
    }

    /**
     * Finds the operation that a request's head names. SOAP 1.1 section 6.1.1 lets the SOAPAction stand in quotes.
     *
     * @throws Refusal for any head that the contract does not allow; nothing of the body has been read then
     */
    static Operation named(HttpServerRequest request, Map<String, Operation> byAction) {
        if (!request.method().equals(HttpMethod.POST)) {
            throw new Refusal(Fault.NOT_FOUND, "method " + request.method());
        }
        if (request.headers().contains(HttpHeaders.CONTENT_ENCODING)) {
            throw new Refusal(Fault.CONTENT_TYPE, "a content-encoding");
        }
        @Nullable String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        if (type == null || !isXmlInUtf8(type.toLowerCase(Locale.ROOT))) {
            throw new Refusal(Fault.CONTENT_TYPE, "another content-type");
        }
        @Nullable String action = request.getHeader("SOAPAction");
        @Nullable Operation operation = action == null ? null : byAction.get(unquoted(action));
        if (operation == null) {
            throw new Refusal(Fault.SOAP_ACTION, "no or an unknown SOAPAction");
        }
        return operation;
    }

    private static boolean isXmlInUtf8(String type) {
        String bare = type.replace(" ", "").replace("\"", "");
        return bare.equals("text/xml") || bare.equals("text/xml;charset=utf-8");
    }

    private static String unquoted(String action) {
        boolean quoted = action.length() >= 2 && action.startsWith("\"") && action.endsWith("\"");
        return quoted ? action.substring(1, action.length() - 1) : action;
    }
}
