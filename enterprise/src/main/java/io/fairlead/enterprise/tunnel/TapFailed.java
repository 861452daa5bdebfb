package io.fairlead.enterprise.tunnel;

/** Bytes cannot be kept any more; {@link StreamTap#take} fails with it. */
public final class TapFailed extends Exception {
    private static final long serialVersionUID = 1L;

    /** Keeps the cause, which says what the disk said. */
    public TapFailed(Throwable cause) {
        super(cause);
    }
}
