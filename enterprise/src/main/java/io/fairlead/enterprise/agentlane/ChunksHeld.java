package io.fairlead.enterprise.agentlane;

import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Bounds the chunks that are in memory, either way: of all devices, and of each, so that none keeps the others out. */
final class ChunksHeld {
    static final int MOST = 256;
    /** An agent moves eight files at once at most. */
    static final int MOST_OF_ONE = 12;

    private final Map<DeviceId, Integer> byDevice = new HashMap<>();
    private int all;

    /** Fails with Refusal(BUSY) when there are as many as may be. */
    <T> Future<T> held(DeviceId device, Supplier<Future<T>> work) {
        if (!take(device)) {
            return Future.failedFuture(new Refusal(Fault.BUSY, "too many chunks at once"));
        }
        Future<T> done;
        try {
            done = work.get();
        } catch (RuntimeException failed) {
            done = Future.failedFuture(failed);
        }
        return done.onComplete(ended -> give(device));
    }

    private synchronized boolean take(DeviceId device) {
        int now = byDevice.getOrDefault(device, 0);
        if (all >= MOST || now >= MOST_OF_ONE) {
            return false;
        }
        all++;
        byDevice.put(device, now + 1);
        return true;
    }

    private synchronized void give(DeviceId device) {
        all--;
        byDevice.computeIfPresent(device, (same, now) -> now == 1 ? null : now - 1);
    }
}
