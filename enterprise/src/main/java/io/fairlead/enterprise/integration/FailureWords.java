package io.fairlead.enterprise.integration;

import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** What a failure means to a caller, and what the log may say of it. */
final class FailureWords {
    private static final int LONGEST = 300;

    private FailureWords() {}

    static Fault fault(Throwable failure) {
        if (failure instanceof Refusal refusal) {
            return refusal.fault();
        }
        return isLostDatabase(failure) ? Fault.UNAVAILABLE : Fault.INTERNAL;
    }

    /** PostgreSQL's classes 08 (connection), 40 (deadlock), 53 (resources) and 57 (operator), or no PostgreSQL at all. */
    private static boolean isLostDatabase(Throwable failure) {
        if (failure instanceof PgException refused) {
            String state = String.valueOf(refused.getSqlState());
            return state.startsWith("08") || state.startsWith("40") || state.startsWith("53") || state.startsWith("57");
        }
        return failure instanceof IOException
                || failure instanceof VertxException
                || failure instanceof TimeoutException;
    }

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
        return said.isEmpty() ? null : XmlText.of(said, LONGEST);
    }

    /** Of what PostgreSQL refused only its state, for its message may quote a row. */
    static String name(Throwable failure) {
        return failure instanceof PgException refused
                ? "sqlstate:" + refused.getSqlState()
                : failure.getClass().getSimpleName();
    }

    /** Whether a stack trace would say too much, or nothing more. */
    static boolean isSilent(Throwable failure) {
        return failure instanceof PgException || failure instanceof Refusal || isLostDatabase(failure);
    }

    /** The message as one printable line of at most {@value #LONGEST} characters. */
    static String detail(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < Math.min(LONGEST, message.length()); i++) {
            char c = message.charAt(i);
            line.append(c < 0x20 || c == '"' || c == 0x7f || c > 0xff ? ' ' : c);
        }
        return line.toString();
    }
}
