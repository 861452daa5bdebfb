package io.fairlead.perf.fleet;

import io.fairlead.contract.agent.Order;
import io.fairlead.contract.agent.Outcome;

/**
 * What a simulated agent makes of an instruction: the harmless ones are done in no time; where a file, or a person at an
 * instrument, is needed, there is none.
 */
record Deed(long sequence, Outcome outcome, String detail) {
    static final String NOBODY = "a simulated agent has neither files nor people";

    static Deed of(Order order) {
        boolean harmless = order.getCollect() != null
                || order.getSet() != null
                || order.getDiagnose() != null
                || order.getRestart() != null
                || order.getCancel() != null
                || order.getEndSession() != null
                // Done means that it is being judged.
                || order.getOpenSession() != null;
        return harmless
                ? new Deed(order.getSequence(), Outcome.DONE, "by a simulated agent")
                : new Deed(order.getSequence(), Outcome.REFUSED, NOBODY);
    }
}
