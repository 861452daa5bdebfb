package io.fairlead.enterprise.instruction;

/** How an instruction ended, as the agent says. */
public enum Outcome {
    /** The act was completed. */
    DONE,
    /** It was tried and did not succeed. */
    FAILED,
    /** The agent did not begin. */
    REFUSED,
    /** The agent died after it had begun; nobody can say how far the act went. */
    INTERRUPTED
}
