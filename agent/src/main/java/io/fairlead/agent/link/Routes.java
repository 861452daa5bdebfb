package io.fairlead.agent.link;

import java.io.IOException;
import java.util.List;

/** Which ways lead to a server now. Asked for each new connection; may be asked by several threads at once. */
@FunctionalInterface
public interface Routes {
    /**
     * The ways to try, in this order; never empty.
     *
     * @throws IOException when none is known, with a sentence that says why
     */
    List<Route> to(ServerAddress server) throws IOException;

    /** None of the ways led to the server just now. */
    default void failed(ServerAddress server) {}

    /** The same ways to every server. */
    static Routes fixed(List<Route> routes) {
        if (routes.isEmpty()) {
            throw new IllegalArgumentException("no route");
        }
        List<Route> copy = List.copyOf(routes);
        return server -> copy;
    }

    /** Without proxies. */
    static Routes direct() {
        return fixed(List.of(new Route.Direct()));
    }
}
