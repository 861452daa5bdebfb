package io.fairlead.agent.link;

import io.fairlead.agent.link.LinkException.Kind;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Ways through HTTP proxies. Each is first asked without a word about who asks; one that wants to know, and that the
 * customer names, is told so over a connection of its own.
 * <pre>
 *   CONNECT                ─▶  ◀─  200, or 407 and the schemes it takes
 *   CONNECT Basic, Digest  ─▶  ◀─  200, or 407: the password is wrong
 *   CONNECT NTLM           ─▶  ◀─  407 and a challenge
 *   CONNECT NTLM answer    ─▶  ◀─  200, or 407: the password is wrong
 * </pre>
 * The JDK could do this, and would tell a wrong password until its limit of redirections, an NTLM password that it once
 * saw succeed for ever, and on Windows first of all the account it runs under.
 */
final class HttpTunnel {
    private static final int PASSWORD_WANTED = 407;

    private final List<ProxyAccount> accounts;
    private final RefusedPasswords refused;

    HttpTunnel(List<ProxyAccount> accounts, LongSupplier nanos) {
        this.accounts = List.copyOf(accounts);
        this.refused = new RefusedPasswords(nanos);
    }

    /** One request for a way, and what belongs to it. */
    private record Asking(ServerAddress proxy, ServerAddress server, Duration connect, Duration most) {}

    Socket open(ServerAddress proxy, ServerAddress server, Duration connect, Duration answer) throws IOException {
        Asking asking = new Asking(proxy, server, connect, answer);
        Optional<ProxyAccount> account =
                accounts.stream().filter(each -> each.isFor(proxy)).findFirst();
        if (account.isPresent()) {
            // While a password rests the proxy is left alone.
            String unused = refused.require(account.get());
        }
        Socket socket = Dialer.plain(proxy, connect);
        try {
            ConnectAnswer heard = ConnectAnswer.ask(new ProxyWire(socket, answer), server, "");
            if (heard.open()) {
                return socket;
            }
            socket.close();
            if (heard.status() != PASSWORD_WANTED) {
                throw refusal(asking, heard);
            }
            if (account.isPresent()) {
                return refused.tried(account.get(), password -> named(asking, account.get(), password, heard));
            }
            throw new RouteException(
                    Kind.PROXY_PASSWORD,
                    "the proxy " + proxy + " wants a user and password (" + String.join(", ", heard.schemes())
                            + "), and proxy.credentials in site.conf names none for it; none was sent",
                    null);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private Socket named(Asking asking, ProxyAccount account, String password, ConnectAnswer offered)
            throws IOException {
        ProxyLogin login = ProxyLogin.to(offered.challenges(), asking.server(), account.user(), password)
                .orElseThrow(() -> new RouteException(
                        Kind.PROXY_PASSWORD,
                        "the proxy " + asking.proxy() + " takes " + String.join(", ", offered.schemes())
                                + " only, which this agent does not know; it knows Basic, Digest and NTLM",
                        null));
        Socket socket = Dialer.plain(asking.proxy(), asking.connect());
        try {
            ProxyWire wire = new ProxyWire(socket, asking.most());
            ConnectAnswer heard = ConnectAnswer.ask(wire, asking.server(), login.first());
            if (login instanceof NtlmLogin ntlm && heard.status() == PASSWORD_WANTED) {
                heard.pass(wire);
                heard = ConnectAnswer.ask(wire, asking.server(), ntlm.answer(heard.challenges()));
            }
            if (heard.open()) {
                return socket;
            }
            throw heard.status() == PASSWORD_WANTED ? refused.refuse(account, password) : refusal(asking, heard);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static RouteException refusal(Asking asking, ConnectAnswer heard) {
        String told = "HTTP " + heard.status() + (heard.reason().isEmpty() ? "" : " " + heard.reason());
        return heard.status() >= 500
                ? new RouteException(
                        Kind.UNREACHABLE,
                        "the proxy " + asking.proxy() + " does not reach " + asking.server() + ": " + told,
                        null)
                : new RouteException(
                        Kind.PROXY_REFUSED,
                        "the proxy " + asking.proxy() + " does not let this PC through to " + asking.server() + ": "
                                + told + "; it has to allow CONNECT to this host and port",
                        null);
    }
}
