package io.fairlead.enterprise.tunnel;

import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;

/**
 * Tells what a person does from what his viewer does by itself, in the bytes that a viewer of a desktop sends (RFC 6143
 * section 7.5). It judges nothing, for the agent does: what it does not know counts as done by a person from then on.
 *
 * <pre>
 *   12 version, 1 security type (not with 3.3), 1 shared, then messages:
 *   0 format 20 · 2 encodings 4 + 4 each · 3 asks for a picture 10       of the viewer
 *   4 key 8 · 5 pointer 6 · 6 clipboard 8 + length                       of the person
 * </pre>
 */
final class ViewerInput {
    private static final int VERSION = 12;
    private static final int MINOR = 10;
    private static final int LONGEST_HEAD = 8;

    private final byte[] head = new byte[VERSION];
    private int have;
    private boolean greeted;
    private boolean lost;
    private long skip;

    /** Whether a person did something in these bytes. One thread at a time. */
    boolean isIn(Buffer bytes) {
        boolean done = lost;
        int at = 0;
        while (!lost && at < bytes.length()) {
            if (skip > 0) {
                int now = (int) Math.min(skip, bytes.length() - at);
                skip -= now;
                at += now;
            } else {
                head[have++] = bytes.getByte(at++);
                done |= greeted ? message() : greeting();
            }
        }
        return done;
    }

    private boolean greeting() {
        if (have == VERSION) {
            skip = head[MINOR] == '3' ? 1 : 2;
            greeted = true;
            have = 0;
        }
        return false;
    }

    /** What is known by the head so far; begins anew when that tells how long the message is. */
    private boolean message() {
        int type = head[0];
        if (type == 0 || (type >= 3 && type <= 5)) {
            return over(type == 0 ? 20 : type == 3 ? 10 : type == 4 ? 8 : 6, type >= 4);
        }
        if (type == 2) {
            return have == 4 && over(4 + 4L * (((head[2] & 0xFF) << 8) | (head[3] & 0xFF)), false);
        }
        if (type == 6) {
            return have == LONGEST_HEAD && over(LONGEST_HEAD + Math.abs(length()), true);
        }
        lost = true;
        return true;
    }

    /** Negative for what is called extended. */
    private long length() {
        return ByteBuffer.wrap(head).getInt(4);
    }

    private boolean over(long length, boolean persons) {
        skip = length - have;
        have = 0;
        return persons;
    }
}
