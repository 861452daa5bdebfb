package io.fairlead.perf.compare;

import static io.fairlead.perf.compare.Waiting.await;

import io.fairlead.enterprise.tunnel.Relay;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Both ends of one stream, as a process of its own: what is sent into one end for some seconds, and comes out at the other.
 * The argument is a PEM file of key and certificate for its own listener, whose port it says first. Then one line a run:
 *
 * <pre>
 *   proxy PORT MILLIS                                     through what connects to our listener
 *   relay AGENTS PEOPLE TICKET RECEIPT VIEWER MILLIS      through Fairlead's relay
 *   join AGENTS PEOPLE TICKET RECEIPT VIEWER               opens a stream more of a crowd
 *   crowd reads|stalls MILLIS                             through all of the crowd; whether the last one's viewer reads
 * </pre>
 *
 * It answers a run by the bytes that came, of a crowd without those of the last one, and the nanoseconds that took. Without a
 * file it has no listener. Pieces are 32 KiB, two records of TLS: through the relay a frame as an agent sends it, with its
 * head. Its mask is not zero, for Netty would not undo that.
 */
final class TunnelLoad {
    private static final int PIECE = 32 * 1024;
    private static final int FRAME = PIECE - 8;
    private static final int AT_ONCE = 16;
    private static final byte[] HEAD = {(byte) 0x82, (byte) 0xFE, (byte) (FRAME >> 8), (byte) FRAME, 1, 2, 3, 4};

    /** A viewer that never answers a ping would be closed. */
    private static final byte[] PONG = {(byte) 0x8A, (byte) 0x80, 0, 0, 0, 0};

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final NetClient client = vertx.createNetClient(new NetClientOptions()
            .setSsl(true)
            .setSslEngineOptions(new OpenSSLEngineOptions())
            // Of 1.3 BoringSSL would take AES-128 where the other end leaves it the choice.
            .setEnabledSecureTransportProtocols(Set.of("TLSv1.2"))
            .addEnabledCipherSuite("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384")
            .setTrustAll(true)
            .setHostnameVerificationAlgorithm(""));
    private final AtomicLong came = new AtomicLong();
    private final List<Joined> crowd = new ArrayList<>();
    private volatile Promise<NetSocket> arrival = Promise.promise();

    /** Both ends of one of many streams. */
    private record Joined(NetSocket agent, NetSocket viewer) {}

    private void listen(String pem) {
        int port = await(vertx.createNetServer(new NetServerOptions()
                                .setSsl(true)
                                .setSslEngineOptions(new OpenSSLEngineOptions())
                                .setKeyCertOptions(
                                        new PemKeyCertOptions().setKeyPath(pem).setCertPath(pem)))
                        .connectHandler(socket -> {
                            count(socket);
                            arrival.tryComplete(socket);
                        })
                        .listen(0, "127.0.0.1"))
                .actualPort();
        System.out.println("port " + port);
    }

    private void count(NetSocket socket) {
        socket.handler(bytes -> came.addAndGet(bytes.length()));
    }

    private void proxy(int port, int millis) throws InterruptedException {
        arrival = Promise.promise();
        NetSocket sender = await(client.connect(port, "127.0.0.1"));
        Buffer piece = Buffer.buffer(new byte[PIECE]);
        Void unused = await(sender.write(piece));
        NetSocket receiver = await(arrival.future());
        run(sender, piece, millis);
        Void unusedClosed = await(Future.join(sender.close(), receiver.close()).mapEmpty());
    }

    private void relay(String[] words) throws InterruptedException {
        Joined stream = joined(words);
        count(stream.viewer());
        run(stream.agent(), Buffer.buffer(HEAD).appendBytes(new byte[FRAME]), Integer.parseInt(words[6]));
        Void unused = await(
                Future.join(stream.agent().close(), stream.viewer().close()).mapEmpty());
    }

