package io.fairlead.enterprise.publication;

import io.fairlead.enterprise.allowlist.Allowlists;
import io.fairlead.enterprise.allowlist.Edition;
import io.fairlead.enterprise.allowlist.Portion;
import io.fairlead.enterprise.allowlist.Published;
import io.fairlead.firewall.HostName;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.Base64;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The published list, for anybody: GET and HEAD, strong tags (RFC 9110, section 13.1.2), errors as RFC 9457.
 *
 * <pre>
 * /firewall/version            number, dates, digest
 * /firewall/endpoints          the list; ?format= product= region= host= profile=443|all source=CIDR
 * /firewall/hosts/HOST         of one host
 * /firewall/changes/VERSION    what is different since
 * /firewall/changes.rss        the same as a feed
 * /firewall/signature          over the bytes of /firewall/endpoints without parameters, ASN.1 DER
 * /firewall/signer.pem         the certificate of the key that signed, and its issuer
 * /firewall/root.pem           the root's certificate, whose digest is to be compared once with what was told otherwise
 * </pre>
 */
public final class FirewallRoutes {
    /** Where they are. */
    public static final String PATH = "/firewall";

    private static final String PEM = "application/pem-certificate-chain";

    private final Allowlists allowlists;
    private final Supplier<byte[]> root;
    private final String url;
    private final Clock clock;
    private final Replies replies;
    private volatile @Nullable Bodies bodies;

    /**
     * @param root the root's certificate, PEM
     * @param url of the people's listener, without a path
     * @param correlations a new id for each error, which names its line in the log
     */
    public FirewallRoutes(
            Allowlists allowlists, Supplier<byte[]> root, String url, Clock clock, Supplier<String> correlations) {
        this.allowlists = allowlists;
        this.root = root;
        this.url = url;
        this.clock = clock;
        this.replies = new Replies(correlations);
    }

    /** Adds them to the people's router, with customers' own lists. */
    public void mount(Router router, Customers customers) {
        CustomerRoutes own = new CustomerRoutes(customers, this, replies, url);
        own.mount(router);
        mount(router, Optional.of(own));
    }

    /** Adds them to a router. */
    public void mount(Router router) {
        mount(router, Optional.empty());
    }

    private void mount(Router router, Optional<CustomerRoutes> customers) {
        add(router, "/version", (context, made) -> made.version());
        list(router, "/endpoints", customers, (context, asked) -> asked);
        list(router, "/hosts/:host", customers, (context, asked) -> asked.at(host(context.pathParam("host"))));
        add(router, "/changes.rss", (context, made) -> made.feed(Portion.ALL, url));
        add(
                router,
                "/changes/:since",
                (context, made) -> made.changes(Portion.ALL, version(context.pathParam("since"))));
        add(router, "/signature", (context, made) -> signature(newest()));
        add(
                router,
                "/signer.pem",
                (context, made) -> Body.of(newest().signature().signer(), PEM, "signer.pem"));
        add(router, "/root.pem", (context, made) -> Body.of(Buffer.buffer(root.get()), PEM, "root.pem"));
        router.route(PATH + "/*")
                .handler(context -> Replies.refuse(
                        context,
                        context.request().method().equals(HttpMethod.GET)
                                ? Problem.notFound(
                                        "Under " + PATH + " are version, endpoints, hosts/HOST, changes/VERSION,"
                                                + " changes.rss, signature, signer.pem and root.pem.")
                                : new Problem(
                                        405,
                                        "Only GET and HEAD are answered here",
                                        "Nothing is changed from outside.")));
    }

    private void list(
            Router router,
            String path,
            Optional<CustomerRoutes> customers,
            BiFunction<RoutingContext, Asked, Asked> at) {
        Handler<RoutingContext> whole = context -> answer(
                context,
                (same, made) -> made.list(at.apply(
                        context,
                        Asked.of(context.queryParams(), context.parsedHeaders().accept()))));
        add(
                router,
                PATH + path,
                customers
                        .<Handler<RoutingContext>>map(own -> context -> own.byLogIn(context, at, whole))
                        .orElse(whole));
    }

    private void add(Router router, String path, BiFunction<RoutingContext, Bodies, Body> what) {
        add(router, PATH + path, context -> answer(context, what));
    }

    static void add(Router router, String path, Handler<RoutingContext> handler) {
        Route unusedGet = router.get(path).handler(handler);
        Route unusedHead = router.head(path).handler(handler);
    }

    private void answer(RoutingContext context, BiFunction<RoutingContext, Bodies, Body> what) {
        try {
            Replies.open(context, what.apply(context, current()));
        } catch (RuntimeException failure) {
            replies.failed(context, failure);
        }
    }

    /** What is published now; throws a Problem when nothing is. */
    Bodies current() {
        Published published = allowlists.published().orElseThrow(FirewallRoutes::nothingYet);
        Bodies known = bodies;
        if (known == null || !known.areOf(published)) {
            known = new Bodies(published, clock.instant());
            bodies = known;
        }
        return known;
    }

    private Edition newest() {
        return allowlists.published().orElseThrow(FirewallRoutes::nothingYet).newest();
    }

    private static Problem nothingYet() {
        return new Problem(503, "Nothing is published yet", "Try again in a minute.");
    }

    private static Body signature(Edition edition) {
        byte[] der = Base64.getDecoder().decode(edition.signature().value());
        return Body.of(Buffer.buffer(der), "application/octet-stream", "fairlead-allowlist.json.sig");
    }

    static HostName host(String text) {
        try {
            return HostName.of(text);
        } catch (IllegalArgumentException malformed) {
            throw Problem.badParameter("The host", String.valueOf(malformed.getMessage()));
        }
    }

    static long version(String text) {
        if (!text.matches("[0-9]{1,10}")) {
            throw Problem.badParameter("The version", "is up to ten digits");
        }
        return Long.parseLong(text);
    }
}
