package io.fairlead.perf.simulations;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;

/**
 * Which agent a virtual user is: in order of arrival, and from the first again. Gatling numbers the users of all scenarios
 * together, so each scenario has seats of its own. Any thread may ask.
 */
final class Seats {
    private final List<Enrolled> agents;
    private final AtomicInteger next = new AtomicInteger();
    private final ConcurrentMap<Long, Enrolled> taken = new ConcurrentHashMap<>();

    Seats(List<Enrolled> agents) {
        this.agents = List.copyOf(agents);
    }

    private Enrolled of(long user) {
        return taken.computeIfAbsent(user, fresh -> agents.get(next.getAndIncrement() % agents.size()));
    }

    SimulatedAgent agent(long user) {
        return of(user).agent();
    }

    /** What the user shows in its handshakes. */
    KeyManagerFactory key(Long user) {
        return of(user).key();
    }
}
