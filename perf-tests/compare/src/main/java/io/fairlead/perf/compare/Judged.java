package io.fairlead.perf.compare;

/** How product and reference of one round become one figure. */
enum Judged {
    /** The product's divided by the reference's. */
    RATIO("ratio") {
        @Override
        double of(Round round) {
            return round.product() / round.reference();
        }
    },
    /** How much more the product's is. */
    DIFFERENCE("difference") {
        @Override
        double of(Round round) {
            return round.product() - round.reference();
        }
    },
    /** The product's alone; there is no reference. */
    ALONE("figure") {
        @Override
        double of(Round round) {
            return round.product();
        }
    };

    private final String heading;

    Judged(String heading) {
        this.heading = heading;
    }

    abstract double of(Round round);

    String heading() {
        return heading;
    }
}
