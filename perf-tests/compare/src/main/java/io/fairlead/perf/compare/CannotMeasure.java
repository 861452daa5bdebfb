package io.fairlead.perf.compare;

/** Something is missing here that a row needs; says what. */
public final class CannotMeasure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String what;

    public CannotMeasure(String what) {
        super(what);
        this.what = what;
    }

    public String what() {
        return what;
    }
}
