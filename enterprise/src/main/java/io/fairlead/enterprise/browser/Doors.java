package io.fairlead.enterprise.browser;

import io.fairlead.enterprise.kernel.Ids;
import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.enterprise.people.Entitlement;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where pages are mounted. Each states who may come; a change cannot be mounted without the checks that it was meant. Pages
 * are added before {@link #open}, once.
 */
public final class Doors {
    private final Map<Route, PageHandler> handlers = new LinkedHashMap<>();
    private final Map<Route, Integer> pieces = new HashMap<>();
    private final List<MenuItem> menu = new ArrayList<>();
    private final List<FramePart> corner = new ArrayList<>();
    private final Entrance entrance;
    private final Assets assets;

    /**
     * @param rights what somebody may do now, asked at every request
     * @param banner a line above every page, such as a demo's warning
     * @param ids for correlation ids and for browsers that are not logged in
     */
    public Doors(
            Sessions sessions,
            Function<Actor, Future<Entitlement>> rights,
            Templates templates,
            Assets assets,
            Optional<String> banner,
            Timers timers,
            Clock clock,
            Ids ids) {
        this.assets = assets;
        this.entrance = new Entrance(
                sessions,
                rights,
                new Body(timers),
                new Answers(templates, assets, menu, corner, banner, clock, ids),
                timers,
                ids);
    }

    /** Adds pages. */
    public void add(Pages pages) {
        pages.mount(this);
    }

    /**
     * A page or a fragment; changes nothing.
     *
     * @param path as {@code /devices/:device}
     */
    public void get(String path, Access access, PageHandler handler) {
        put(new Route("GET", path, access), handler);
    }

    /** A change: only from a page of ours, with its CSRF token, in a body of at most 64 KiB within 15 seconds. */
    public void post(String path, Access access, PageHandler handler) {
        put(new Route("POST", path, access), handler);
    }

    /**
     * A change that brings a piece of a file, from a module: as {@link #post}, but of more bytes, and within 30 seconds. The CSRF
     * token comes as a header.
     *
     * @param most bytes of a piece, which are held in memory
     */
    public void bytes(String path, Access access, int most, PageHandler handler) {
        Route route = new Route("POST", path, access);
        put(route, handler);
        pieces.put(route, most);
    }

    /**
     * How many steps above a change's address there is a page: where a form was refused the browser stands at the address
     * of the change, and whoever opens that anew, or comes back from a log-in in between, shall find the page.
     */
    private Optional<Integer> above(String change) {
        int steps = 0;
        for (String path = change; !path.isEmpty(); path = path.substring(0, path.lastIndexOf('/')), steps++) {
            String here = path;
            if (handlers.keySet().stream()
                    .anyMatch(each -> !each.changes() && each.path().equals(here))) {
                return Optional.of(steps).filter(up -> up > 0);
            }
        }
        return Optional.empty();
    }

    private void put(Route route, PageHandler handler) {
        if (handlers.keySet().stream()
                .anyMatch(each ->
                        each.method().equals(route.method()) && each.path().equals(route.path()))) {
            throw new IllegalArgumentException(route.method() + " " + route.path() + " is mounted twice");
        }
        handlers.put(route, handler);
    }

    /** A line of the menu, in the order of the calls. */
    public void menu(MenuItem item) {
        menu.add(item);
    }

    /** A word in the corner of every page. */
    public void corner(FramePart part) {
        corner.add(part);
    }

    /** Everything that is mounted, in the order of mounting. */
    public List<Route> routes() {
        return List.copyOf(handlers.keySet());
    }

    /**
     * Puts the security headers on everything the router serves from here on. First of all on the router.
     */
    public void guard(Router router) {
        router.route().handler(SecurityHeaders::first);
    }

    /** Puts all pages on the router, and the error pages behind everything. Last of all on the router. */
    public void open(Router router) {
        new AssetRoute(assets).mount(router);
        handlers.forEach((route, handler) -> {
            var on = route.changes() ? router.post(route.path()) : router.get(route.path());
            on.handler(context -> entrance.enter(context, route, pieces.getOrDefault(route, 0), handler));
        });
        handlers.keySet().stream()
                .filter(Route::changes)
                .forEach(route -> above(route.path())
                        .ifPresent(up -> router.get(route.path()).handler(context -> entrance.leadUp(context, up))));
        router.route().handler(entrance::lost);
    }
}
