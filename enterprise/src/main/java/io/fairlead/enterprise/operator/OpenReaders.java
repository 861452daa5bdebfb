package io.fairlead.enterprise.operator;

import io.fairlead.enterprise.kernel.Ids;
import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.enterprise.remote.RecordingReader;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Recordings that are being read by commands, piece by piece: each by who opened it, until a minute passes without. When too
 * many are open, the one that waited longest is given up. Thread-safe.
 */
final class OpenReaders {
    private static final Logger LOG = LoggerFactory.getLogger(OpenReaders.class);
    private static final int MOST = 16;
    private static final Duration IDLE = Duration.ofMinutes(1);

    private final Timers timers;
    private final Ids ids = Ids.random();
    private final Map<String, Open> open = new LinkedHashMap<>();

    /** Whose it is, what is read, and what ends it when nobody asks. */
    private record Open(String actor, RecordingReader reader, Timers.Timer end) {}

    OpenReaders(Timers timers) {
        this.timers = timers;
    }

    /** Its name, by which it is read. */
    Future<String> open(Actor actor, Supplier<Future<RecordingReader>> reader) {
        return reader.get().map(one -> {
            String name = ids.next();
            keep(name, actor.audited(), one);
            return name;
        });
    }

    private synchronized void keep(String name, String actor, RecordingReader reader) {
        if (open.size() >= MOST) {
            giveUp(open.keySet().iterator().next());
        }
        Open unusedNone = open.put(name, new Open(actor, reader, timers.after(IDLE, () -> giveUp(name))));
    }

    private synchronized void giveUp(String name) {
        Open left = open.remove(name);
        if (left != null) {
            left.end().cancel();
            closed(left.reader());
        }
    }

    private synchronized @Nullable Open taken(Actor actor, String name) {
        Open one = open.get(name);
        return one != null && one.actor().equals(actor.audited()) && open.remove(name, one) ? one : null;
    }

    /** The next bytes; none at the end. Fails with Refusal(NOT_FOUND) for one that is not open, another's, or being asked. */
    Future<byte[]> next(Actor actor, String name) {
        Open one = taken(actor, name);
        if (one == null) {
            return Future.failedFuture(new Refusal(Fault.NOT_FOUND, "no recording is being read by this name"));
        }
        one.end().cancel();
        return one.reader().next().onComplete(read -> {
            if (read.failed() || read.result().length == 0) {
                closed(one.reader());
            } else {
                keep(name, one.actor(), one.reader());
            }
        });
    }

    private static void closed(RecordingReader reader) {
        reader.close().onFailure(failure -> LOG.warn("recording=not-closed", failure));
    }
}
