package io.fairlead.agent.consent;

import io.fairlead.agent.kernel.LocalAudit;
import io.fairlead.statements.Receipt;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.function.LongSupplier;

/** A person at the instrument, for tests of other rooms. */
public final class Approvals {
    private Approvals() {}

    public static Asking asking(Clock clock, LongSupplier nanos, Path muted, LocalAudit audit) {
        return new Asking(clock, nanos, new SecureRandom()::nextInt, muted, audit);
    }

    public static void askAgain(Asking asking) {
        String said = asking.askAgain(new Person("lab3", Person.Kind.ORDINARY));
        assert !said.isEmpty();
    }

    public static void answer(Asking asking, String id, boolean yes) {
        answer(asking, id, yes ? Verdict.APPROVE : Verdict.DECLINE);
    }

    public static void answer(Asking asking, String id, Verdict verdict) {
        Taken taken = asking.answer(id, verdict, new Person("lab3", Person.Kind.ORDINARY), Receipt.Means.COMMAND_LINE);
        if (!taken.counts()) {
            throw new AssertionError(taken.text());
        }
    }
}
