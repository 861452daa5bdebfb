package io.fairlead.enterprise.login;

import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.login.LockOut.Blocked;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Says how it stands with people's log-ins. That whoever asks may see the person is the caller's to judge. Browsers that are
 * known to a person are counted by a name that leads to nobody, so a block of one of these is not told here.
 */
public final class LogInStandings {
    private static final Duration LATELY = Duration.ofDays(1);

    private final Database database;
    private final LoginPolicy policy;
    private final Clock clock;
    private final LogInStandingStore store = new LogInStandingStore();
    private final LockOutStore blocks = new LockOutStore();

    public LogInStandings(Database database, LoginPolicy policy, Clock clock) {
        this.database = database;
        this.policy = policy;
        this.clock = clock;
    }

    /** As of now; of a name that nobody has, that there is nothing. */
    public Future<LogInStanding> of(String person) {
        Instant now = clock.instant();
        Future<LogInStandingStore.Found> found =
                store.find(database.pool(), person, now, now.minus(policy.idle()), now.minus(LATELY));
        Future<List<Blocked>> blocked = blocks.blocked(database.pool(), LockOut.MOST, now.minus(LockOut.QUIET));
        return Future.all(found, blocked).map(both -> {
            LogInStandingStore.Found his = found.result();
            Set<String> counters = his.addresses().stream()
                    .flatMap(address -> Address.parse(address).stream())
                    .map(address -> "address:" + Address.of(address, false).network())
                    .collect(Collectors.toSet());
            Stream<Instant> ends = blocked.result().stream()
                    .filter(one -> counters.contains(one.counter()))
                    .map(Blocked::until);
            return his.standing(ends.max(Comparator.naturalOrder()).orElse(null));
        });
    }
}
