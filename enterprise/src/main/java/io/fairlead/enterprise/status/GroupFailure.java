package io.fairlead.enterprise.status;

import io.fairlead.enterprise.kernel.FailureMeaning;
import io.vertx.pgclient.PgException;
import java.time.DateTimeException;
import java.util.Set;

/** Whether a failed transaction failed for what it was to write, or for the state of the world. */
final class GroupFailure {
    /** Data exception, integrity constraint violation, program limit exceeded (PostgreSQL, appendix A). */
    private static final Set<String> DATA = Set.of("22", "23", "54");

    private static final String CHECK_VIOLATION = "23514";

    private GroupFailure() {}

    /**
     * True when the same rows would fail once more and fewer of them might not. Connections, shut-downs, deadlocks, full
     * disks, missing tables and rights are not the rows' fault: whoever asks tries again, and nothing is refused.
     */
    static boolean ofData(Throwable failure) {
        if (failure instanceof PgException refused) {
            return DATA.contains(refused.getSqlState().substring(0, 2)) && !noPartition(refused);
        }
        // A time that cannot even be encoded. Anything else is a mistake of ours, and no message pays for it.
        return failure instanceof ArithmeticException || failure instanceof DateTimeException;
    }

    /** For the log: never PostgreSQL's message, which may quote a row. */
    static String name(Throwable failure) {
        return failure instanceof PgException refused && noPartition(refused)
                ? "\"there is no partition for this day: is the clock right, has retention run?\""
                : FailureMeaning.name(failure);
    }

    /** A row that finds no partition is a day that retention has not prepared. */
    private static boolean noPartition(PgException refused) {
        return CHECK_VIOLATION.equals(refused.getSqlState()) && refused.getConstraint() == null;
    }
}
