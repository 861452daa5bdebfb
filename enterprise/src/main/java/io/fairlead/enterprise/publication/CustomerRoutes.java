package io.fairlead.enterprise.publication;

import io.fairlead.enterprise.allowlist.CustomerLink;
import io.fairlead.enterprise.allowlist.Portion;
import io.fairlead.enterprise.login.Address;
import io.fairlead.firewall.Cidr;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * One customer's list: for whoever has its link, and by log-in for those who may see a device of that customer.
 *
 * <pre>
 * /firewall/c/LINK/version, …/endpoints, …/hosts/HOST, …/changes/VERSION, …/changes.rss
 * /firewall/endpoints?customer=NAME, /firewall/hosts/HOST?customer=NAME
 * </pre>
 */
final class CustomerRoutes {
    private static final String LINK = FirewallRoutes.PATH + "/c/:token";
    private static final String CUSTOMER = "customer";

    private final Customers customers;
    private final FirewallRoutes all;
    private final Replies replies;
    private final String url;
    private final Guesses guesses;

    CustomerRoutes(Customers customers, FirewallRoutes all, Replies replies, String url) {
        this.customers = customers;
        this.all = all;
        this.replies = replies;
        this.url = url;
        this.guesses = new Guesses(customers.clock());
    }

    /** What a link leads to. */
    private record Opened(Portion portion, List<Cidr> sources) {}

    private interface Answering {
        Body body(RoutingContext context, Bodies made, Opened list);
    }

    /** Those by a link; before the routes of the whole list, of which some fit everything. */
    void mount(Router router) {
        byLink(router, "/version", (context, made, list) -> made.version());
        byLink(router, "/endpoints", (context, made, list) -> made.list(asked(context, list, asked -> asked)));
        byLink(
                router,
                "/hosts/:host",
                (context, made, list) -> made.list(asked(context, list, asked -> host(context, asked))));
        byLink(router, "/changes.rss", (context, made, list) -> made.feed(list.portion, url));
        byLink(
                router,
                "/changes/:since",
                (context, made, list) ->
                        made.changes(list.portion, FirewallRoutes.version(context.pathParam("since"))));
    }

    private void byLink(Router router, String path, Answering what) {
        FirewallRoutes.add(router, LINK + path, context -> answer(context, () -> opened(context), what));
    }

    /** The list of the customer who is asked for; where none is, the whole one. */
    void byLogIn(RoutingContext context, BiFunction<RoutingContext, Asked, Asked> at, Handler<RoutingContext> whole) {
        if (context.queryParams().contains(CUSTOMER)) {
            answer(
                    context,
                    () -> seen(context),
                    (same, made, list) -> made.list(asked(context, list, asked -> at.apply(context, asked))));
        } else {
            whole.handle(context);
        }
    }

    private void answer(RoutingContext context, Supplier<Future<Opened>> opening, Answering what) {
        Future<Opened> opened;
        try {
            opened = opening.get();
        } catch (RuntimeException failure) {
            opened = Future.failedFuture(failure);
        }
        opened.map(list -> what.body(context, all.current(), list))
                .onSuccess(body -> Replies.closed(context, body))
                .onFailure(failure -> replies.failed(context, failure));
    }

    private Future<Opened> opened(RoutingContext context) {
        List<String> forwarded = context.request().headers().getAll("X-Forwarded-For");
        Address from = customers
                .proxies()
                .visitor(context.request().remoteAddress().hostAddress(), String.join(",", forwarded));
        if (guesses.areTooMany(from.network())) {
            throw new Problem(
                    429, "Too many links that do not exist", "Nothing is looked up for this address for some minutes.");
        }
        return customers.links().open(context.pathParam("token")).compose(found -> {
            if (found.isEmpty()) {
                // A proxy of ours that does not say for whom it asks stands for everybody.
                if (!from.proxy()) {
                    guesses.count(from.network());
                }
                throw Problem.notFound("There is no such link, or not any more: ask whoever gave it to you.");
            }
            CustomerLink link = found.get();
            return customers.lists().of(link.customer()).map(portion -> new Opened(portion, link.sources()));
        });
    }

    private Future<Opened> seen(RoutingContext context) {
        List<String> names = context.queryParams().getAll(CUSTOMER);
        if (names.size() > 1) {
            throw Problem.badParameter(CUSTOMER, "is there " + names.size() + " times");
        }
        return customers.caller().of(context.request()).compose(found -> {
            if (found.isEmpty()) {
                throw new Problem(
                        403,
                        "That needs a log-in",
                        "One customer's list is for those who are logged in at the console, or have its link.");
            }
            return customers
                    .lists()
                    .seen(found.get(), names.get(0))
                    .map(portion -> new Opened(
                            portion.orElseThrow(() -> Problem.notFound(
                                    "You see no device of a customer of that name; write it as devices" + " have it.")),
                            List.of()));
        });
    }

    private static Asked asked(RoutingContext context, Opened list, UnaryOperator<Asked> at) {
        MultiMap query = MultiMap.caseInsensitiveMultiMap().addAll(context.queryParams());
        // A link is for one customer: there it is a parameter like any other that is unknown.
        if (context.pathParam("token") == null) {
            query = query.remove(CUSTOMER);
        }
        return at.apply(Asked.of(query, context.parsedHeaders().accept())).within(list.portion, list.sources);
    }

    private static Asked host(RoutingContext context, Asked asked) {
        return asked.at(FirewallRoutes.host(context.pathParam("host")));
    }
}
