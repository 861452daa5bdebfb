package io.fairlead.enterprise.operator;

import io.fairlead.enterprise.kernel.Timers;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens on a Unix-domain socket in the data folder and serves at most {@value #MOST_CONNECTIONS} connections, each on
 * a thread of its own: commands are few and may wait, and so they stay off the event loops. Owned by the composition
 * root, which starts and closes it.
 */
public final class CommandSocket implements AutoCloseable {
    /** The socket's name in the data folder. */
    public static final String FILE = "fairlead.sock";

    static final int MOST_CONNECTIONS = 16;

    /** As long as {@link #FILE}, so that a path that is too long is found before anything is replaced. */
    private static final String STARTING = "starting.sock";

    private static final Logger log = LoggerFactory.getLogger(CommandSocket.class);

    private final Path socket;
    private final @Nullable Peers givenPeers;
    private final Commands commands;
    private final Timers timers;
    private final Supplier<String> correlations;
    private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();
    private final ThreadPoolExecutor workers;
    private @Nullable ServerSocketChannel listener;

    /**
     * @param dataFolder exists, closed to other users
     * @param correlations a new id for each error, which names its line in the log
     */
    public CommandSocket(Path dataFolder, Commands commands, Timers timers, Supplier<String> correlations) {
        this(dataFolder, null, commands, timers, correlations);
    }

    CommandSocket(
            Path dataFolder,
            @Nullable Peers givenPeers,
            Commands commands,
            Timers timers,
            Supplier<String> correlations) {
        this.socket = dataFolder.resolve(FILE);
        this.givenPeers = givenPeers;
        this.commands = commands;
        this.timers = timers;
        this.correlations = correlations;
        this.workers = new ThreadPoolExecutor(
                0, MOST_CONNECTIONS, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> daemon(work, "command"));
    }

    /**
     * Listens. A socket file that a dead server left is replaced.
     *
     * @throws IOException when another server answers there, the path is too long for a socket (108 bytes on Linux), or
     *     the folder cannot be written
     */
    public void start() throws IOException {
        refuseIfTaken();
        Path starting = socket.resolveSibling(STARTING);
        Files.deleteIfExists(starting);
        ServerSocketChannel bound = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        Peers peers;
        try {
            bound.bind(UnixDomainSocketAddress.of(starting), MOST_CONNECTIONS);
            // Under another name until its mode is right: by umask it would be open to all for a moment.
            PosixFileAttributeView posix = Files.getFileAttributeView(starting, PosixFileAttributeView.class);
            if (posix != null) {
                posix.setPermissions(PosixFilePermissions.fromString("rw-------"));
            }
            peers = givenPeers == null ? Peers.ofOwner(starting) : givenPeers;
            Files.move(starting, socket, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            bound.close();
            Files.deleteIfExists(starting);
            throw new IOException("cannot listen on " + socket + ": " + failed.getMessage(), failed);
        }
        listener = bound;
        daemon(() -> acceptAll(bound, peers), "command-accept").start();
        log.info("command socket: listening path={}", socket);
    }

    /** Where it listens. */
    public Path path() {
        return socket;
    }

    @Override
    public void close() throws IOException {
        ServerSocketChannel bound = listener;
        if (bound == null) {
            return;
        }
        listener = null;
        bound.close();
        Files.deleteIfExists(socket);
        workers.shutdownNow();
        for (SocketChannel channel : open) {
            channel.close();
        }
    }

    private void refuseIfTaken() throws IOException {
        if (!Files.exists(socket, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (Files.isRegularFile(socket, LinkOption.NOFOLLOW_LINKS)
                || Files.isDirectory(socket, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(socket + " is in the way: it is no socket");
        }
        try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            boolean answered = probe.connect(UnixDomainSocketAddress.of(socket));
            throw new ServerRunning("another server " + (answered ? "answers" : "is") + " at " + socket);
        } catch (ServerRunning live) {
            throw live;
        } catch (IOException dead) {
            log.info("command socket: replacing what a dead server left path={}", socket);
        }
    }

    private void acceptAll(ServerSocketChannel bound, Peers peers) {
        while (true) {
            try {
                SocketChannel channel = bound.accept();
                open.add(channel);
                hand(channel, peers);
            } catch (ClosedChannelException stopped) {
                return;
            } catch (IOException failed) {
                // Out of file descriptors, most likely: let others give theirs back.
                log.warn("command socket: accept failed error=\"{}\"", failed.getMessage());
                pause();
            }
        }
    }

    private void hand(SocketChannel channel, Peers peers) throws IOException {
        Conversation conversation = new Conversation(channel, peers, commands, timers, correlations);
        try {
            workers.execute(() -> {
                try {
                    conversation.run();
                } finally {
                    open.remove(channel);
                }
            });
        } catch (RejectedExecutionException full) {
            open.remove(channel);
            channel.close();
            log.warn("command socket: {} connections are open, another was closed", MOST_CONNECTIONS);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Another server lives in this data folder. */
    private static final class ServerRunning extends IOException {
        private static final long serialVersionUID = 1L;

        ServerRunning(String message) {
            super(message);
        }
    }
}
