package io.fairlead.enterprise.integration;

import io.fairlead.enterprise.cxf.MediaType;
import io.fairlead.enterprise.cxf.PackedBody.Packed;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The head of a call, if it is one.
 *
 * @param type the Content-Type that CXF is told: ours, not the caller's
 * @param action the SOAPAction, without quotes; null in SOAP 1.2 when none was said
 * @param boundary of the parts; null where the body is an envelope and nothing else
 * @param start the Content-ID that the envelope's part must have; null when none was said
 */
record RequestHead(
        String type,
        @Nullable String action,
        @Nullable String boundary,
        @Nullable String start) {
    /** Bytes of an envelope. */
    static final int MOST_BYTES = 1_048_576;
    /** Bytes of an attachment, as the contract has it. */
    static final long MOST_ATTACHED = 536_870_912;

    private static final String PACKED = "multipart/related";
    private static final String XOP = "application/xop+xml";
    private static final Set<String> BARE_PARAMETERS = Set.of("charset", "action");
    private static final Set<String> PACKED_PARAMETERS =
            Set.of("type", "boundary", "start", "start-info", "action", "charset");
    /** RFC 2046 section 5.1.1. */
    private static final Pattern BOUNDARY = Pattern.compile("[0-9A-Za-z'()+_,./:=? -]{0,69}[0-9A-Za-z'()+_,./:=?-]");

    /**
     * Judges method, encoding, type, action and length. The SOAPAction of SOAP 1.1 has to be that of an operation (WS-I
     * Basic Profile 1.2, R2745); in SOAP 1.2 it may be left out.
     *
     * @param packs whether the service takes attachments
     */
    static RequestHead judge(HttpServerRequest request, Wire wire, Set<String> actions, boolean packs) {
        if (request.headers().contains(HttpHeaders.CONTENT_ENCODING)) {
            throw new Refusal(Fault.CONTENT_TYPE, "a content-encoding");
        }
        @Nullable String said = request.getHeader(HttpHeaders.CONTENT_TYPE);
        if (said == null) {
            throw new Refusal(Fault.CONTENT_TYPE, "no content-type");
        }
        MediaType type = MediaType.parse(said);
        boolean packed = packs && type.name().equals(PACKED);
        if (!packed && !type.name().equals(wire.type())) {
            throw new Refusal(Fault.CONTENT_TYPE, "another content-type than " + wire.type());
        }
        if (!(packed ? PACKED_PARAMETERS : BARE_PARAMETERS)
                .containsAll(type.parameters().keySet())) {
            throw new Refusal(Fault.CONTENT_TYPE, "a parameter that is not taken");
        }
        mustBeUtf8(type);
        mustBeShort(request, packed);
        @Nullable String action = type.parameter("action");
        if (wire == Wire.SOAP11) {
            if (action != null) {
                throw new Refusal(Fault.CONTENT_TYPE, "a parameter that is not taken");
            }
            action = mustBeKnown(unquoted(request.getHeader("SOAPAction")), wire, actions);
        }
        if (!packed) {
            return new RequestHead(told(wire), mustBeKnown(action, wire, actions), null, null);
        }
        return packed(type, action, wire, actions);
    }

    private static RequestHead packed(MediaType type, @Nullable String action, Wire wire, Set<String> actions) {
        @Nullable String of = type.parameter("type");
        @Nullable String boundary = type.parameter("boundary");
        if (of == null || !MediaType.parse(of).name().equals(XOP)) {
            throw new Refusal(Fault.CONTENT_TYPE, "parts other than " + XOP);
        }
        if (boundary == null || !BOUNDARY.matcher(boundary).matches()) {
            throw new Refusal(Fault.CONTENT_TYPE, "no boundary, or one that cannot be");
        }
        RequestHead head = new RequestHead(told(wire), action, boundary, bare(type.parameter("start")));
        @Nullable String info = type.parameter("start-info");
        return info == null ? head.mustHaveKnown(wire, actions) : head.inside(info, wire, actions);
    }

    /** With what the envelope's part says of itself. Throws a Refusal. */
    RequestHead with(Packed body, Wire wire, Set<String> actions) {
        if (boundary == null) {
            return this;
        }
        MediaType part = body.type();
        if (part == null || !part.name().equals(XOP)) {
            throw new Refusal(Fault.CONTENT_TYPE, "a first part other than " + XOP);
        }
        if (start != null && !start.equals(body.contentId())) {
            throw new Refusal(Fault.CONTENT_TYPE, "an envelope that is not the first part");
        }
        mustBeUtf8(part);
        @Nullable String of = part.parameter("type");
        return of == null ? this : inside(of, wire, actions);
    }

    /** What stands in the packing has to be of this SOAP version, and of the same action. */
    private RequestHead inside(String said, Wire wire, Set<String> actions) {
        MediaType inner = MediaType.parse(said);
        if (!inner.name().equals(wire.type())) {
            throw new Refusal(Fault.CONTENT_TYPE, "another content than " + wire.type());
        }
        mustBeUtf8(inner);
        @Nullable String another = wire == Wire.SOAP12 ? inner.parameter("action") : null;
        if (another != null && action != null && !another.equals(action)) {
            throw new Refusal(Fault.SOAP_ACTION, "two actions");
        }
        return new RequestHead(type, action == null ? another : action, boundary, start).mustHaveKnown(wire, actions);
    }

    private RequestHead mustHaveKnown(Wire wire, Set<String> actions) {
        return new RequestHead(type, mustBeKnown(action, wire, actions), boundary, start);
    }

    private static @Nullable String mustBeKnown(@Nullable String action, Wire wire, Set<String> actions) {
        if (action == null ? wire == Wire.SOAP11 : !actions.contains(action)) {
            throw new Refusal(Fault.SOAP_ACTION, "no or an unknown SOAPAction");
        }
        return action;
    }

    private static String told(Wire wire) {
        return wire.type() + "; charset=utf-8";
    }

    private static void mustBeUtf8(MediaType type) {
        @Nullable String charset = type.parameter("charset");
        if (charset != null && !charset.toLowerCase(Locale.ROOT).equals("utf-8")) {
            throw new Refusal(Fault.CONTENT_TYPE, "another charset than UTF-8");
        }
    }

    /** Whatever is around the parts is little. */
    private static void mustBeShort(HttpServerRequest request, boolean packed) {
        @Nullable String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        long most = packed ? MOST_ATTACHED + 2L * MOST_BYTES : MOST_BYTES;
        if (length != null && (length.length() > 18 || Long.parseLong(length) > most)) {
            throw new Refusal(Fault.BODY_TOO_LARGE, "content-length " + length);
        }
    }

    private static @Nullable String bare(@Nullable String id) {
        return id != null && id.startsWith("<") && id.endsWith(">") ? id.substring(1, id.length() - 1) : id;
    }

    private static @Nullable String unquoted(@Nullable String action) {
        if (action == null) {
            return null;
        }
        boolean quoted = action.length() >= 2 && action.startsWith("\"") && action.endsWith("\"");
        return quoted ? action.substring(1, action.length() - 1) : action;
    }
}
