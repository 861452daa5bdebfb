package io.fairlead.perf.compare;

/** What a row is to reach. */
record Goal(Side side, double bound) {
    private enum Side {
        LEAST,
        MOST
    }

    static Goal atLeast(double bound) {
        return new Goal(Side.LEAST, bound);
    }

    static Goal atMost(double bound) {
        return new Goal(Side.MOST, bound);
    }

    boolean reachedBy(double value) {
        return side == Side.LEAST ? value >= bound : value <= bound;
    }

    /** In a table: at least or at most how much. */
    String text() {
        return (side == Side.LEAST ? "≥ " : "≤ ") + Numbers.text(bound);
    }
}
