package io.fairlead.enterprise.integration;

import io.fairlead.enterprise.kernel.FailureMeaning;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import org.jspecify.annotations.Nullable;

/** What a failure is called to whoever calls here. */
final class FailureWords {
    private FailureWords() {}

    /** The fixed text of a fault, in words for whoever calls here: of two, agents are told otherwise. */
    static String text(Fault fault) {
        return switch (fault) {
            case UNAVAILABLE ->
                "The server cannot reach its database. It is not known whether this was done: find out before you try again.";
            case INTERNAL -> "The server failed. It is not known whether this was done: find out before you try again.";
            default -> fault.text();
        };
    }

    /** What helps whoever asked, beside the fault's text; null when nothing does. Never an exception's own message. */
    static @Nullable String said(Throwable failure) {
        String said = failure instanceof Refusal refusal ? refusal.said() : "";
        return said.isEmpty() ? null : XmlText.of(said, FailureMeaning.LONGEST);
    }
}
