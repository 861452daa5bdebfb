package io.fairlead.enterprise.account;

import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.enterprise.login.Address;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.enterprise.people.People;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last {@value #MOST} calls of each account that failed, with the reason, for those who build the other end. Written once
 * a second, however many fail: of an account that fails faster only the newest are kept. For several threads.
 */
public final class FailedCalls {
    /** Kept of each account. */
    public static final int MOST = 50;

    private static final Logger LOG = LoggerFactory.getLogger(FailedCalls.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Database database;
    private final People people;
    private final Timers timers;
    private final Clock clock;
    private final FailedCallStore store = new FailedCallStore();
    private Map<String, Deque<FailedCall>> waiting = new HashMap<>();

    public FailedCalls(Database database, People people, Timers timers, Clock clock) {
        this.database = database;
        this.people = people;
        this.timers = timers;
        this.clock = clock;
    }

    /**
     * Takes note of one; it is written soon.
     *
     * @param account as {@link Accounts#judge} answered it
     * @param why for people; empty where the fault says it all, never a secret
     */
    public void note(Actor account, Call call, Fault fault, String why, Address address) {
        FailedCall one = new FailedCall(clock.instant(), call, fault.key(), why, address.text());
        synchronized (this) {
            if (waiting.isEmpty()) {
                Timers.Timer unused = timers.after(
                        PAUSE,
                        () -> written()
                                .onFailure(failure -> LOG.warn("failed-calls=lost cause={}", failure.toString())));
            }
            Deque<FailedCall> his = waiting.computeIfAbsent(account.name(), name -> new ArrayDeque<>());
            if (his.size() == MOST) {
                his.removeFirst();
            }
            his.addLast(one);
        }
    }

    /** Writes what waits; to be called once more before the database goes. */
    public Future<Void> written() {
        Map<String, Deque<FailedCall>> taken;
        synchronized (this) {
            taken = waiting;
            waiting = new HashMap<>();
        }
        if (taken.isEmpty()) {
            return Future.succeededFuture();
        }
        List<FailedCallStore.OfAccount> all = new ArrayList<>();
        taken.forEach((account, calls) -> calls.forEach(call -> all.add(new FailedCallStore.OfAccount(account, call))));
        return database.inTransaction(connection ->
                store.insert(connection, all).compose(written -> store.forget(connection, taken.keySet(), MOST)));
    }

    /** The newest first. Fails with Refusal(NOT_FOUND) when there is no such account, or none that he may see. */
    public Future<List<FailedCall>> list(Actor actor, String account) {
        return people.get(actor, account).compose(person -> {
            if (!person.isAccount()) {
                throw new Refusal(Fault.NOT_FOUND, "there is no account " + account);
            }
            return written().compose(done -> store.list(database.pool(), account, MOST));
        });
    }
}
