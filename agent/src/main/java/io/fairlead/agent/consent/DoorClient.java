package io.fairlead.agent.consent;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The other side of the {@link Door}: what the command line at the instrument says. One connection a request. */
public final class DoorClient {
    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final Logger LOG = LoggerFactory.getLogger(DoorClient.class);

    private final Path socket;

    /** @param folder {@code DATA/approve} of the agent */
    public DoorClient(Path folder) {
        this.socket = new DoorFolder(folder).socket();
    }

    /**
     * What the agent waits for.
     *
     * @param note what is not asked about at present, for people; may be empty
     * @param questions the oldest first
     */
    public record Waiting(String note, List<Asked> questions) {}

    /**
     * The questions that wait.
     *
     * @throws DoorRefused when this account may not see them
     * @throws IOException when no agent answers
     */
    public Waiting waiting() throws IOException {
        return call("questions", reply -> new Waiting(reply.text(), reply.questions()));
    }

    /** The same without the note. */
    public List<Asked> questions() throws IOException {
        return waiting().questions();
    }

    /** The files on their way, the oldest first; fails as {@link #waiting}. */
    public List<Underway> underway() throws IOException {
        return call("transfers", Wire.Reply::underway);
    }

    /**
     * Stops one of them.
     *
     * @param id its id or the beginning of it
     * @return what was stopped, for the person
     * @throws DoorRefused when there is none, or several begin so
     */
    public String stop(String id) throws IOException {
        String typed = id.strip().toLowerCase(Locale.ROOT);
        if (!typed.matches("[0-9a-f]{1,32}")) {
            throw new DoorRefused(DoorRefused.Reason.NOTHING, "There is no transfer of that name.");
        }
        return call("cancel " + typed, Wire.Reply::text);
    }

    /** The remote sessions that are asked about or allowed, the oldest first; fails as {@link #waiting}. */
    public List<OpenSession> sessions() throws IOException {
        return call("sessions", Wire.Reply::sessions);
    }

    /**
     * Ends one of them, with all its connections.
     *
     * @param id its id or the beginning of it; empty for the only one
     * @return what was ended, for the person
     * @throws DoorRefused when there is none, or several
     */
    public String end(String id) throws IOException {
        String typed = id.strip().toLowerCase(Locale.ROOT);
        if (!typed.matches("[0-9a-f]{0,32}")) {
            throw new DoorRefused(DoorRefused.Reason.NOTHING, "There is no session of that name.");
        }
        return call(("end " + typed).strip(), Wire.Reply::text);
    }

    /**
     * Waits until something is not as the caller has seen it, for as long as it takes.
     *
     * @param key 16 hexadecimal digits of this window's own
     * @param seen the version it shows; -1 for none
     * @throws DoorRefused when this account may not see it, or too many wait
     * @throws IOException when no agent answers, or it ended: what was seen is over then
     */
    public Watched watch(String key, long seen) throws IOException {
        return call(Wire.watch(key, seen), Optional.empty(), Wire.Reply::watched);
    }

    /** The same as {@link #answer(String, Verdict)}, from a companion window, by the key that it watches with. */
    public String answer(String id, Verdict verdict, String key) throws IOException {
        return call(Wire.given(asked(id), verdict) + Wire.companion(key), Wire.Reply::text);
    }

    /** Ends what was muted after two noes; returns what to tell the person. */
    public String askAgain() throws IOException {
        return call("ask-again", Wire.Reply::text);
    }

    /**
     * Answers a question; on return the answer counts.
     *
     * @return what was answered, for the person
     * @throws DoorRefused when it does not count
     * @throws IOException when no agent answers; whether the answer counts is not known when the connection had been made
     */
    public String answer(String id, Verdict verdict) throws IOException {
        return call(Wire.given(asked(id), verdict), Wire.Reply::text);
    }

    private static String asked(String id) throws DoorRefused {
        String typed = ShortIds.typed(id);
        if (!ShortIds.isOne(typed)) {
            throw new DoorRefused(DoorRefused.Reason.NOTHING, "There is no question of that name.");
        }
        return typed;
    }

    private <T> T call(String request, Function<Wire.Reply, T> understood) throws IOException {
        return call(request, Optional.of(LONGEST), understood);
    }

    /** @param longest how long the reply may take; empty for ever */
    private <T> T call(String request, Optional<Duration> longest, Function<Wire.Reply, T> understood)
            throws IOException {
        try (SocketChannel channel = connected()) {
            send(channel, request);
            return understood.apply(Wire.read(reply(channel, longest)));
        } catch (IllegalArgumentException e) {
            throw new IOException("the agent's reply cannot be understood: " + e.getMessage(), e);
        }
    }

    private SocketChannel connected() throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            boolean connected = channel.connect(UnixDomainSocketAddress.of(socket));
            assert connected;
            return channel;
        } catch (ConnectException e) {
            channel.close();
            throw new IOException("no agent answers at " + socket + ": it does not run", e);
        } catch (SocketException e) {
            channel.close();
            String cause = String.valueOf(e.getMessage());
            throw new IOException(
                    cause.contains("denied")
                            ? "this account may not enter " + socket.getParent()
                                    + ": only members of the group that site.conf names in approvers.group may (who"
                                    + " became one just now has to log in anew)"
                            : "no agent answers at " + socket + " (" + cause
                                    + "): it does not run, it asks nobody (site.conf names no approvers), or --data"
                                    + " is another folder",
                    e);
        }
    }

    /** An agent that does not serve this account hangs up at once, but says why before: that is read next. */
    private static void send(SocketChannel channel, String request) {
        try {
            int written = channel.write(StandardCharsets.UTF_8.encode(request + "\n"));
            assert written > 0;
        } catch (IOException hungUp) {
            LOG.debug("door=hung-up cause=\"{}\"", hungUp.getMessage());
        }
    }

    private static String reply(SocketChannel channel, Optional<Duration> longest) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Wire.MOST_REPLY);
        channel.configureBlocking(false);
        long begun = System.nanoTime();
        try (Selector selector = Selector.open()) {
            SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
            int more = 0;
            while (more >= 0 && bytes.hasRemaining()) {
                long passed = (System.nanoTime() - begun) / 1_000_000;
                // Zero waits for ever.
                long left = longest.map(Duration::toMillis)
                        .map(most -> most - passed)
                        .orElse(0L);
                if ((longest.isPresent() && left <= 0) || selector.select(left) == 0) {
                    throw new IOException("the agent does not answer in time");
                }
                selector.selectedKeys().remove(key);
                more = read(channel, bytes);
            }
        }
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
    }

    /** A connection that was cut after the reply is one that ended. */
    private static int read(SocketChannel channel, ByteBuffer bytes) throws IOException {
        try {
            return channel.read(bytes);
        } catch (IOException cut) {
            if (bytes.position() == 0) {
                throw cut;
            }
            return -1;
        }
    }
}
