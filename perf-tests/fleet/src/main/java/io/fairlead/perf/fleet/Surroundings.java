package io.fairlead.perf.fleet;

import io.fairlead.soap.Documents;
import io.fairlead.soap.SoapCodec;
import io.vertx.core.Context;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;

/**
 * What the agents of one thread share.
 *
 * @param context whose thread all of them run on
 * @param stopped from now on nothing is begun, and what ends counts for nothing
 */
record Surroundings(
        Context context,
        Wire wire,
        SoapCodec codec,
        Documents documents,
        Memory memory,
        FleetSettings settings,
        Figures figures,
        Arrivals arrivals,
        Clock clock,
        RandomGenerator random,
        AtomicBoolean stopped) {
    /** Runs something on this thread later; for good, unless the whole fleet is stopped. */
    void after(Duration wait, Runnable then) {
        long unused = context.owner().setTimer(Math.max(1, wait.toMillis()), fired -> {
            if (!stopped.get()) {
                then.run();
            }
        });
    }
}
