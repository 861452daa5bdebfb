package io.fairlead.enterprise.roster;

import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.people.Action;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.enterprise.people.Entitlement;
import io.fairlead.enterprise.people.Rights;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds devices, and counts them. Whoever may not see a device finds it by nothing, and it is in no count of his. */
public final class Roster {
    /** Lines read at one go for a file. */
    public static final int PIECE = 1_000;
    /** Policies in one list. */
    public static final int MOST_POLICIES = 1_000;
    /** Deeds in one list. */
    public static final int MOST_DEEDS = 1_000;

    private final Database database;
    private final Rights rights;
    private final Clock clock;
    private final RosterStore store = new RosterStore();
    private final OverviewStore overviews = new OverviewStore();
    private final PolicyStore policies = new PolicyStore();
    private final DeedStore deeds = new DeedStore();

    public Roster(Database database, Rights rights, Clock clock) {
        this.database = database;
        this.rights = rights;
        this.clock = clock;
    }

    /** A page of the devices that the actor may see. Two queries: what there is is counted first, so that no page is beyond the last. */
    public Future<RosterPage> search(Actor actor, RosterQuery query) {
        return rights.of(actor).compose(entitlement -> {
            RosterStore.Asked asked = asked(entitlement);
            return store.counts(database.pool(), asked, query.filter()).compose(counts -> {
                int pages = Math.max(1, (counts.total() + query.size() - 1) / query.size());
                int page = Math.min(query.page(), pages);
                return store.page(
                                database.pool(),
                                asked,
                                query.filter(),
                                query.sort().orderBy(query.descending()),
                                query.size(),
                                (page - 1) * query.size())
                        .map(rows -> new RosterPage(rows, counts, page, pages));
            });
        });
    }

    /** All that the filter takes, in order: what a file is made of, piece by piece, by {@link #lines}. */
    public Future<List<DeviceId>> found(Actor actor, RosterFilter filter, RosterSort sort, boolean descending) {
        return rights.of(actor)
                .compose(may -> store.ids(database.pool(), asked(may), filter, sort.orderBy(descending)));
    }

    /** Those of the devices that the actor may see now, in the order of the ids; {@value #PIECE} at most. */
    public Future<List<RosterRow>> lines(Actor actor, List<DeviceId> ids) {
        List<DeviceId> piece = ids.subList(0, Math.min(PIECE, ids.size()));
        return rights.of(actor).compose(may -> store.lines(database.pool(), asked(may), piece));
    }

    /** The sites of devices that the actor may see, in order of name. */
    public Future<List<CustomerSite>> sites(Actor actor) {
        return rights.of(actor)
                .compose(entitlement -> store.sites(database.pool(), entitlement.view(Action.SEE_DEVICE)));
    }

    /** How many devices there are of each state and health. */
    public Future<RosterCounts> counts(Actor actor, RosterFilter filter) {
        return rights.of(actor).compose(entitlement -> store.counts(database.pool(), asked(entitlement), filter));
    }

    /** What the actor can filter by. */
    public Future<Choices> choices(Actor actor) {
        return rights.of(actor)
                .compose(entitlement -> store.choices(database.pool(), entitlement.view(Action.SEE_DEVICE)));
    }

    /**
     * What there is to be seen at once.
     *
     * @param since when the day began, where the actor is
     */
    public Future<Overview> overview(Actor actor, Instant since) {
        return rights.of(actor).compose(entitlement -> {
            RosterStore.Asked asked = asked(entitlement);
            Future<RosterCounts> counts = store.counts(database.pool(), asked, RosterFilter.ALL);
            Future<Overview.Today> today =
                    overviews.today(database.pool(), asked, entitlement.view(Action.SEE_RECORD), since);
            Future<Overview.Needs> needs = overviews.needs(database.pool(), asked);
            return Future.all(counts, today, needs)
                    .map(all -> new Overview(counts.result(), today.result(), needs.result()));
        });
    }

    /**
     * What the agents report of their sites' policies, in order of customer, site and device: of enrolled devices, {@value
     * #MOST_POLICIES} at most.
     *
     * @param customer null for all
     */
    public Future<List<ReportedPolicy>> policies(Actor actor, @Nullable String customer) {
        return rights.of(actor)
                .compose(may ->
                        policies.list(database.pool(), may.view(Action.SEE_DATA), customer, null, MOST_POLICIES));
    }

    /** The same of one device; empty when it is not enrolled or its data are not to be seen. */
    public Future<Optional<ReportedPolicy>> policy(Actor actor, DeviceId device) {
        return rights.of(actor)
                .compose(may -> policies.list(database.pool(), may.view(Action.SEE_DATA), null, device, 1))
                .map(list -> list.stream().findFirst());
    }

    /**
     * What was done to the devices whose record the actor may see, the newest first.
     *
     * @param limit 1 to {@value #MOST_DEEDS}
     */
    public Future<Deed.Page> deeds(Actor actor, DeedFilter filter, int limit) {
        int most = Math.max(1, Math.min(MOST_DEEDS, limit));
        return rights.of(actor)
                .compose(may -> deeds.list(database.pool(), may.view(Action.SEE_RECORD), filter, most + 1))
                .map(found -> new Deed.Page(found.subList(0, Math.min(most, found.size())), found.size() > most));
    }

    /** How many there are of these, and where they begin: what a file is made of, page by page, by {@link #deeds}. */
    public Future<Deed.Count> countDeeds(Actor actor, DeedFilter filter) {
        return rights.of(actor).compose(may -> deeds.count(database.pool(), may.view(Action.SEE_RECORD), filter));
    }

    private RosterStore.Asked asked(Entitlement entitlement) {
        return new RosterStore.Asked(
                entitlement.view(Action.SEE_DEVICE), entitlement.view(Action.SEE_DATA), clock.instant());
    }
}
