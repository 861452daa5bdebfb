package io.fairlead.enterprise.status;

import static io.fairlead.enterprise.kernel.TestDatabase.await;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between a pool and PostgreSQL and cuts the line when the answer to a COMMIT comes. */
final class LostAnswers implements AutoCloseable {
    private final NetServer server;
    private final NetClient client;
    private final AtomicInteger toLose = new AtomicInteger();
    final AtomicInteger lost = new AtomicInteger();

    LostAnswers(Vertx vertx, String host, int port) {
        client = vertx.createNetClient();
        server = await(vertx.createNetServer()
                .connectHandler(near -> {
                    near.pause();
                    client.connect(port, host).onSuccess(far -> join(near, far)).onFailure(failure -> closed(near));
                })
                .listen(0, "127.0.0.1"));
    }

    int port() {
        return server.actualPort();
    }

    /** The next answers to COMMIT are lost. */
    void lose(int answers) {
        toLose.set(answers);
    }

    private void join(NetSocket near, NetSocket far) {
        boolean[] committing = {false};
        near.handler(bytes -> {
            if (commits(bytes)) {
                committing[0] = true;
            }
            sent(far, bytes);
        });
        far.handler(bytes -> {
            if (committing[0] && toLose.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                lost.incrementAndGet();
                closed(near);
                closed(far);
            } else {
                committing[0] = false;
                sent(near, bytes);
            }
        });
        near.closeHandler(gone -> closed(far));
        far.closeHandler(gone -> closed(near));
        near.resume();
    }

    private static boolean commits(Buffer bytes) {
        return bytes.toString(StandardCharsets.ISO_8859_1).contains("COMMIT");
    }

    private static void sent(NetSocket to, Buffer bytes) {
        to.write(bytes).onFailure(failure -> closed(to));
    }

    private static void closed(NetSocket socket) {
        socket.close().onFailure(failure -> {});
    }

    @Override
    public void close() {
        Void server = await(this.server.close());
        Void client = await(this.client.close());
    }
}
