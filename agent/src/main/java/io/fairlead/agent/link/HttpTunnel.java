package io.fairlead.agent.link;

import io.fairlead.agent.link.LinkException.Kind;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Ways through HTTP proxies. A proxy that the customer gave no user for is asked by {@link ConnectAnswer}, which knows no
 * user; one that he did is asked by the JDK, which does Basic, Digest and NTLM and takes the password from
 * {@link NamedProxies}.
 */
final class HttpTunnel {
    private static final Pattern TOLD = Pattern.compile(".*Proxy returns \"HTTP/1\\.[01] ([0-9]{3}) ?(.*)\".*");
    private static final Set<String> KNOWN = Set.of("basic", "digest", "ntlm");
    private static final int PASSWORD_WANTED = 407;

    private final List<ProxyAccount> accounts;
    private final RefusedPasswords refused;

    HttpTunnel(List<ProxyAccount> accounts, LongSupplier nanos) {
        this.accounts = List.copyOf(accounts);
        this.refused = new RefusedPasswords(nanos);
        JdkHttp.prepare();
        if (!accounts.isEmpty()) {
            // The JDK has one place for all its tunnels; who stands there answers named proxies only.
            NamedProxies.install(accounts);
        }
    }

    Socket open(ServerAddress proxy, ServerAddress server, Duration connect, Duration answer) throws IOException {
        Optional<ProxyAccount> account =
                accounts.stream().filter(each -> each.isFor(proxy)).findFirst();
        return account.isPresent()
                ? named(account.get(), proxy, server, connect, answer)
                : unnamed(proxy, server, connect, answer);
    }

    private static Socket unnamed(ServerAddress proxy, ServerAddress server, Duration connect, Duration most)
            throws IOException {
        Socket socket = Dialer.plain(proxy, connect);
        try {
            ConnectAnswer answer = ConnectAnswer.ask(new ProxyWire(socket, most), server);
            if (answer.open()) {
                return socket;
            }
            throw answer.status() == PASSWORD_WANTED
                    ? new RouteException(
                            Kind.PROXY_PASSWORD,
                            "the proxy " + proxy + " wants a user and password (" + String.join(", ", answer.schemes())
                                    + "), and proxy.credentials in site.conf names none for it; none was sent",
                            null)
                    : refusal(proxy, server, answer.status(), answer.reason());
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private Socket named(
            ProxyAccount account, ServerAddress proxy, ServerAddress server, Duration connect, Duration most)
            throws IOException {
        String password = password(account);
        refused.require(account, password);
        Socket socket = new Socket(new Proxy(Proxy.Type.HTTP, new InetSocketAddress(proxy.host(), proxy.port())));
        try {
            socket.setSoTimeout(Math.toIntExact(most.toMillis()));
            NamedProxies.newTunnel();
            socket.connect(
                    InetSocketAddress.createUnresolved(server.host(), server.port()),
                    Math.toIntExact(connect.toMillis()));
            refused.forget(account);
            return socket;
        } catch (IOException e) {
            socket.close();
            Matcher told = TOLD.matcher(String.valueOf(e.getMessage()));
            if (!told.matches()) {
                throw e;
            }
            int status = Integer.parseInt(told.group(1));
            if (status != PASSWORD_WANTED) {
                throw refusal(proxy, server, status, ServerTrust.oneLine(told.group(2), 80));
            }
            throw refusedPassword(account, password, server, connect, most);
        }
    }

    private static String password(ProxyAccount account) throws RouteException {
        try {
            return account.password().read();
        } catch (IOException e) {
            throw new RouteException(
                    Kind.PROXY_PASSWORD,
                    "the password for the proxy " + account.proxy() + " cannot be had: " + e.getMessage(),
                    e);
        }
    }

    /** Asks once more without a user, for what would have been taken. */
    private RouteException refusedPassword(
            ProxyAccount account, String password, ServerAddress server, Duration connect, Duration most) {
        List<String> schemes = List.of();
        try (Socket socket = Dialer.plain(account.proxy(), connect)) {
            schemes = ConnectAnswer.ask(new ProxyWire(socket, most), server).schemes();
        } catch (IOException e) {
            // It was for the message only.
        }
        if (!schemes.isEmpty() && schemes.stream().noneMatch(KNOWN::contains)) {
            return new RouteException(
                    Kind.PROXY_PASSWORD,
                    "the proxy " + account.proxy() + " takes " + String.join(", ", schemes)
                            + " only, which this agent does not know; it knows Basic, Digest and NTLM",
                    null);
        }
        return refused.refuse(account, password);
    }

    private static RouteException refusal(ServerAddress proxy, ServerAddress server, int status, String reason) {
        String told = "HTTP " + status + (reason.isEmpty() ? "" : " " + reason);
        return status >= 500
                ? new RouteException(
                        Kind.UNREACHABLE, "the proxy " + proxy + " does not reach " + server + ": " + told, null)
                : new RouteException(
                        Kind.PROXY_REFUSED,
                        "the proxy " + proxy + " does not let this PC through to " + server + ": " + told
                                + "; it has to allow CONNECT to this host and port",
                        null);
    }
}
