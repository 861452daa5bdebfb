package io.fairlead.agent.link;

import io.fairlead.agent.kernel.Durable;
import io.fairlead.agent.link.LinkException.Kind;
import io.fairlead.agent.pac.PacChild;
import io.fairlead.agent.pac.PacFetch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ways that the site's PAC file names. Asked anew every half hour, and sooner when no way led anywhere; while the file
 * cannot be had or is broken, what it said last counts on, and after a restart the last file that gave an answer, which is
 * kept on disk. Who has neither goes no way beside it.
 */
public final class PacRoutes implements Routes {
    static final Duration GOOD = Duration.ofMinutes(30);
    /** At least so long between two tries. */
    static final Duration REST = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(PacRoutes.class);

    private record Said(List<Route> ways, long until) {}

    private final PacFetch fetch;
    private final PacChild child;
    private final Durable kept;
    private final LongSupplier nanos;
    private final Map<ServerAddress, Said> said = new HashMap<>();
    private @Nullable String trouble;

    /**
     * @param kept where the last file that gave an answer lies
     * @param nanos a clock that only runs forward
     */
    public PacRoutes(PacFetch fetch, PacChild child, Durable kept, LongSupplier nanos) {
        this.fetch = fetch;
        this.child = child;
        this.kept = kept;
        this.nanos = nanos;
    }

    @Override
    public synchronized List<Route> to(ServerAddress server) throws IOException {
        Said before = said.get(server);
        if (before != null && before.until() - nanos.getAsLong() > 0) {
            return before.ways();
        }
        Said now = asked(server, before);
        said.put(server, now);
        return now.ways();
    }

    @Override
    public synchronized void failed(ServerAddress server) {
        long soon = nanos.getAsLong() + REST.toNanos();
        said.computeIfPresent(server, (key, last) -> last.until() - soon > 0 ? new Said(last.ways(), soon) : last);
    }

    private Said asked(ServerAddress server, @Nullable Said before) throws IOException {
        try {
            String file = fetch.fetch();
            List<Route> ways = ways(file, server);
            keep(file);
            if (before == null || trouble != null || !before.ways().equals(ways)) {
                LOG.info("pac=read from={} server={} ways={}", fetch.from(), server, ways);
            }
            trouble = null;
            return new Said(ways, nanos.getAsLong() + GOOD.toNanos());
        } catch (IOException e) {
            String why = ServerTrust.oneLine(String.valueOf(e.getMessage()), 300);
            List<Route> ways = before == null ? keptWays(server, why) : before.ways();
            if (!why.equals(trouble)) {
                LOG.warn("pac=failed from={} cause=\"{}\" instead={}", fetch.from(), why, ways);
            }
            trouble = why;
            return new Said(ways, nanos.getAsLong() + REST.toNanos());
        }
    }

    private List<Route> keptWays(ServerAddress server, String why) throws RouteException {
        try {
            Optional<byte[]> file = kept.read();
            if (file.isPresent()) {
                return ways(new String(file.get(), StandardCharsets.UTF_8), server);
            }
        } catch (IOException e) {
            LOG.warn("pac=kept-unusable cause=\"{}\"", ServerTrust.oneLine(String.valueOf(e.getMessage()), 300));
        }
        throw new RouteException(
                Kind.PROXY_UNREACHABLE, "the proxy configuration " + fetch.from() + " cannot be used: " + why, null);
    }

    private List<Route> ways(String file, ServerAddress server) throws IOException {
        return PacAnswer.ways(child.ask(file, "https://" + server + "/", server.host()));
    }

    private void keep(String file) {
        byte[] bytes = file.getBytes(StandardCharsets.UTF_8);
        try {
            if (!kept.read().filter(last -> Arrays.equals(last, bytes)).isPresent()) {
                kept.replace(bytes);
            }
        } catch (IOException e) {
            LOG.warn("pac=not-kept cause=\"{}\"", e.getMessage());
        }
    }
}
