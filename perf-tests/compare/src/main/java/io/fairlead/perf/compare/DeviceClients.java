package io.fairlead.perf.compare;

import io.fairlead.perf.fleet.Identity;
import io.fairlead.perf.fleet.ShownCertificates;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.ConnectOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Connections of devices to a server of this machine, each with the device's own certificate, by one TLS context for all.
 * TLS sessions are remembered by the peer's host and port as they are told, not by where the connection really goes: the port
 * says which device it is, the host with whom it may resume. The server's certificate is not looked at: a load pays for what is
 * measured, and for nothing else.
 */
final class DeviceClients {
    private final NetClient client;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final AtomicLong handshakes = new AtomicLong();

    DeviceClients(Vertx vertx, List<Identity> devices) {
        client = vertx.createNetClient(new ShownCertificates(devices)
                .by(new NetClientOptions())
                .setTcpNoDelay(true)
                .setTrustAll(true)
                .setHostnameVerificationAlgorithm(""));
        devices.forEach(each -> numbers.put(each.device(), numbers.size()));
    }

    /** May resume what the device had with that server. */
    Future<NetSocket> connect(Identity identity, int port) {
        return connect(identity, port, "server-" + port);
    }

    /** To a host that was never there before, so that the handshake is a whole one; and closes. */
    Future<Void> shakeHands(Identity identity, int port) {
        return connect(identity, port, "handshake-" + handshakes.incrementAndGet())
                .compose(NetSocket::close);
    }

    /** @param host without a dot, so that no server is asked for by that name */
    private Future<NetSocket> connect(Identity identity, int port, String host) {
        int number = Objects.requireNonNull(numbers.get(identity.device()), identity.device());
        return client.connect(new ConnectOptions()
                .setSsl(true)
                .setRemoteAddress(SocketAddress.inetSocketAddress(port, "127.0.0.1"))
                .setHost(host)
                .setPort(ShownCertificates.port(number)));
    }
}
