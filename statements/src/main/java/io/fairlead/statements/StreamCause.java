package io.fairlead.statements;

import java.util.Optional;

/**
 * Why a stream was closed, as the close code of its WebSockets (RFC 6455 section 7.4.2: 4000 to 4999 are an application's
 * own). The words are for people, and are the same at both ends.
 */
public enum StreamCause {
    /** One side has ended it as it should. */
    LEFT(1000, "the viewer left"),
    ENDED_AT_INSTRUMENT(4001, "ended at the instrument"),
    ENDED_BY_ENGINEER(4002, "ended by the engineer"),
    ENDED_BY_OPERATOR(4003, "ended by an operator"),
    EXPIRED(4004, "the time is over"),
    IDLE(4005, "nobody did anything for too long"),
    /** Revoked, stolen, muted, held. */
    DEVICE_BARRED(4006, "the device's certificate or standing no longer allows it"),
    RIGHTS_LOST(4007, "the engineer's log-in, rights or training no longer allow it"),
    SERVER_STOPS(4008, "the server stops"),
    OTHER_SIDE_GONE(4009, "the other side is gone"),
    STALLED(4010, "a side did not take its bytes for too long"),
    NOT_RECORDED(4011, "it can no longer be recorded"),
    SERVICE_UNREACHABLE(4012, "the service at the instrument does not answer"),
    /** The viewer or the service does not keep to its protocol. */
    PROTOCOL(4013, "one side does not keep to the protocol"),
    NOBODY_CAME(4014, "the other side did not come in time"),
    /** Not granted, over, another's. */
    NOT_ALLOWED(4015, "this stream is not allowed"),
    AGENT_STOPS(4016, "the agent stops"),
    INTERNAL(4017, "an error of the program; its log says more");

    private final int code;
    private final String words;

    StreamCause(int code, String words) {
        this.code = code;
        this.words = words;
    }

    public int code() {
        return code;
    }

    public String words() {
        return words;
    }

    /** The cause of a close code; empty for one that is none of ours. */
    public static Optional<StreamCause> of(int code) {
        for (StreamCause cause : values()) {
            if (cause.code == code) {
                return Optional.of(cause);
            }
        }
        return Optional.empty();
    }
}
