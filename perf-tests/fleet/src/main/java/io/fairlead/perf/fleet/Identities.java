package io.fairlead.perf.fleet;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Enrolled devices, and a folder that keeps them for the next run:
 * <pre>
 *   server            HOST:PORT of the agents' listener where they enrolled
 *   authorities.pem   root and issuers
 *   devices           a line each: DEVICE KEY CERTIFICATE
 *   memory            tokens and journals, see {@link Memory}
 * </pre>
 * Only its owner may enter it. What the server issued is there at once, so that a run that was broken off goes on where it
 * ended. One program at a time.
 */
public final class Identities {
    /** The server works on each as well: more at once help nobody. */
    private static final int AT_ONCE = 8;
    /** A device whose certificate ends sooner enrols anew: the fleet does not renew. */
    private static final Duration LIFE = Duration.ofDays(1);

    private final String server;
    private final Authorities authorities;
    private final List<Identity> all;
    private final Memory memory;

    private Identities(String server, Authorities authorities, List<Identity> all, Memory memory) {
        this.server = server;
        this.authorities = authorities;
        this.all = List.copyOf(all);
        this.memory = memory;
    }

    /**
     * Those of a folder, in the order in which they enrolled.
     *
     * @throws IOException when nothing was kept there, or it is damaged
     */
    public static Identities kept(Path folder) throws IOException {
        IdentityFolder kept = new IdentityFolder(folder);
        return of(kept, kept.devices());
    }

    /**
     * Gives each of these devices an identity, unless it has one that lives for another day. Blocks, for some milliseconds a
     * device that has none.
     *
     * @param folder made when it is not there
     * @throws IOException when the server cannot be reached or refuses a device, or the folder is another enterprise's; what
     *     was enrolled until then is kept
     */
    public static Identities enrolled(
            Path folder, List<Registration> devices, EnrolmentCodes codes, Progress progress, Clock clock)
            throws IOException, InterruptedException {
        IdentityFolder kept = new IdentityFolder(folder);
        Instant until = clock.instant().plus(LIFE);
        List<Registration> missing =
                devices.stream().filter(one -> !kept.has(one.device(), until)).toList();
        enrol(kept, missing, codes, new Told(progress, devices.size() - missing.size(), devices.size()));
        return of(kept, devices.stream().map(Registration::device).toList());
    }

    private static Identities of(IdentityFolder kept, List<String> devices) throws IOException {
        Authorities authorities = kept.authorities();
        if (authorities == null) {
            throw new IOException("no device was enrolled there");
        }
        return new Identities(
                kept.server(), authorities, devices.stream().map(kept::identity).toList(), kept.memory());
    }

    private static void enrol(IdentityFolder kept, List<Registration> missing, EnrolmentCodes codes, Told told)
            throws IOException, InterruptedException {
        Enroller enroller = new Enroller(kept.authorities());
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Future<?>> ends = new ArrayList<>();
            AtomicInteger next = new AtomicInteger();
            for (int thread = 0; thread < Math.min(AT_ONCE, missing.size()); thread++) {
                ends.add(threads.submit(() -> {
                    for (int i = next.getAndIncrement(); i < missing.size(); i = next.getAndIncrement()) {
                        Registration device = missing.get(i);
                        EnrolmentString code = EnrolmentString.parse(codes.codeFor(device));
                        kept.add(enroller.enrol(device.device(), code), code.server());
                        told.one();
                    }
                    return missing;
                }));
            }
            for (Future<?> end : ends) {
                await(end);
            }
        } finally {
            List<Runnable> unused = threads.shutdownNow();
            assert unused != null;
        }
    }

    private static void await(Future<?> end) throws IOException, InterruptedException {
        try {
            Object done = end.get();
            assert done != null;
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof IOException refused) {
                throw refused;
            }
            throw new IllegalStateException(failed.getCause());
        }
    }

    /** Who is told, one at a time. */
    private static final class Told {
        private final Progress progress;
        private final int all;
        private int done;

        Told(Progress progress, int done, int all) {
            this.progress = progress;
            this.done = done;
            this.all = all;
        }

        synchronized void one() {
            progress.enrolled(++done, all);
        }
    }

    /**
     * The same, where the server is now: it may have moved since they enrolled.
     *
     * @param where HOST:PORT of its agents' listener
     */
    public Identities at(String where) {
        return new Identities(where, authorities, all, memory);
    }

    /** HOST:PORT of the agents' listener. */
    public String server() {
        return server;
    }

    /** Whom agents believe. */
    public Authorities authorities() {
        return authorities;
    }

    /** In the order asked for. */
    public List<Identity> all() {
        return all;
    }

    /** What agents have to know after a restart. Whoever polls in an identity's name keeps it here. */
    public Memory memory() {
        return memory;
    }
}
