package io.fairlead.enterprise.app;

import io.fairlead.enterprise.tunnel.Relay;
import io.fairlead.statements.StreamCause;
import io.vertx.core.json.JsonObject;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** The viewer's end of a stream, for a program: what comes is written before more is asked for. */
final class ConnectStream implements WebSocket.Listener {
    private static final int PIECE = Relay.MOST_FRAME;
    /** When a program says nothing more, what is still on its way to it is waited for. */
    private static final long SILENCE_MILLIS = 1_000;
    /** As long as nothing came, the other side may not be there yet: whoever left now would lose what he has said. */
    private static final int MOST_SILENT_SECONDS = 15;

    private final OutputStream to;
    private final CompletableFuture<Integer> over = new CompletableFuture<>();
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();
    private volatile boolean left;
    private @Nullable WebSocket socket;

    private ConnectStream(OutputStream to) {
        this.to = to;
    }

    /** @param tickets what the command {@code sessions.stream} said */
    static ConnectStream open(RemoteServer server, JsonObject tickets, OutputStream to) throws IOException {
        ConnectStream stream = new ConnectStream(to);
        stream.socket = server.tunnel(tickets.getString("proof"), tickets.getString("ticket"), stream);
        return stream;
    }

    /** Sends until there is no more, or the other side ends. Returns the exit code. Closes what is read from at the end. */
    int pump(InputStream from, Closeable source) throws IOException {
        Thread reading = new Thread(() -> read(from), "connect-read");
        reading.setDaemon(true);
        reading.start();
        try {
            return over.join() == StreamCause.LEFT.code() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        } catch (CompletionException broken) {
            return CommandLine.ExitCode.SOFTWARE;
        } finally {
            source.close();
        }
    }

    private void read(InputStream from) {
        byte[] piece = new byte[PIECE];
        try {
            for (int read = from.read(piece); read >= 0; read = from.read(piece)) {
                send(ByteBuffer.wrap(piece, 0, read));
            }
            quiet();
        } catch (IOException | CompletionException gone) {
            // Either side has left.
        }
        leave();
    }

    synchronized void send(ByteBuffer bytes) {
        int length = bytes.remaining();
        WebSocket way = socket();
        if (over.isDone()) {
            return;
        }
        WebSocket same = way.sendBinary(bytes, true).join();
        sent.addAndGet(same == way ? length : 0);
    }

    private void quiet() {
        long before = -1;
        for (int looks = 0; before != received.get() || (before == 0 && looks < MOST_SILENT_SECONDS); looks++) {
            before = received.get();
            try {
                Integer closed = over.get(SILENCE_MILLIS, TimeUnit.MILLISECONDS);
                assert closed != null;
                return;
            } catch (TimeoutException still) {
                // Another second, if something came in this one.
            } catch (Exception ended) {
                return;
            }
        }
    }

    private void leave() {
        left = true;
        if (!over.isDone()) {
            CompletableFuture<?> said = socket().sendClose(WebSocket.NORMAL_CLOSURE, "");
            var unusedOver = said.orTimeout(SILENCE_MILLIS, TimeUnit.MILLISECONDS)
                    .whenComplete((done, failure) -> over.complete(WebSocket.NORMAL_CLOSURE));
        }
    }

    private WebSocket socket() {
        return Optional.ofNullable(socket).orElseThrow();
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket way, ByteBuffer bytes, boolean last) {
        byte[] piece = new byte[bytes.remaining()];
        bytes.get(piece);
        try {
            to.write(piece);
            to.flush();
            received.addAndGet(piece.length);
            way.request(1);
        } catch (IOException gone) {
            leave();
        }
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket way, int code, String reason) {
        over.complete(code);
        return null;
    }

    @Override
    public void onError(WebSocket way, Throwable failure) {
        over.completeExceptionally(failure);
    }

    /** Why it is over, for people. */
    String ended() {
        if (left) {
            return StreamCause.LEFT.words();
        }
        try {
            int code = over.join();
            return code == StreamCause.LEFT.code()
                    ? "the other side left"
                    : StreamCause.of(code).map(StreamCause::words).orElse("closed with the code " + code);
        } catch (CompletionException broken) {
            return "the connection broke: "
                    + Optional.ofNullable(broken.getCause()).orElse(broken).getMessage();
        }
    }

    long sent() {
        return sent.get();
    }

    long received() {
        return received.get();
    }
}
