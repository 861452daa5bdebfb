package io.fairlead.agent.link;

import io.fairlead.agent.link.LinkException.Kind;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Passwords that a proxy refused: the same one is not sent again for a quarter of an hour, so that an agent with a wrong
 * password does not lock the account. Another password is tried at once. Thread-safe.
 */
final class RefusedPasswords {
    static final Duration REST = Duration.ofMinutes(15);

    private record Refused(int password, long until) {}

    private final Map<ServerAddress, Refused> refused = new ConcurrentHashMap<>();
    private final LongSupplier nanos;

    /** @param nanos a clock that only runs forward */
    RefusedPasswords(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** @throws RouteException when it was refused of late */
    void require(ProxyAccount account, String password) throws RouteException {
        @Nullable Refused before = refused.get(account.proxy());
        if (before != null && before.password() == password.hashCode() && before.until() - nanos.getAsLong() > 0) {
            throw sentence(account);
        }
    }

    RouteException refuse(ProxyAccount account, String password) {
        refused.put(account.proxy(), new Refused(password.hashCode(), nanos.getAsLong() + REST.toNanos()));
        return sentence(account);
    }

    void forget(ProxyAccount account) {
        refused.remove(account.proxy());
    }

    private static RouteException sentence(ProxyAccount account) {
        return new RouteException(
                Kind.PROXY_PASSWORD,
                "the proxy " + account.proxy() + " refuses the user " + ServerTrust.printable(account.user())
                        + ": the password is wrong, or the account is locked or has no right; it is tried again in "
                        + REST.toMinutes() + " minutes, or at once when the password has changed",
                null);
    }
}
