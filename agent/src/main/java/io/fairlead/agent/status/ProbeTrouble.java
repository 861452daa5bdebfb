package io.fairlead.agent.status;

/** A probe cannot see its subject: a state, told once when it begins and once when it ends. Its message is the state. */
final class ProbeTrouble extends Exception {
    private static final long serialVersionUID = 1L;

    ProbeTrouble(String state) {
        super(state);
    }
}
