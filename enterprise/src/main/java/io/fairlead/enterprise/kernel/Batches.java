package io.fairlead.enterprise.kernel;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Function;

/**
 * Work on single items, done in batches: what comes while earlier batches are under way is gathered, so that ten thousand
 * items at once are a few dozen transactions, and one alone does not wait.
 *
 * <p>One event loop owns the queue, so there are no locks; calls from elsewhere hop to it. Nothing bounds the queue here:
 * who submits does.
 *
 * @param <I> what is worked on
 * @param <O> what becomes of it
 */
public final class Batches<I, O> {
    private static final int MOST = 500;
    private static final int UNDER_WAY = 2;

    private final Context owner;
    private final Function<List<I>, Future<List<O>>> work;
    private final Queue<Item<I, O>> waiting = new ArrayDeque<>();
    private int underWay;

    private record Item<I, O>(I item, Promise<O> answer) {}

    /**
     * @param work on 1 to {@value #MOST} items, in the order in which they came; answers for each of them, in that order.
     *     When it fails, it has failed for all of them. At most {@value #UNDER_WAY} at a time
     */
    public Batches(Context owner, Function<List<I>, Future<List<O>>> work) {
        this.owner = owner;
        this.work = work;
    }

    /** What becomes of an item; fails as the work on its batch fails. */
    public Future<O> submit(I item) {
        Item<I, O> submitted = new Item<>(item, Promise.promise());
        if (Vertx.currentContext() == owner) {
            add(submitted);
        } else {
            owner.runOnContext(ignored -> add(submitted));
        }
        return submitted.answer.future();
    }

    private void add(Item<I, O> item) {
        waiting.add(item);
        pump();
    }

    private void pump() {
        while (underWay < UNDER_WAY && !waiting.isEmpty()) {
            List<Item<I, O>> batch = new ArrayList<>();
            while (batch.size() < MOST && !waiting.isEmpty()) {
                batch.add(waiting.remove());
            }
            underWay++;
            Future.succeededFuture(batch.stream().map(Item::item).toList())
                    .compose(work)
                    .onComplete(result -> owner.runOnContext(ignored -> {
                        underWay--;
                        pump();
                        for (int i = 0; i < batch.size(); i++) {
                            Promise<O> answer = batch.get(i).answer;
                            if (result.succeeded()) {
                                answer.complete(result.result().get(i));
                            } else {
                                answer.fail(result.cause());
                            }
                        }
                    }));
        }
    }
}
