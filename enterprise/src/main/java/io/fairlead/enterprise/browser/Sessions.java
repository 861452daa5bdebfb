package io.fairlead.enterprise.browser;

import io.vertx.core.Future;
import java.util.Optional;

/** Finds who a cookie stands for. Whoever logs people in gives it; asked at every request, so its answer is of now. */
@FunctionalInterface
public interface Sessions {
    /**
     * Empty for a token that is unknown, over, or whose person may no longer log in.
     *
     * @param token from the cookie, as {@link Answer#loggedIn} handed it out; 1 to 256 characters from anybody
     * @param address of the browser, as the connection says
     * @param byPerson whether it is a sign of life: somebody asks, and not a page by itself
     */
    Future<Optional<LoggedIn>> find(String token, String address, boolean byPerson);
}
