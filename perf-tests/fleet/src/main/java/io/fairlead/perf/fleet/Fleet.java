package io.fairlead.perf.fleet;

import com.ctc.wstx.stax.WstxInputFactory;
import io.fairlead.soap.Documents;
import io.fairlead.soap.SoapCodec;
import io.fairlead.soap.XmlReaders;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Agents by the thousand on a few threads: each holds its poll open on a kept connection of its own, reports, and answers
 * instructions, as a real one does towards the server; it has no instrument and no disk, and no site.conf that would refuse
 * anything.
 */
public final class Fleet implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Fleet.class);
    private static final Duration STOPPING = Duration.ofSeconds(20);

    private final Vertx vertx;
    private final Figures figures = new Figures();
    private final Identities identities;
    private final AtomicBoolean stopped = new AtomicBoolean();

    /**
     * Starts. The agents make their first call over the settings' ramp.
     *
     * @param identities of which nobody else may be in use
     * @throws IOException when the server's name has no address
     */
    public Fleet(Identities identities, FleetSettings settings, Arrivals arrivals, Clock clock) throws IOException {
        this.identities = identities;
        this.vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(settings.loops()));
        try {
            Wire wire = new Wire(vertx, identities, settings, clock);
            Documents documents = new Documents(new XmlReaders(new WstxInputFactory()));
            SoapCodec codec = new SoapCodec(documents);
            List<Future<String>> loops = new ArrayList<>();
            for (int loop = 0; loop < settings.loops(); loop++) {
                int mine = loop;
                loops.add(vertx.deployVerticle(context -> {
                    Surroundings around = new Surroundings(
                            context,
                            wire,
                            codec,
                            documents,
                            identities.memory(),
                            settings,
                            figures,
                            arrivals,
                            clock,
                            new SplittableRandom(),
                            stopped);
                    start(around, mine);
                    return Future.succeededFuture();
                }));
            }
            Object started = await(Future.all(loops));
            assert started != null;
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Every so manieth agent belongs to this thread. */
    private void start(Surroundings around, int loop) {
        int all = identities.all().size();
        double apart = all == 0 ? 0 : (double) around.settings().ramp().toMillis() / all;
        for (int number = loop; number < all; number += around.settings().loops()) {
            Polling agent = new Polling(number, identities.all().get(number), around);
            around.after(Duration.ofMillis((long) (number * apart)), agent::start);
        }
    }

    /** What the agents have met since the start. */
    public Figures figures() {
        return figures;
    }

    /** How many agents there are. */
    public int size() {
        return identities.all().size();
    }

    /** All agents are gone at once, as if their PCs were switched off. */
    @Override
    public void close() {
        stopped.set(true);
        try {
            Object closed = await(vertx.close());
            assert closed == null;
        } catch (IOException e) {
            LOG.warn("fleet=not-stopped cause=\"{}\"", e.getMessage());
        }
    }

    private static <T> T await(Future<T> future) throws IOException {
        try {
            return future.toCompletionStage().toCompletableFuture().get(STOPPING.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the fleet does not start or stop: " + e, e);
        }
    }
}
