package io.fairlead.agent.witness;

import io.fairlead.statements.Checkpoint;
import java.util.Arrays;

/** A checkpoint, the bytes that say it, and their proof. */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record KeptCheckpoint(Checkpoint checkpoint, byte[] statement, byte[] signature, boolean contradicting) {
    boolean same(byte[] otherStatement) {
        return Arrays.equals(statement, otherStatement);
    }
}
