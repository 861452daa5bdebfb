package io.fairlead.perf.growth;

/**
 * Something that is measured at every size.
 *
 * @param what a few words, with the unit at their end
 * @param shape how it should grow
 */
record Figure(String what, Shape shape) {
    static Figure flat(String what) {
        return new Figure(what, Shape.FLAT);
    }

    static Figure linear(String what) {
        return new Figure(what, Shape.LINEAR);
    }
}
