package io.fairlead.enterprise.audit;

import org.jspecify.annotations.Nullable;

/**
 * A seal with what belongs to it, as it is found.
 *
 * @param entry the id of its row
 * @param hash as stored; any length, in a forged one
 * @param row null when there is no such row
 * @param kept the checkpoint that was kept at this number; null for none
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record SealedRow(
        long number,
        long entry,
        byte[] hash,
        @Nullable ChainRow row,
        @Nullable Stored kept) {
    /** A checkpoint as it lies in the database, unjudged. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Stored(long number, byte[] statement, byte[] signature, String keyId) {}
}
