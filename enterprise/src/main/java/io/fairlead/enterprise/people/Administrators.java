package io.fairlead.enterprise.people;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Who may widen whose rights, and who is there to be the second person. */
final class Administrators {
    private final EntitlementStore store = new EntitlementStore();
    private final LogIns logIns;

    Administrators(LogIns logIns) {
        this.logIns = logIns;
    }

    /**
     * Whether somebody may want this, or approve of it, and what he lacks when not. That he is not the one whom it is about,
     * is not asked.
     *
     * @param has what the person has, whether he is disabled or not
     */
    static Judgement judge(Entitlement entitlement, Widening widening, Person person, List<Grant> has) {
        if (widening instanceof Widening.OfRole of) {
            return entitlement.judgeGrant(of.role(), of.scope(), person.customer());
        }
        Judgement may = entitlement.judge(widening.right(), person.scope());
        if (may.isAllowed() && widening instanceof Widening.Enabling) {
            // What he gets back must be what one could give.
            return has.stream()
                    .map(grant -> entitlement.judgeGrant(grant.role(), grant.scope(), person.customer()))
                    .filter(one -> !one.isAllowed())
                    .findFirst()
                    .orElse(may);
        }
        return may;
    }

    /** Whether there is another who could approve of it: somebody who can log in, neither of the two. */
    Future<Boolean> hasSecond(
            SqlConnection connection, Actor first, Widening widening, Person person, List<Grant> has, Instant now) {
        return store.readAll(connection, now).compose(all -> {
            Set<String> able = all.stream()
                    .filter(one -> !one.actor().isAccount())
                    .filter(one -> !first.is(one.actor().name()))
                    .filter(one -> !one.actor().is(person.name()))
                    .filter(one -> judge(one, widening, person, has).isAllowed())
                    .map(one -> one.actor().name())
                    .collect(Collectors.toSet());
            return able.isEmpty()
                    ? Future.succeededFuture(false)
                    : logIns.able(connection, able).map(some -> !some.isEmpty());
        });
    }
}
