package io.fairlead.agent.link;

import io.fairlead.agent.link.LinkException.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Ways through SOCKS 5 proxies (RFC 1928), with user and password (RFC 1929) where the customer names them. The JDK's own
 * would tell any proxy that asks the name of the account it runs under, and looks names up on this side.
 * <pre>
 *   05 n METHODS             ─▶  ◀─  05 METHOD            00 nobody, 02 user and password, FF none of these
 *   01 n USER n PASSWORD     ─▶  ◀─  01 STATUS            only after METHOD 02
 *   05 01 00 TYPE HOST PORT  ─▶  ◀─  05 REPLY 00 TYPE HOST PORT
 * </pre>
 */
final class SocksTunnel {
    private static final int VERSION = 5;
    private static final int NOBODY = 0;
    private static final int USER = 2;
    private static final int NONE = 0xff;
    private static final int IPV4 = 1;
    private static final int NAME = 3;
    private static final int IPV6 = 4;

    private final List<ProxyAccount> accounts;
    private final RefusedPasswords refused;

    SocksTunnel(List<ProxyAccount> accounts, LongSupplier nanos) {
        this.accounts = List.copyOf(accounts);
        this.refused = new RefusedPasswords(nanos);
    }

    Socket open(ServerAddress proxy, ServerAddress server, Duration connect, Duration most) throws IOException {
        Socket socket = Dialer.plain(proxy, connect);
        try {
            ProxyWire wire = new ProxyWire(socket, most);
            Optional<ProxyAccount> account =
                    accounts.stream().filter(each -> each.isFor(proxy)).findFirst();
            greet(wire, proxy, account);
            ask(wire, proxy, server);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private void greet(ProxyWire wire, ServerAddress proxy, Optional<ProxyAccount> account) throws IOException {
        wire.write(account.isPresent() ? new byte[] {VERSION, 2, NOBODY, USER} : new byte[] {VERSION, 1, NOBODY});
        if (wire.read() != VERSION) {
            throw new IOException("an answer that is no SOCKS 5");
        }
        int method = wire.read();
        if (method == USER && account.isPresent()) {
            boolean unused = refused.tried(account.get(), password -> logIn(wire, account.get(), password));
        } else if (method == NONE) {
            throw new RouteException(
                    Kind.PROXY_PASSWORD,
                    account.isPresent()
                            ? "the proxy " + proxy + " takes neither nobody nor a user with a password"
                            : "the proxy " + proxy + " wants a user and password, and proxy.credentials in site.conf"
                                    + " names none for it; none was sent",
                    null);
        } else if (method != NOBODY) {
            throw new IOException("a choice that was not offered");
        }
    }

    private boolean logIn(ProxyWire wire, ProxyAccount account, String password) throws IOException {
        ByteArrayOutputStream login = new ByteArrayOutputStream();
        login.write(1);
        counted(login, account.user());
        counted(login, password);
        wire.write(login.toByteArray());
        if (wire.read(2)[1] != 0) {
            throw refused.refuse(account, password);
        }
        return true;
    }

    private static void counted(ByteArrayOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length == 0 || bytes.length > 255) {
            throw new IOException("SOCKS takes a user and a password of 1 to 255 bytes");
        }
        out.write(bytes.length);
        out.writeBytes(bytes);
    }

    private static void ask(ProxyWire wire, ServerAddress proxy, ServerAddress server) throws IOException {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(new byte[] {VERSION, 1, 0});
        if (server.isLiteral()) {
            byte[] address = InetAddress.getByName(server.host()).getAddress();
            request.write(address.length == 4 ? IPV4 : IPV6);
            request.writeBytes(address);
        } else {
            request.write(NAME);
            counted(request, server.host());
        }
        request.write(server.port() >> 8);
        request.write(server.port());
        wire.write(request.toByteArray());
        byte[] head = wire.read(4);
        if (head[1] != 0) {
            throw refusal(proxy, server, head[1]);
        }
        int length = head[3] == IPV4 ? 4 : head[3] == IPV6 ? 16 : wire.read();
        byte[] bound = wire.read(length + 2);
        assert bound.length > 0;
    }

    private static RouteException refusal(ServerAddress proxy, ServerAddress server, int reply) {
        return reply == 2
                ? new RouteException(
                        Kind.PROXY_REFUSED,
                        "the proxy " + proxy + " does not let this PC through to " + server
                                + "; it has to allow this host and port",
                        null)
                : new RouteException(
                        Kind.UNREACHABLE,
                        "the proxy " + proxy + " does not reach " + server + ": " + words(reply),
                        null);
    }

    private static String words(int reply) {
        return switch (reply) {
            case 1 -> "it failed";
            case 3 -> "the network is unreachable";
            case 4 -> "the host is unreachable";
            case 5 -> "the connection was refused";
            case 6 -> "too many hops";
            default -> "reply " + (reply & 0xff);
        };
    }
}
