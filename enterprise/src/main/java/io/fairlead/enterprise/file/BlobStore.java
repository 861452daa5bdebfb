package io.fairlead.enterprise.file;

import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/**
 * Large bytes by id, written from the front to the end and never changed: encrypted, and each alteration is noticed when
 * they are read. An id is 32 hexadecimal digits. Every method blocks.
 */
public interface BlobStore {
    /** The most bytes of one append, and the size of chunks that are found fastest. */
    int CHUNK = 131_072;

    /**
     * Adds bytes behind those that are there; they are forced to disk when it returns. What a crash has torn is cut off
     * first. When the blob does not end at the offset, nothing is written.
     *
     * @param offset where the bytes belong; at 0 the blob is made
     * @param bytes at most {@link #CHUNK}
     * @param last whether the blob is complete then
     * @return how long the blob is now: {@code offset + bytes.length} when it was written, or had been before
     * @throws IOException also when the disk is full: then the blob is as long as it was
     * @throws io.fairlead.soap.Refusal STORAGE_FULL when the rest of the disk is not for us; BUSY when another is at it
     */
    long append(String blob, long offset, byte[] bytes, boolean last) throws IOException;

    /** Opens a complete blob. Fails with {@link BlobDamaged} when its beginning is not what was written, or missing. */
    Reader open(String blob) throws IOException;

    /** Forgets a blob; without effect when there is none. */
    void delete(String blob) throws IOException;

    /** Throws Refusal(STORAGE_FULL) unless so many more bytes leave free what must stay free. */
    void mustHaveRoom(long bytes) throws IOException;

    /**
     * Counts as writing to it: from now on it is not found untouched.
     *
     * @return whether there is such a blob
     * @throws io.fairlead.soap.Refusal BUSY when another is at it
     */
    boolean touch(String blob) throws IOException;

    /** The blobs that nobody has written to since. */
    List<String> untouchedSince(Instant time) throws IOException;

    /** Forgets a blob unless somebody has written to it since, or is at it; answers whether it is gone. */
    boolean deleteUntouchedSince(String blob, Instant time) throws IOException;

    /** Reads one blob; not for several threads at once. */
    interface Reader extends Closeable {
        /**
         * Bytes from an offset.
         *
         * @return at most {@code most} bytes, and fewer only at the blob's end; none behind it
         * @throws BlobDamaged when they are not what was written, or the blob ends too soon
         */
        byte[] read(long offset, int most) throws IOException;
    }
}
