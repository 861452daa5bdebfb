package io.fairlead.enterprise.integration;

import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Who answers what, by the class that an operation's element in the contract became. */
public final class Operations {
    private final Map<Class<?>, BiFunction<Caller, Object, Future<?>>> answers = new HashMap<>();
    private final Set<Class<?>> transfers = new HashSet<>();

    /**
     * An operation.
     *
     * @param request the class of the element in the body, such as {@code Find}
     * @param by answers with the class of the response, such as {@code FindResponse}; called on an event loop and never
     *     waits; fails with Refusal for what the caller is to be told
     */
    public <Q> void answer(Class<Q> request, BiFunction<Caller, Q, ? extends Future<?>> by) {
        if (answers.put(request, (caller, body) -> by.apply(caller, request.cast(body))) != null) {
            throw new IllegalArgumentException(request.getSimpleName() + " is answered twice");
        }
    }

    /** The same for what moves a file, and takes as long as that takes: of these fewer go on at once. */
    public <Q> void transfer(Class<Q> request, BiFunction<Caller, Q, ? extends Future<?>> by) {
        answer(request, by);
        transfers.add(request);
    }

    boolean isTransfer(Object request) {
        return transfers.contains(request.getClass());
    }

    Set<Class<?>> answered() {
        return answers.keySet();
    }

    /** What it throws comes as a failed future. */
    Future<Object> call(Caller caller, Object request) {
        @Nullable BiFunction<Caller, Object, Future<?>> one = answers.get(request.getClass());
        if (one == null) {
            return Future.failedFuture(new Refusal(Fault.NOT_FOUND, "nobody answers " + request.getClass()));
        }
        return Future.succeededFuture()
                .compose(now -> one.apply(caller, request))
                .<Object>map(answer -> answer)
                .recover(failure -> caller.refused(failure).compose(noted -> Future.failedFuture(failure)));
    }
}
