package io.fairlead.enterprise.kernel;

import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.util.concurrent.TimeoutException;

/** What a failure means to whoever called, and what the log may say of it. */
public final class FailureMeaning {
    /** Characters of an exception's message that a log line has. */
    public static final int LONGEST = 300;

    private FailureMeaning() {}

    /** The refusal's own; {@link Fault#UNAVAILABLE} when the database was lost; {@link Fault#INTERNAL} for all else. */
    public static Fault fault(Throwable failure) {
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

    /** For the log: of what PostgreSQL refused only its state, for its message may quote a row. */
    public static String name(Throwable failure) {
        return failure instanceof PgException refused
                ? "sqlstate:" + refused.getSqlState()
                : failure.getClass().getSimpleName();
    }

    /** Whether a stack trace would say too much, or nothing more. */
    public static boolean isSilent(Throwable failure) {
        return failure instanceof PgException || failure instanceof Refusal || isLostDatabase(failure);
    }

    /** The message as one printable line of at most {@value #LONGEST} characters. */
    public static String detail(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < Math.min(LONGEST, message.length()); i++) {
            char c = message.charAt(i);
            line.append(c < 0x20 || c == '"' || c == 0x7f || c > 0xff ? ' ' : c);
        }
        return line.toString();
    }
}
