package io.fairlead.agent.link;

import io.fairlead.agent.link.LinkException.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Opens plain connections to servers, straight or through the site's proxies: the routes in their order, the first that
 * leads there. A route that did not is tried last for five minutes, where there are others. Thread-safe.
 */
public final class Dialer {
    /** How long a proxy may take to reach the server for us. */
    private static final Duration ANSWER = Duration.ofSeconds(20);

    private static final int MOST_ADDRESSES = 4;
    private static final Duration AVOIDED = Duration.ofMinutes(5);

    private final Routes routes;
    private final HttpTunnel http;
    private final SocksTunnel socks;
    private final LongSupplier nanos;
    private final Map<Route, Long> avoidedUntil = new ConcurrentHashMap<>();
    private volatile Optional<Route> last = Optional.empty();

    /**
     * @param accounts the only proxies that are sent a user and a password
     * @param nanos a clock that only runs forward
     */
    public Dialer(Routes routes, List<ProxyAccount> accounts, LongSupplier nanos) {
        this.routes = routes;
        this.http = new HttpTunnel(accounts, nanos);
        this.socks = new SocksTunnel(accounts, nanos);
        this.nanos = nanos;
    }

    /** Without proxies. */
    public static Dialer direct() {
        return new Dialer(Routes.direct(), List.of(), System::nanoTime);
    }

    /**
     * A connection that leads to the server; its bytes are the server's from the first on. The caller closes it.
     *
     * @param connect how long one connection, to an address of a proxy or of the server, may take
     * @throws IOException when no route leads there, with a sentence for each
     */
    public Socket open(ServerAddress server, Duration connect) throws IOException {
        List<IOException> failures = new ArrayList<>();
        for (Route route : inOrder(routes.to(server))) {
            try {
                Socket socket = open(route, server, connect, ANSWER);
                avoidedUntil.remove(route);
                last = Optional.of(route);
                return socket;
            } catch (IOException e) {
                avoidedUntil.put(route, nanos.getAsLong() + AVOIDED.toNanos());
                failures.add(route.proxy().isPresent() ? said(route, e) : e);
            }
        }
        routes.failed(server);
        throw all(failures);
    }

    /**
     * The same to a port that a site may block: what fails here says nothing about the routes, and is not remembered.
     *
     * @param answer how long a proxy may take to reach the server for us
     */
    Socket openBlockable(ServerAddress server, Duration connect, Duration answer) throws IOException {
        return way(server, connect, answer).socket();
    }

    /** A connection that leads to a server, and by which way it does. */
    record Way(Socket socket, Route route) {}

    /** As {@link #openBlockable}, and says by which route. */
    Way way(ServerAddress server, Duration connect, Duration answer) throws IOException {
        List<IOException> failures = new ArrayList<>();
        for (Route route : inOrder(routes.to(server))) {
            try {
                return new Way(open(route, server, connect, answer), route);
            } catch (IOException e) {
                failures.add(route.proxy().isPresent() ? said(route, e) : e);
            }
        }
        throw all(failures);
    }

    /** The ways that would be tried to a server, in this order. */
    List<Route> routes(ServerAddress server) throws IOException {
        return inOrder(routes.to(server));
    }

    /** The route that led to a server last; empty before the first. */
    public Optional<Route> last() {
        return last;
    }

    private Socket open(Route route, ServerAddress server, Duration connect, Duration answer) throws IOException {
        if (route instanceof Route.HttpProxy proxy) {
            return http.open(proxy.address(), server, connect, answer);
        }
        if (route instanceof Route.SocksProxy proxy) {
            return socks.open(proxy.address(), server, connect, answer);
        }
        return plain(server, connect);
    }

    static Socket plain(ServerAddress to, Duration connect) throws IOException {
        return plain(List.of(InetAddress.getAllByName(to.host())), to.port(), connect);
    }

    /** To the first address of a name that answers: one may lie behind a firewall, or on a node that is down. */
    static Socket plain(List<InetAddress> addresses, int port, Duration connect) throws IOException {
        @Nullable IOException failure = null;
        for (InetAddress address : addresses.subList(0, Math.min(MOST_ADDRESSES, addresses.size()))) {
            try {
                return plain(new InetSocketAddress(address, port), connect);
            } catch (IOException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        throw failure == null ? new UnknownHostException("no address") : failure;
    }

    private static Socket plain(InetSocketAddress to, Duration connect) throws IOException {
        Socket socket = new Socket(Proxy.NO_PROXY);
        try {
            socket.setTcpNoDelay(true);
            socket.connect(to, Math.toIntExact(connect.toMillis()));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private List<Route> inOrder(List<Route> all) {
        List<Route> first = new ArrayList<>();
        List<Route> last = new ArrayList<>();
        for (Route route : all) {
            Long until = avoidedUntil.get(route);
            (until != null && until - nanos.getAsLong() > 0 ? last : first).add(route);
        }
        first.addAll(last);
        return first;
    }

    private static RouteException said(Route route, IOException e) {
        return e instanceof RouteException already
                ? already
                : new RouteException(
                        Kind.PROXY_UNREACHABLE, "the proxy " + route + " cannot be reached: " + words(e), e);
    }

    /** The failure that a person can do most about gives the kind. */
    private static IOException all(List<IOException> failures) {
        if (failures.size() == 1) {
            return failures.get(0);
        }
        Kind worst = Kind.UNREACHABLE;
        List<String> sentences = new ArrayList<>();
        for (IOException e : failures) {
            Kind kind = e instanceof RouteException route ? route.kind() : Kind.UNREACHABLE;
            worst = kind.compareTo(worst) > 0 ? kind : worst;
            sentences.add(e instanceof RouteException ? String.valueOf(e.getMessage()) : "direct: " + words(e));
        }
        return new RouteException(worst, String.join("; ", sentences), failures.get(0));
    }

    /** What went wrong with a connection, in words for the customer's log. */
    static String words(IOException e) {
        return e instanceof UnknownHostException
                ? "the host name is not known here"
                : e instanceof ConnectException
                        ? "no connection: " + e.getMessage()
                        : e instanceof SocketTimeoutException
                                ? "silent for too long"
                                : ServerTrust.oneLine(e.toString(), 300);
    }
}
