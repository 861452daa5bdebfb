package io.fairlead.enterprise.reach;

/** What came of a row. The names are what the tables keep. */
public enum Reached {
    /** As far as it could be tried. */
    OPEN,
    FAILED,
    /** Not tried, as UDP and whole networks are not. */
    UNCHECKED
}
