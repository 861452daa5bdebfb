package io.fairlead.perf.compare;

/** Something is missing here that a row needs; says what. */
final class CannotMeasure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String what;

    CannotMeasure(String what) {
        super(what);
        this.what = what;
    }

    String what() {
        return what;
    }
}
