package io.fairlead.agent.instruction;

/** The steps of an instruction at this agent, in their order. A test may end the process behind each. */
enum Step {
    /** Its receipt is on disk. */
    RECEIVED,
    /** The intent is on disk. */
    INTENT,
    /** The handler has returned. */
    HANDLED,
    /** The result is on disk. */
    RESULT,
    /** The result is on disk in the outbox. */
    SPOOLED,
    /** That this was so is on disk. */
    REPORTED
}
