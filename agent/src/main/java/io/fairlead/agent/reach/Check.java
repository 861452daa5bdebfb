package io.fairlead.agent.reach;

import io.fairlead.agent.link.Identity;
import io.fairlead.agent.link.ServerAddress;
import io.fairlead.agent.link.Sounder;
import io.fairlead.agent.link.Vouching;
import io.fairlead.firewall.Row;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Walks a list, eight targets at a time, and ends in time whatever hangs. */
public final class Check {
    private static final int AT_A_TIME = 8;
    /** For all together. */
    private static final Duration MOST = Duration.ofSeconds(85);

    private final Probe probe;
    private final Clock clock;

    /**
     * @param identity what this device shows; empty where it cannot be read
     * @param own the agent's own servers
     * @param idleSeconds 0 to 60: how long one request is held
     */
    public Check(
            Sounder sounder,
            Vouching vouching,
            Optional<Identity> identity,
            List<ServerAddress> own,
            int idleSeconds,
            Clock clock) {
        this.probe = new Probe(sounder, vouching, identity, own, idleSeconds, clock, System::nanoTime);
        this.clock = clock;
    }

    /** What came of every port of these rows, the worst first. */
    public List<Finding> of(List<Row> rows) throws InterruptedException {
        List<Target> targets = Target.of(rows);
        ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME, Check::thread);
        try {
            List<Callable<Finding>> tasks = new ArrayList<>();
            targets.forEach(target -> tasks.add(() -> probe.check(target)));
            List<Future<Finding>> done = threads.invokeAll(tasks, MOST.toMillis(), TimeUnit.MILLISECONDS);
            List<Finding> findings = new ArrayList<>();
            for (int i = 0; i < targets.size(); i++) {
                findings.add(found(targets.get(i), done.get(i)));
            }
            findings.sort(Comparator.comparingInt(Check::rank));
            return findings;
        } finally {
            List<Runnable> unused = threads.shutdownNow();
        }
    }

    private Finding found(Target target, Future<Finding> task) throws InterruptedException {
        try {
            return task.get();
        } catch (CancellationException e) {
            return new Finding(
                    target,
                    target.required(clock.instant()),
                    List.of(Step.bad(
                            Step.TCP, Trouble.UNFINISHED.brief(), "not done after " + MOST.toSeconds() + " s")),
                    Optional.of(Trouble.UNFINISHED),
                    "");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private static int rank(Finding finding) {
        return (finding.failed() ? 0 : 2) + (finding.required() ? 0 : 1);
    }

    /** A name server that hangs shall not keep the program from ending. */
    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "check");
        thread.setDaemon(true);
        return thread;
    }
}
