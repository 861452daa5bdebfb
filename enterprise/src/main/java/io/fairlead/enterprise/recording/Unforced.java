package io.fairlead.enterprise.recording;

/**
 * What is written and may not be on the disk yet: forced with the first write after a second is over, or when it is
 * {@value #MOST} bytes. Not for several threads.
 */
final class Unforced {
    static final int MOST = 4 << 20;
    /** The most that a power cut can tear: that, and what may wait behind it and be written at once. */
    static final int TORN = 2 * MOST;

    private long bytes;
    private boolean late;

    /** A second is over since the first of it came. */
    void second() {
        late = true;
    }

    /** Whether it must be forced now, though there is nothing more to write. */
    boolean owed() {
        return late && bytes > 0;
    }

    /**
     * So many bytes are written now.
     *
     * @param last whether nothing follows
     * @return whether they and all before are to be forced then
     */
    boolean write(long size, boolean last) {
        bytes += size;
        boolean forced = last || late || bytes >= MOST;
        if (forced) {
            late = false;
            bytes = 0;
        }
        return forced;
    }
}
