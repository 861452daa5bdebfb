package io.fairlead.enterprise.file;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/** So many at a time; the others wait in line. Whoever bounds the line bounds what it holds in memory. */
final class Turns {
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private int free;

    Turns(int most) {
        this.free = most;
    }

    <T> Future<T> take(Supplier<Future<T>> work) {
        Promise<T> done = Promise.promise();
        Runnable turn = () -> begun(work).onComplete(done).onComplete(ended -> next());
        synchronized (this) {
            if (free == 0) {
                waiting.add(turn);
                return done.future();
            }
            free--;
        }
        turn.run();
        return done.future();
    }

    private static <T> Future<T> begun(Supplier<Future<T>> work) {
        try {
            return work.get();
        } catch (RuntimeException failed) {
            return Future.failedFuture(failed);
        }
    }

    private void next() {
        Runnable turn;
        synchronized (this) {
            turn = waiting.poll();
            if (turn == null) {
                free++;
                return;
            }
        }
        turn.run();
    }
}
