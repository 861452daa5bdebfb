package io.fairlead.enterprise.fleet;

import io.fairlead.enterprise.kernel.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Timers that stand still until a test says otherwise. */
public final class ManualTimers implements Timers {
    private record Pending(Duration delay, Runnable call) {}

    private final List<Pending> pending = new ArrayList<>();

    @Override
    public synchronized Timer after(Duration delay, Runnable call) {
        Pending one = new Pending(delay, call);
        pending.add(one);
        return () -> {
            synchronized (this) {
                pending.remove(one);
            }
        };
    }

    public synchronized int size() {
        return pending.size();
    }

    /** What is waited for longest; zero when nothing is. */
    public synchronized Duration longest() {
        return pending.stream().map(Pending::delay).max(Duration::compareTo).orElse(Duration.ZERO);
    }

    /** Lets everything be called whose delay is at most so long. */
    public void fire(Duration upTo) {
        List<Pending> due;
        synchronized (this) {
            due = pending.stream().filter(one -> one.delay.compareTo(upTo) <= 0).toList();
            pending.removeAll(due);
        }
        due.forEach(one -> one.call.run());
    }
}
