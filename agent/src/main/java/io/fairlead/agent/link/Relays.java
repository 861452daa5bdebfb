package io.fairlead.agent.link;

import io.fairlead.statements.SignedText;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ways to relays that the customer allows: to the hosts of his servers, at his ports, in his order. A port that led
 * nowhere is tried last for ten minutes, so that one that is blocked does not cost each stream a wait. Thread-safe.
 */
public final class Relays {
    /** Among ports: the one that polls go to, whichever it is. */
    public static final int SERVERS_OWN = 0;

    private static final Duration AVOIDED = Duration.ofMinutes(10);
    private static final Logger LOG = LoggerFactory.getLogger(Relays.class);

    private final TunnelLink link;
    private final List<Integer> ports;
    private final List<ServerAddress> servers;
    private final StreamPace in;
    private final StreamPace out;
    private final LongSupplier nanos;
    private final Map<ServerAddress, Long> avoidedUntil = new ConcurrentHashMap<>();

    /**
     * @param ports 1 to 65535, or {@link #SERVERS_OWN}
     * @param servers whom this agent may talk to
     * @param rate bits a second of all streams together, in each direction; empty: as many as the line has
     * @param nanos a clock that only runs forward
     */
    public Relays(
            TunnelLink link, List<Integer> ports, List<ServerAddress> servers, OptionalLong rate, LongSupplier nanos) {
        this.link = link;
        this.ports = List.copyOf(ports);
        this.servers = List.copyOf(servers);
        this.in = new StreamPace(rate, nanos, TimeUnit.NANOSECONDS::sleep);
        this.out = new StreamPace(rate, nanos, TimeUnit.NANOSECONDS::sleep);
        this.nanos = nanos;
    }

    /**
     * Opens a stream at the first that is reached; the caller closes what comes back.
     *
     * @param shown whose certificate is shown: the one that signed the receipt
     * @param offered where the relay listens, as the order says
     * @param ticket as the order had it
     * @param scribe says what is carried
     * @throws IOException when the customer allows none of them, none can be reached, or the relay does not let this stream in
     */
    public TunnelSocket open(
            Identity shown, List<ServerAddress> offered, String ticket, SignedText receipt, Scribe scribe)
            throws IOException {
        List<ServerAddress> ways = inOrder(offered);
        if (ways.isEmpty()) {
            throw new IOException("site.conf allows none of the relay's addresses " + offered
                    + ": its host has to be one of servers, its port one of sessions.relay-ports");
        }
        List<IOException> failures = new ArrayList<>();
        for (ServerAddress way : ways) {
            try {
                TunnelSocket opened =
                        link.open(shown, way, ticket, receipt, scribe, failures.size() == ways.size() - 1);
                avoidedUntil.remove(way);
                LOG.info("relay={} state=OPEN tried={}", way, failures.size() + 1);
                opened.hold(in, out, nanos);
                return opened;
            } catch (RelayRefused e) {
                throw e;
            } catch (IOException e) {
                LOG.warn("relay={} state=UNREACHABLE cause=\"{}\"", way, Dialer.words(e));
                avoidedUntil.put(way, nanos.getAsLong() + AVOIDED.toNanos());
                failures.add(new IOException(way + ": " + Dialer.words(e), e));
            }
        }
        IOException first = failures.get(0);
        failures.subList(1, failures.size()).forEach(first::addSuppressed);
        throw first;
    }

    /** Those that may be tried, in the order in which they are. */
    List<ServerAddress> inOrder(List<ServerAddress> offered) {
        Set<ServerAddress> good = new LinkedHashSet<>();
        Set<ServerAddress> avoided = new LinkedHashSet<>();
        for (int port : ports) {
            for (ServerAddress way : offered) {
                if (allows(way, port)) {
                    Long until = avoidedUntil.get(way);
                    (until != null && until - nanos.getAsLong() > 0 ? avoided : good).add(way);
                }
            }
        }
        List<ServerAddress> all = new ArrayList<>(good);
        all.addAll(avoided);
        return all;
    }

    private boolean allows(ServerAddress way, int port) {
        return servers.stream()
                .filter(server -> server.host().equalsIgnoreCase(way.host()))
                .anyMatch(server -> way.port() == (port == SERVERS_OWN ? server.port() : port));
    }
}
