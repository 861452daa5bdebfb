package io.fairlead.agent.status;

import io.fairlead.contract.agent.Severity;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The probes that one thread looks through, turn by turn. What goes wrong with one is told once, and again when it ends. */
final class Turn {
    private static final Logger LOG = LoggerFactory.getLogger(Turn.class);

    private final List<Watched> probes = new ArrayList<>();

    private static final class Watched {
        private final Probe probe;
        private @Nullable String trouble;
        private boolean looked;
        private long lookedAtNanos;

        Watched(Probe probe) {
            this.probe = probe;
        }

        boolean due(long now) {
            Duration period = probe.period();
            return !looked || period.isZero() || now - lookedAtNanos >= period.toNanos();
        }
    }

    Turn(List<Probe> probes) {
        for (Probe probe : probes) {
            this.probes.add(new Watched(probe));
        }
    }

    /** One more, before the first look. */
    void add(Probe probe) {
        probes.add(new Watched(probe));
    }

    /**
     * Looks through all whose time has come, or through all, and hands over what each found.
     *
     * @param pulse run before each
     */
    void look(long nanos, boolean all, Runnable pulse, BiConsumer<String, Batch> found) throws InterruptedException {
        for (Watched each : probes) {
            pulse.run();
            if (all || each.due(nanos)) {
                each.looked = true;
                each.lookedAtNanos = nanos;
                found.accept(each.probe.name(), look(each));
            }
        }
    }

    private static Batch look(Watched each) throws InterruptedException {
        Batch batch = new Batch();
        try {
            each.probe.look(batch);
            state(each, null, batch);
        } catch (ProbeTrouble e) {
            state(each, String.valueOf(e.getMessage()), batch);
        } catch (IOException e) {
            state(each, e.toString(), batch);
        } catch (RuntimeException e) {
            if (each.trouble == null) {
                LOG.error("probe={} failed", each.probe.name(), e);
            }
            state(each, "internal error " + e.getClass().getSimpleName(), batch);
        }
        return batch;
    }

    private static void state(Watched each, @Nullable String trouble, Batch batch) {
        if (Objects.equals(each.trouble, trouble)) {
            return;
        }
        each.trouble = trouble;
        String probe = each.probe.name();
        if (trouble == null) {
            LOG.info("probe={} state=well", probe);
            batch.event("probe.recovered", Severity.INFO, probe);
        } else {
            LOG.warn("probe={} state=\"{}\"", probe, trouble);
            batch.event("probe.trouble", Severity.WARNING, probe + ": " + trouble);
        }
    }

    void close() {
        for (Watched each : probes) {
            each.probe.close();
        }
    }
}
