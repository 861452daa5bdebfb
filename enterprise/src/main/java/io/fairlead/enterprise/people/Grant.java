package io.fairlead.enterprise.people;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A role that a person has somewhere.
 *
 * @param scope where; null in it is everywhere
 * @param until null for as long as nobody withdraws it
 */
public record Grant(
        long id, Role role, Scope scope, @Nullable Instant until) {
    /** Throws IllegalArgumentException for a customer's role without a customer. */
    public Grant {
        if (role.isOfCustomer() && scope.customer() == null) {
            throw new IllegalArgumentException(role.key() + " is granted at a customer");
        }
    }

    boolean holdsAt(Instant now) {
        return until == null || now.isBefore(until);
    }

    boolean covers(Scope where) {
        return covers(scope.region(), where.region())
                && covers(scope.customer(), where.customer())
                && covers(scope.model(), where.model());
    }

    private static boolean covers(@Nullable String granted, @Nullable String asked) {
        return granted == null || granted.equals(asked);
    }
}
