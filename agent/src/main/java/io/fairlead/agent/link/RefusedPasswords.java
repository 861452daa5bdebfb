package io.fairlead.agent.link;

import io.fairlead.agent.link.LinkException.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Passwords that a proxy refused: the same one is not sent again for a quarter of an hour, so that an agent with a wrong
 * password does not lock the account. Another password is tried at once. Thread-safe.
 */
final class RefusedPasswords {
    static final Duration REST = Duration.ofMinutes(15);

    private record Refused(int password, long until) {}

    /** What is done with a password that is not known to be wrong. */
    @FunctionalInterface
    interface Try<T> {
        /**
         * Tells it to the proxy.
         *
         * @throws RouteException made by {@link #refuse} when the proxy does not take it
         */
        T with(String password) throws IOException;
    }

    private final Map<ServerAddress, Refused> refused = new ConcurrentHashMap<>();
    private final Map<ServerAddress, ReentrantLock> turns = new ConcurrentHashMap<>();
    private final LongSupplier nanos;

    /** @param nanos a clock that only runs forward */
    RefusedPasswords(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** @throws RouteException when the password cannot be had, or was refused of late */
    String require(ProxyAccount account) throws RouteException {
        String password = password(account);
        @Nullable Refused before = refused.get(account.proxy());
        if (before != null && before.password() == password.hashCode() && before.until() - nanos.getAsLong() > 0) {
            throw sentence(account);
        }
        return password;
    }

    /**
     * One after the other at each proxy: where several threads go out at once with a wrong password, it is sent once.
     *
     * @throws RouteException as {@link #require} does
     */
    <T> T tried(ProxyAccount account, Try<T> attempt) throws IOException {
        ReentrantLock turn = turns.computeIfAbsent(account.proxy(), proxy -> new ReentrantLock());
        turn.lock();
        try {
            T done = attempt.with(require(account));
            refused.remove(account.proxy());
            return done;
        } finally {
            turn.unlock();
        }
    }

    RouteException refuse(ProxyAccount account, String password) {
        refused.put(account.proxy(), new Refused(password.hashCode(), nanos.getAsLong() + REST.toNanos()));
        return sentence(account);
    }

    private static String password(ProxyAccount account) throws RouteException {
        try {
            return account.password().read();
        } catch (IOException e) {
            throw new RouteException(
                    Kind.PROXY_PASSWORD,
                    "the password for the proxy " + account.proxy() + " cannot be had: " + e.getMessage(),
                    e);
        }
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
