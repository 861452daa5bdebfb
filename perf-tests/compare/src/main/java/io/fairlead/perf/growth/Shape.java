package io.fairlead.perf.growth;

/** How a figure should grow, and what it would be if it did. */
enum Shape {
    /** The same at every size. */
    FLAT("flat") {
        @Override
        double at(double size, double firstSize, double first) {
            return first;
        }
    },
    /** In proportion to the size. */
    LINEAR("linear") {
        @Override
        double at(double size, double firstSize, double first) {
            return first * size / firstSize;
        }
    };

    private final String word;

    Shape(String word) {
        this.word = word;
    }

    /**
     * What the figure would be.
     *
     * @param first what it is at the first size
     */
    abstract double at(double size, double firstSize, double first);

    String word() {
        return word;
    }
}
