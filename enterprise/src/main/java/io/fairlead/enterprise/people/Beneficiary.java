package io.fairlead.enterprise.people;

import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whose rights are to be widened, and what he has. */
record Beneficiary(
        Person person,
        List<PersonDetails.Granted> granted,
        List<PersonDetails.Trained> trained,
        List<Proposal> waiting) {
    List<Grant> has() {
        return granted.stream().map(PersonDetails.Granted::grant).toList();
    }

    /** Throws a Refusal when it would change nothing or make no sense. */
    void mustTake(Widening widening, Instant now) {
        Instant until = widening.until();
        if (until != null && !now.isBefore(until)) {
            throw Refusal.saying(Fault.INVALID, "until " + until + " is past");
        }
        if (widening instanceof Widening.Enabling) {
            mustBe(person.isDisabled(), "is not disabled");
        } else {
            mustBe(!person.isDisabled(), "is disabled");
        }
        if (widening instanceof Widening.OfRole of) {
            mustBeHis(of);
            boolean has = has().stream()
                    .anyMatch(grant -> grant.role() == of.role()
                            && grant.scope().equals(of.scope())
                            && lasts(grant.until(), until));
            mustBe(!has, "has this role already");
        } else if (widening instanceof Widening.OfTraining of) {
            boolean has = trained.stream()
                    .map(PersonDetails.Trained::training)
                    .anyMatch(one -> one.model().equals(of.model()) && lasts(one.until(), until));
            mustBe(!has, "has a training for this model that lasts as long already");
        }
    }

    private static boolean lasts(@Nullable Instant had, @Nullable Instant wanted) {
        return had == null || (wanted != null && !had.isBefore(wanted));
    }

    /** A customer's people have nothing to do with other customers. */
    private void mustBeHis(Widening.OfRole of) {
        if (person.isAccount() && !of.role().isForAccounts()) {
            throw new Refusal(
                    Fault.INVALID,
                    person.name() + " is an account: it cannot be " + of.role().key());
        }
        String his = person.customer();
        if (his != null && !his.equals(of.scope().customer())) {
            throw new Refusal(
                    Fault.INVALID,
                    person.name() + " is one of " + his + "'s people and has roles at customer " + his + " only");
        }
    }

    /** What became of the same when it was wanted before; empty when it is neither on record nor waits. */
    Optional<Widened> before(Widening.OfTraining training) {
        boolean alike = trained.stream()
                .map(PersonDetails.Trained::training)
                .anyMatch(one -> one.model().equals(training.model())
                        && one.until().equals(training.until())
                        && one.evidence().equals(training.evidence()));
        return alike
                ? Optional.of(Widened.IN_EFFECT)
                : waiting.stream()
                        .filter(one -> one.widening().equals(training))
                        .map(Widened::new)
                        .findFirst();
    }

    void mustNotWaitFor(Widening widening) {
        mustBe(waiting.stream().noneMatch(one -> one.widening().equals(widening)), "waits for the same already");
    }

    private void mustBe(boolean so, String what) {
        if (!so) {
            throw Refusal.saying(Fault.CONFLICT, person.name() + " " + what);
        }
    }
}
