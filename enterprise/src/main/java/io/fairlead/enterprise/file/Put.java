package io.fairlead.enterprise.file;

/** What became of a chunk that a device sent. */
public sealed interface Put {
    /** The offset at which the next chunk is expected. */
    long expected();

    /** It is on disk. */
    record Stored(long expected) implements Put {}

    /** It was the last, and the whole is what was announced. */
    record Completed(long expected) implements Put {}

    /** It does not begin where those before it ended; nothing was taken. */
    record Elsewhere(long expected) implements Put {}

    /** It was the last, and the whole is not what was announced: once it is wanted again, from 0. */
    record NotAnnounced(long expected) implements Put {}
}
