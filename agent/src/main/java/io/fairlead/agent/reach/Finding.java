package io.fairlead.agent.reach;

import java.util.List;
import java.util.Optional;

/**
 * What came of one target.
 *
 * @param required whether the product fails without it, today
 * @param steps in the order in which they were made
 * @param trouble empty when it is reached, or was not tried
 * @param way the route, as the trouble's rule names it
 */
public record Finding(Target target, boolean required, List<Step> steps, Optional<Trouble> trouble, String way) {
    public Finding {
        steps = List.copyOf(steps);
    }

    static Finding untried(Target target, boolean required, String why) {
        return new Finding(target, required, List.of(Step.noted(Step.WAY, "not checked", why)), Optional.empty(), "");
    }

    boolean tried() {
        return target.untried().isEmpty();
    }

    boolean failed() {
        return trouble.isPresent();
    }

    /** A stable word: open, failed, unchecked. */
    String result() {
        return failed() ? "failed" : tried() ? "open" : "unchecked";
    }

    Optional<String> rule() {
        return trouble.map(each -> each.rule(target, way));
    }

    /** What a step says in a table; a dash where it was not made. */
    String brief(String what) {
        return steps.stream()
                .filter(step -> step.what().equals(what))
                .map(Step::brief)
                .findFirst()
                .orElse("-");
    }
}
