package io.fairlead.enterprise.file;

/**
 * How a transfer stands, as its device is told.
 *
 * @param offset bytes of an upload that are on disk here
 */
public record Standing(TransferId id, Word word, long offset) {
    /** Whether to go on. */
    public enum Word {
        WANTED,
        COMPLETE,
        CANCELLED
    }

    static Standing of(Transfer one) {
        Word word = switch (one.state()) {
            case REQUESTED, OFFERED, RUNNING -> Word.WANTED;
            case DONE -> Word.COMPLETE;
            case FAILED, REFUSED, CANCELLED -> Word.CANCELLED;
        };
        return new Standing(one.id(), word, one.direction().isUp() ? one.moved() : 0);
    }

    /** The end that a device told is noted, unless somebody else had ended it before. */
    static Standing afterEnd(Transfer one) {
        Standing standing = of(one);
        return one.state() == TransferState.CANCELLED
                ? standing
                : new Standing(one.id(), Word.COMPLETE, standing.offset);
    }
}