    private Joined joined(String[] words) {
        NetSocket agent = await(open(
                Integer.parseInt(words[1]),
                Relay.TICKET_HEADER + ": " + words[3] + "\r\n" + Relay.RECEIPT_HEADER + ": " + words[4]));
        NetSocket viewer = await(open(
                Integer.parseInt(words[2]),
                "Sec-WebSocket-Protocol: " + Relay.SUBPROTOCOL + ", " + Relay.TICKET_SUBPROTOCOL + words[5]));
        return new Joined(agent, viewer);
    }

    private void join(String[] words) {
        crowd.add(joined(words));
        System.out.println("joined " + crowd.size());
    }

    /** What a reader that takes nothing has held up goes on when it reads again. */
    private void crowd(boolean stalls, int millis) throws InterruptedException {
        Joined last = crowd.get(crowd.size() - 1);
        crowd.forEach(each -> {
            Future<Void> unusedWritten = each.viewer().write(Buffer.buffer(PONG));
            count(each.viewer());
        });
        last.viewer().handler(uncounted -> {});
        if (stalls) {
            last.viewer().pause();
        }
        Buffer piece = Buffer.buffer(HEAD).appendBytes(new byte[FRAME]);
        // The first second fills what lies between.
        long end = System.nanoTime() + (millis + 1_000) * 1_000_000L;
        Promise<Void> failed = Promise.promise();
        vertx.runOnContext(here -> crowd.forEach(each -> {
            send(each.agent(), piece, end, failed);
            send(each.agent(), piece, end, failed);
        }));
        Thread.sleep(1_000);
        came.set(0);
        long from = System.nanoTime();
        Thread.sleep(millis);
        System.out.println("came " + came.get() + " " + (System.nanoTime() - from));
        last.viewer().resume();
        Thread.sleep(500);
    }

    private Future<NetSocket> open(int port, String headers) {
        return client.connect(port, "127.0.0.1").compose(socket -> {
            Promise<NetSocket> upgraded = Promise.promise();
            Buffer answer = Buffer.buffer();
            socket.handler(bytes -> {
                answer.appendBuffer(bytes);
                String text = answer.toString(StandardCharsets.US_ASCII);
                if (text.endsWith("\r\n\r\n")) {
                    if (text.startsWith("HTTP/1.1 101 ")) {
                        upgraded.tryComplete(socket);
                    } else {
                        upgraded.tryFail(text);
                    }
                }
            });
            return socket.write("GET " + Relay.PATH + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
                            + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" + headers + "\r\n\r\n")
                    .compose(written -> upgraded.future());
        });
    }

    private void run(NetSocket sender, Buffer piece, int millis) throws InterruptedException {
        long begun = System.nanoTime();
        came.set(0);
        long end = begun + millis * 1_000_000L;
        Promise<Void> sent = Promise.promise();
        vertx.runOnContext(here -> {
            for (int i = 0; i < AT_ONCE; i++) {
                send(sender, piece, end, sent);
            }
        });
        Void unused = sent.future().toCompletionStage().toCompletableFuture().join();
        System.out.println("came " + came.get() + " " + (System.nanoTime() - begun));
    }

    /** One of those that are on their way at a time; the next when it is written. */
    private static void send(NetSocket sender, Buffer piece, long end, Promise<Void> sent) {
        if (System.nanoTime() > end) {
            sent.tryComplete();
        } else {
            sender.write(piece).onComplete(done -> send(sender, piece, end, sent), sent::tryFail);
        }
    }

    public static void main(String[] args) {
        try {
            TunnelLoad load = new TunnelLoad();
            if (args.length > 0) {
                load.listen(args[0]);
            }
            try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    String[] words = line.split(" ", -1);
                    switch (words[0]) {
                        case "proxy" -> load.proxy(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
                        case "join" -> load.join(words);
                        case "crowd" -> load.crowd(words[1].equals("stalls"), Integer.parseInt(words[2]));
                        default -> load.relay(words);
                    }
                }
            }
        } catch (Exception | AssertionError e) {
            e.printStackTrace(System.err);
        } finally {
            // Its Vert.x would live on.
            System.exit(0);
        }
    }
}
