package io.fairlead.enterprise.file;

/** Which way a file goes, and how it is made. */
public enum Direction {
    /** A file of the device comes here. */
    UPLOAD,
    /** A diagnostic package that the agent makes comes here. */
    PACKAGE,
    /** A file of ours goes to the device. */
    RECEIVE;

    /** Whether its bytes come from the device. */
    public boolean isUp() {
        return this != RECEIVE;
    }
}
