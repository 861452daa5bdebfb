package io.fairlead.enterprise.browser;

import io.fairlead.enterprise.people.Actor;
import io.fairlead.enterprise.people.Entitlement;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.function.Function;

/** Who asks for something that is no page, and changes nothing, by the cookie of the console. */
public final class Caller {
    private final Sessions sessions;
    private final Function<Actor, Future<Entitlement>> rights;

    /** @param rights what somebody may do now */
    public Caller(Sessions sessions, Function<Actor, Future<Entitlement>> rights) {
        this.sessions = sessions;
        this.rights = rights;
    }

    /** What he may; empty for who is not logged in. The request is held meanwhile. */
    public Future<Optional<Entitlement>> of(HttpServerRequest request) {
        String token = Cookies.session(request);
        if (token.isEmpty()) {
            return Future.succeededFuture(Optional.empty());
        }
        return sessions.find(token, request.remoteAddress().hostAddress(), true)
                .compose(found -> found.isEmpty()
                        ? Future.succeededFuture(Optional.<Entitlement>empty())
                        : rights.apply(found.get().actor()).map(Optional::of));
    }
}
