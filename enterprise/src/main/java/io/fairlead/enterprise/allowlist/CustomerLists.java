package io.fairlead.enterprise.allowlist;

import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.people.Action;
import io.fairlead.enterprise.people.Entitlement;
import io.fairlead.enterprise.people.View;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** Which part of the list a customer's devices dial, as it is now. */
public final class CustomerLists {
    private final Database database;
    private final Allowlists allowlists;
    private final CustomerStore store = new CustomerStore();

    public CustomerLists(Database database, Allowlists allowlists) {
        this.database = database;
        this.allowlists = allowlists;
    }

    /** For who has the customer's link; all of it as long as the customer has no device in service. */
    public Future<Portion> of(String customer) {
        return store.kinds(database.pool(), customer).map(this::portion);
    }

    /** For somebody who is logged in; empty when he may see no device of that customer, or there is none. */
    public Future<Optional<Portion>> seen(Entitlement may, String customer) {
        View view = may.view(Action.SEE_DEVICE);
        return view.isEmpty()
                ? Future.succeededFuture(Optional.empty())
                : store.isSeen(database.pool(), customer, view)
                        .compose(seen -> seen
                                ? of(customer).map(Optional::of)
                                : Future.succeededFuture(Optional.<Portion>empty()));
    }

    private Portion portion(List<Portion.Kind> devices) {
        return allowlists
                .catalogue()
                .map(catalogue -> Portion.of(catalogue, devices))
                .orElse(Portion.ALL);
    }
}
