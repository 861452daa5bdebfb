package io.fairlead.enterprise.notification;

import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.enterprise.people.People;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;

/** The subscriptions of an account and how their deliveries went lately, for those who look after it. */
public final class DeliveryHistory {
    /** Kept of each subscription: so many that were taken, and so many that were not. */
    public static final int MOST = 50;

    static final Duration KEPT = Duration.ofDays(7);

    private final Database database;
    private final People people;
    private final SubscriptionStore subscriptions = new SubscriptionStore();
    private final AttemptStore attempts = new AttemptStore();

    public DeliveryHistory(Database database, People people) {
        this.database = database;
        this.people = people;
    }

    /**
     * A subscription.
     *
     * @param attempts the newest first
     */
    public record Line(Subscription subscription, List<Attempt> attempts) {
        public Line {
            attempts = List.copyOf(attempts);
        }

        /** Where it goes, without what stands behind a question mark: that may be somebody's secret. */
        public String endpoint() {
            String whole = subscription.endpoint();
            int query = whole.indexOf('?');
            return query < 0 ? whole : whole.substring(0, query) + "?…";
        }
    }

    /** In the order in which they were made. Fails with Refusal(NOT_FOUND) when there is no such account, or none that he may see. */
    public Future<List<Line>> of(Actor actor, String account) {
        return people.get(actor, account).compose(person -> {
            if (!person.isAccount()) {
                throw new Refusal(Fault.NOT_FOUND, "there is no account " + account);
            }
            return subscriptions
                    .list(database.pool(), account)
                    .compose(list -> attempts.list(database.pool(), account)
                            .map(tried -> list.stream()
                                    .map(one -> new Line(one, tried.getOrDefault(one.id(), List.of())))
                                    .toList()));
        });
    }
}
