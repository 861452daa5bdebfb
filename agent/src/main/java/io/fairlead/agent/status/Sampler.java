package io.fairlead.agent.status;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.fairlead.agent.host.DiskFloor;
import io.fairlead.agent.kernel.TrustedTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at everything that {@code site.conf} names. Two threads: {@code watch} looks at logs and result folders each
 * second; {@code sample} looks at the PC and runs commands, every {@link StatusSettings#samplePeriodSeconds()}, and may
 * be held up by a slow command without the logs being late.
 */
public final class Sampler implements AutoCloseable {
    private static final long WATCH_MILLIS = 1000;
    private static final int SIGN_OF_LIFE_SECONDS = 30;
    private static final Path PROC = Path.of("/proc");
    private static final Logger LOG = LoggerFactory.getLogger(Sampler.class);

    private final StatusSettings settings;
    private final Reporter reporter;
    private final Turn watching;
    private final Turn sampling;

    private final Pulses pulses;

    private final Thread watcher = new Thread(this::watch, "fairlead-watch");
    private final Thread sampler = new Thread(this::sample, "fairlead-sample");
    private final ReentrantLock watchLock = new ReentrantLock();
    private final ReentrantLock sampleLock = new ReentrantLock();
    private final Object wake = new Object();
    /** Nobody is interrupted: an interrupt would close the spool's file under a write. */
    private final CountDownLatch stop = new CountDownLatch(1);

    private boolean sampleDue = true;
    private long sampledAtNanos;

    /**
     * Signs of life of the two threads, given at least every {@value #SIGN_OF_LIFE_SECONDS} s, but for one probe's time: a
     * command may take ten minutes.
     */
    public record Pulses(Runnable watch, Runnable sample) {}

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
            TrustedTime time,
            Pulses pulses,
            Clock clock)
            throws IOException {
        this.pulses = pulses;
        this.settings = settings;
        this.reporter = new Reporter(sink, settings, new Bookmarks(bookmarks), clock);
        this.watching = new Turn(watchingProbes(sources));
        this.sampling = new Turn(samplingProbes(sources, trust, floor, time));
    }

    /**
     * Also reports what the agent knows of its own connection. Before it is started.
     *
     * @param way by which the enterprise was reached last: {@value ConnectionProbe#WAY}; empty before the first time
     * @param holdSeconds for which polls are held: {@value ConnectionProbe#POLL_HOLD}; 0 for not known
     */
    public void alsoReport(Supplier<Optional<String>> way, IntSupplier holdSeconds) {
        sampling.add(new ConnectionProbe(way, holdSeconds));
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

    private List<Probe> samplingProbes(StatusSources sources, SiteTrust trust, DiskFloor floor, TrustedTime time)
            throws IOException {
        List<Probe> probes = new ArrayList<>();
        probes.add(new TrustProbe(trust));
        probes.add(new PolicyProbe(trust));
        probes.add(new ClockProbe(time));
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
            do {
                goOn("watch", () -> watchOnce(pulses.watch()));
                wakeSamplerWhenDue();
            } while (!stop.await(WATCH_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        LOG.debug("watching=ended");
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
            while (due()) {
                goOn("sample", () -> sampleOnce(false, pulses.sample()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        LOG.debug("sampling=ended");
    }

    /** Waits until a sample is due; false when stopping is asked for. */
    private boolean due() throws InterruptedException {
        synchronized (wake) {
            while (!sampleDue && stop.getCount() > 0) {
                pulses.sample().run();
                wake.wait(TimeUnit.SECONDS.toMillis(SIGN_OF_LIFE_SECONDS));
            }
            sampleDue = false;
            sampledAtNanos = System.nanoTime();
        }
        return stop.getCount() > 0;
    }

    /** A turn; a mistake of ours does not end the thread. */
    private interface Work {
        void run() throws InterruptedException;
    }

    private static void goOn(String turn, Work work) throws InterruptedException {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            LOG.error("turn={} failed", turn, e);
        }
    }

    /** One turn of the watching thread. */
    void watchOnce(Runnable pulse) throws InterruptedException {
        take(watchLock, pulse);
        try {
            watching.look(System.nanoTime(), false, pulse, reporter::watched);
            reporter.endOfTurn();
        } finally {
            watchLock.unlock();
        }
    }

    /** One turn of the sampling thread; the number of values found. */
    @CanIgnoreReturnValue
    int sampleOnce(boolean all, Runnable pulse) throws InterruptedException {
        take(sampleLock, pulse);
        try {
            Map<String, Batch> found = new LinkedHashMap<>();
            sampling.look(System.nanoTime(), all, pulse, found::put);
            int values = reporter.sampled(found);
            reporter.endOfTurn();
            return values;
        } finally {
            sampleLock.unlock();
        }
    }

    /** Who waits for a turn of many commands lives all the same. */
    private static void take(ReentrantLock lock, Runnable pulse) throws InterruptedException {
        do {
            pulse.run();
        } while (!lock.tryLock(SIGN_OF_LIFE_SECONDS, TimeUnit.SECONDS));
    }

    /**
     * Looks at everything now, commands too whose time has not come, and puts what is found into the sink.
     *
     * @param pulse the caller's signs of life, as {@link Pulses} says
     * @return how many values were put there
     */
    public int collectNow(Runnable pulse) throws InterruptedException {
        watchOnce(pulse);
        return sampleOnce(true, pulse);
    }

    /** Stops both threads after the step they are at, kills a command that runs, and forces the bookmarks. */
    @Override
    public void close() {
        stop.countDown();
        synchronized (wake) {
            wake.notifyAll();
        }
        // Its thread may wait for a command; what the probes of the other hold is still in use.
        sampling.close();
        join(sampler);
        join(watcher);
        watching.close();
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
