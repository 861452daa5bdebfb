package io.fairlead.agent.status;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.fairlead.agent.host.DiskFloor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at everything that {@code site.conf} names. Two threads: {@code watch} looks at logs and result folders each
 * second; {@code sample} looks at the PC and runs commands, every {@link StatusSettings#samplePeriodSeconds()}, and may
 * be held up by a slow command without the logs being late.
 */
public final class Sampler implements AutoCloseable {
    private static final long WATCH_MILLIS = 1000;
    private static final Path PROC = Path.of("/proc");
    private static final Logger LOG = LoggerFactory.getLogger(Sampler.class);

    private final StatusSettings settings;
    private final Reporter reporter;
    private final Turn watching;
    private final Turn sampling;

    private final Thread watcher = new Thread(this::watch, "fairlead-watch");
    private final Thread sampler = new Thread(this::sample, "fairlead-sample");
    private final Object watchLock = new Object();
    private final Object sampleLock = new Object();
    private final Object wake = new Object();
    private volatile boolean closed;
    private boolean sampleDue = true;
    private long sampledAtNanos;

    /**
     * @param bookmarks the file in the data folder that keeps how far logs were read
     * @param sink where messages go; called by both threads, one at a time
     */
    public Sampler(
            StatusSources sources,
            StatusSettings settings,
            SiteTrust trust,
            DiskFloor floor,
            Path bookmarks,
            Sink sink,
            Clock clock)
            throws IOException {
        this.settings = settings;
        this.reporter = new Reporter(sink, settings, new Bookmarks(bookmarks), clock);
        this.watching = new Turn(watchingProbes(sources));
        this.sampling = new Turn(samplingProbes(sources, trust, floor));
    }

    private List<Probe> watchingProbes(StatusSources sources) {
        List<Probe> probes = new ArrayList<>();
        LineFeed feed = new LineFeed();
        for (LogSource log : sources.logs()) {
            probes.add(new LogTail(log, feed, reporter.remembered(LogTail.bookmarkKey(log))));
        }
        for (ResultSource result : sources.results()) {
            probes.add(new ResultFiles(result, reporter.remembered(ResultFiles.bookmarkKey(result))));
        }
        return probes;
    }

    private List<Probe> samplingProbes(StatusSources sources, SiteTrust trust, DiskFloor floor) throws IOException {
        List<Probe> probes = new ArrayList<>();
        probes.add(new TrustProbe(trust));
        probes.add(new FloorProbe(floor));
        if (sources.pc().enabled()) {
            PcMeter meter = Files.isReadable(PROC.resolve("stat")) ? new ProcMeter(PROC) : new BeanMeter();
            probes.add(new PcProbe(sources.pc(), settings, meter));
        }
        for (CommandSource command : sources.commands()) {
            probes.add(new CommandProbe(command, trust));
        }
        return probes;
    }

    /** Starts both threads; the first sample is taken at once. */
    public void start() {
        watcher.setDaemon(true);
        sampler.setDaemon(true);
        watcher.start();
        sampler.start();
    }

    private void watch() {
        try {
            while (!closed) {
                goOn("watch", this::watchOnce);
                wakeSamplerWhenDue();
                TimeUnit.MILLISECONDS.sleep(WATCH_MILLIS);
            }
        } catch (InterruptedException e) {
            LOG.debug("watching=ended");
        }
    }

    private void wakeSamplerWhenDue() {
        synchronized (wake) {
            long period = TimeUnit.SECONDS.toNanos(settings.samplePeriodSeconds());
            if (System.nanoTime() - sampledAtNanos >= period) {
                sampleDue = true;
                wake.notifyAll();
            }
        }
    }

    private void sample() {
        try {
            while (!closed) {
                synchronized (wake) {
                    while (!sampleDue) {
                        wake.wait();
                    }
                    sampleDue = false;
                    sampledAtNanos = System.nanoTime();
                }
                goOn("sample", () -> sampleOnce(false));
            }
        } catch (InterruptedException e) {
            LOG.debug("sampling=ended");
        }
    }

    /** A turn; interrupting it ends the thread, a mistake of ours does not. */
    private interface Work {
        void run() throws InterruptedException;
    }

    private static void goOn(String turn, Work work) throws InterruptedException {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.error("turn={} failed", turn, e);
        }
    }

    /** One turn of the watching thread. */
    void watchOnce() throws InterruptedException {
        synchronized (watchLock) {
            watching.look(System.nanoTime(), false, reporter::watched);
            reporter.endOfTurn();
        }
    }

    /** One turn of the sampling thread; the number of values found. */
    @CanIgnoreReturnValue
    int sampleOnce(boolean all) throws InterruptedException {
        synchronized (sampleLock) {
            Map<String, Batch> found = new LinkedHashMap<>();
            sampling.look(System.nanoTime(), all, found::put);
            int values = reporter.sampled(found);
            reporter.endOfTurn();
            return values;
        }
    }

    /**
     * Looks at everything now, commands too whose time has not come, and puts what is found into the sink.
     *
     * @return how many values were put there
     */
    public int collectNow() throws InterruptedException {
        watchOnce();
        return sampleOnce(true);
    }

    /** Stops both threads, kills a command that runs, and forces the bookmarks. */
    @Override
    public void close() {
        closed = true;
        watcher.interrupt();
        sampler.interrupt();
        join(watcher);
        join(sampler);
        watching.close();
        sampling.close();
        reporter.close();
    }

    private static void join(Thread thread) {
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
