package io.fairlead.agent.instruction;

import io.fairlead.contract.agent.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What an order asks for: the contract's choice. */
public enum Kind {
    COLLECT,
    SET,
    DIAGNOSE,
    RESTART,
    UPLOAD,
    RECEIVE,
    PACKAGE,
    CANCEL,
    OPEN_SESSION,
    OPEN_STREAM,
    END_SESSION;

    /** The order's kind; empty unless it has exactly one. */
    public static Optional<Kind> of(Order order) {
        List<Kind> kinds = new ArrayList<>(1);
        if (order.getCollect() != null) {
            kinds.add(COLLECT);
        }
        if (order.getSet() != null) {
            kinds.add(SET);
        }
        if (order.getDiagnose() != null) {
            kinds.add(DIAGNOSE);
        }
        if (order.getRestart() != null) {
            kinds.add(RESTART);
        }
        if (order.getUpload() != null) {
            kinds.add(UPLOAD);
        }
        if (order.getReceive() != null) {
            kinds.add(RECEIVE);
        }
        if (order.getDiagnosticPackage() != null) {
            kinds.add(PACKAGE);
        }
        if (order.getCancel() != null) {
            kinds.add(CANCEL);
        }
        if (order.getOpenSession() != null) {
            kinds.add(OPEN_SESSION);
        }
        if (order.getOpenStream() != null) {
            kinds.add(OPEN_STREAM);
        }
        if (order.getEndSession() != null) {
            kinds.add(END_SESSION);
        }
        return kinds.size() == 1 ? Optional.of(kinds.get(0)) : Optional.empty();
    }
}
