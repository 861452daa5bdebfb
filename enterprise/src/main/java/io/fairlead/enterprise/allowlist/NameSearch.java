package io.fairlead.enterprise.allowlist;

import io.fairlead.firewall.Addresses;
import io.fairlead.firewall.Cidr;
import io.fairlead.firewall.HostName;
import io.fairlead.firewall.Row;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Asks this machine's name servers where names lead, for firewalls that do not know names: all together for five seconds
 * and no longer. Blocks.
 */
public final class NameSearch {
    private static final int AT_ONCE = 16;
    private static final int SECONDS = 5;

    /** A name that is not found in time has no addresses. */
    public Addresses of(List<Row> rows, Instant now) throws InterruptedException {
        List<HostName> names = rows.stream()
                .flatMap(row -> row.to() instanceof HostName name ? Stream.of(name) : Stream.empty())
                .distinct()
                .toList();
        Map<HostName, List<Cidr>> of = new LinkedHashMap<>();
        // A name server that does not answer holds up neither the others nor the end of the program.
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE, task -> {
            Thread thread = new Thread(task, "names");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<List<Cidr>>> found =
                    threads.invokeAll(names.stream().map(NameSearch::search).toList(), SECONDS, TimeUnit.SECONDS);
            for (int i = 0; i < names.size(); i++) {
                of.put(names.get(i), addresses(found.get(i)));
            }
        } finally {
            List<Runnable> unused = threads.shutdownNow();
        }
        return new Addresses(now, of);
    }

    private static Callable<List<Cidr>> search(HostName name) {
        return () -> Stream.of(InetAddress.getAllByName(name.value()))
                .map(Cidr::of)
                .distinct()
                .sorted(Comparator.comparing(Cidr::isIpv4).reversed().thenComparing(Cidr::text))
                .toList();
    }

    private static List<Cidr> addresses(Future<List<Cidr>> found) throws InterruptedException {
        try {
            return new ArrayList<>(found.get());
        } catch (CancellationException tooLate) {
            return List.of();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof UnknownHostException) {
                return List.of();
            }
            throw new IllegalStateException("a name could not be searched", failed);
        }
    }
}
