package io.fairlead.enterprise.recording;

import org.jspecify.annotations.Nullable;

/**
 * What a frame is. The plain bytes of chunks, one behind the other, are frames; none crosses two chunks.
 *
 * <pre>
 *   0  kind                                   1
 *   1  microseconds since the beginning       8   never less than the frame's before
 *   9  length n                               4
 *  13  bytes                                  n
 * </pre>
 *
 * Numbers are big-endian.
 */
enum FrameKind {
    /** 0: the first frame, JSON ({@link Head}). */
    HEAD(0),
    /** 1: bytes for the viewer. */
    TO_VIEWER(1),
    /** 2: bytes for the agent. */
    TO_AGENT(2),
    /** 3: what the agent signed ({@link io.fairlead.statements.SignedText#header()} of a {@link io.fairlead.statements.Transcript}). */
    TRANSCRIPT(3),
    /** 4: the last frame, the cause of the end, UTF-8. */
    END(4);

    /** Bytes before a frame's own. */
    static final int OVERHEAD = 13;

    private final byte code;

    FrameKind(int code) {
        this.code = (byte) code;
    }

    byte code() {
        return code;
    }

    /** Whether its bytes are a stream's, which may be cut anywhere. */
    boolean streamed() {
        return this == TO_VIEWER || this == TO_AGENT;
    }

    /** Null for a kind that there is not. */
    static @Nullable FrameKind of(byte code) {
        for (FrameKind each : values()) {
            if (each.code == code) {
                return each;
            }
        }
        return null;
    }

    static FrameKind of(Direction direction) {
        return direction == Direction.TO_VIEWER ? TO_VIEWER : TO_AGENT;
    }
}
