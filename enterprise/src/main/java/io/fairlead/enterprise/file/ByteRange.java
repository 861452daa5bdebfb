package io.fairlead.enterprise.file;

import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;

/**
 * Some neighbouring bytes of a file.
 *
 * @param first from 0
 * @param last the last of them, as HTTP counts
 */
public record ByteRange(long first, long last) {
    /** Throws a Refusal(INVALID) unless it has 1 to {@link BlobStore#CHUNK} bytes. */
    public ByteRange {
        if (first < 0 || last < first || last - first >= BlobStore.CHUNK) {
            throw new Refusal(Fault.INVALID, "a chunk has 1 to " + BlobStore.CHUNK + " bytes");
        }
    }

    /** How many there are. */
    public int length() {
        return (int) (last - first + 1);
    }

    /**
     * Throws a Refusal(INVALID) unless it is one of the chunks into which a file of so many bytes is cut: full ones from
     * the front, and what is left. Each costs a transaction and a forced write, however small it is.
     */
    public void mustBeChunkOf(long size) {
        boolean whole = length() == BlobStore.CHUNK || next() == size;
        if (first % BlobStore.CHUNK != 0 || next() > size || !whole) {
            throw new Refusal(
                    Fault.INVALID,
                    "of " + size + " bytes " + first + "-" + last + " is no chunk: each but the last has "
                            + BlobStore.CHUNK);
        }
    }

    /** The offset behind them. */
    public long next() {
        return last + 1;
    }
}
