package io.fairlead.perf.compare;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.vertx.core.Future;

/** For programs whose main thread has nothing else to do. */
final class Waiting {
    private Waiting() {}

    @CanIgnoreReturnValue
    static <T> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }
}
