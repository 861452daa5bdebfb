package io.fairlead.statements;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 over all bytes of one direction of a stream so far; how they were cut does not matter. For several threads. */
public final class RunningHash {
    private final MessageDigest digest;
    private long bytes;

    public RunningHash() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Adds what remains in a buffer, and leaves the buffer as it was. */
    public synchronized void add(ByteBuffer more) {
        bytes += more.remaining();
        digest.update(more.duplicate());
    }

    /** What it is now; more can be added after. */
    public synchronized Transcript.Side now() {
        try {
            MessageDigest until = (MessageDigest) digest.clone();
            return new Transcript.Side(bytes, HexFormat.of().formatHex(until.digest()));
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("SHA-256 of the JDK can be copied", e);
        }
    }
}
