package io.fairlead.agent.link;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A call that did not bring an answer. Nothing is known of what the enterprise did, unless it is a {@link Kind#FAULT}. */
public final class LinkException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What went wrong, as far as the agent acts differently by it. */
    public enum Kind {
        /** No connection, or it was lost or silent: a matter of the network or of the server's being up. */
        UNREACHABLE,
        /** A proxy of the site is not there. */
        PROXY_UNREACHABLE,
        /** A proxy of the site is there, and does not let us to this server. */
        PROXY_REFUSED,
        /** A proxy of the site wants a password, or another one: a matter for the customer. */
        PROXY_PASSWORD,
        /** The peer is not the enterprise, or one of us refuses the other's TLS; a proxy that inspects is named. */
        TLS_REFUSED,
        /** The enterprise answered with a fault: {@link #faultKey()} says which. */
        FAULT,
        /** Something answered, but not with what the contract says. */
        BAD_ANSWER
    }

    /** How a connection went away under a request. */
    public enum Loss {
        /** Somebody hung up. */
        CLOSED,
        /** No byte came for as long as was waited. */
        SILENT
    }

    private final Kind kind;
    private final @Nullable String faultKey;
    private final @Nullable Duration retryAfter;
    private final @Nullable Loss loss;

    private LinkException(
            Kind kind,
            @Nullable String faultKey,
            @Nullable Duration retryAfter,
            String detail,
            @Nullable Throwable cause) {
        this(kind, faultKey, retryAfter, null, detail, cause);
    }

    private LinkException(
            Kind kind,
            @Nullable String faultKey,
            @Nullable Duration retryAfter,
            @Nullable Loss loss,
            String detail,
            @Nullable Throwable cause) {
        super(detail, cause);
        this.loss = loss;
        this.kind = kind;
        this.faultKey = faultKey;
        this.retryAfter = retryAfter;
    }

    static LinkException unreachable(String detail, Throwable cause) {
        return new LinkException(Kind.UNREACHABLE, null, null, detail, cause);
    }

    /** The request had gone out by then. */
    static LinkException lost(Loss loss, String detail, Throwable cause) {
        return new LinkException(Kind.UNREACHABLE, null, null, loss, detail, cause);
    }

    /** @param kind one of those that say that no connection came about */
    static LinkException noWay(Kind kind, String detail, Throwable cause) {
        return new LinkException(kind, null, null, detail, cause);
    }

    static LinkException tlsRefused(String detail, @Nullable Throwable cause) {
        return new LinkException(Kind.TLS_REFUSED, null, null, detail, cause);
    }

    static LinkException fault(String key, @Nullable Duration retryAfter, String detail) {
        return new LinkException(Kind.FAULT, key, retryAfter, detail, null);
    }

    /** This device's own certificate is over: what the enterprise would say, if it could still be asked. */
    public static LinkException expired(Instant at) {
        return expired(at, "");
    }

    /** @param besides what was in the way when the enterprise was to be asked; empty for nothing */
    static LinkException expired(Instant at, String besides) {
        return fault(
                "certificate-expired",
                null,
                "this device's certificate ended at " + at
                        + "; a person must enrol it anew: ask the enterprise for a code, then `agent enrol`"
                        + (besides.isEmpty() ? "" : ". Besides: " + besides));
    }

    /** For who finds that an answer lacks what the contract demands. */
    public static LinkException badAnswer(String detail) {
        return badAnswer(detail, null, null);
    }

    static LinkException badAnswer(String detail, @Nullable Duration retryAfter, @Nullable Throwable cause) {
        return new LinkException(Kind.BAD_ANSWER, null, retryAfter, detail, cause);
    }

    public Kind kind() {
        return kind;
    }

    /** The stable key of the fault; empty unless {@link Kind#FAULT}. */
    public Optional<String> faultKey() {
        return Optional.ofNullable(faultKey);
    }

    /** How the connection went away after the request had gone out; empty where it did not come so far. */
    public Optional<Loss> loss() {
        return Optional.ofNullable(loss);
    }

    /** How long the enterprise asks to be left alone. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
