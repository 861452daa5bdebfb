package io.fairlead.enterprise.operator;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The other end of the {@link CommandSocket}: one connection a call. Blocks. */
public final class CommandClient {
    /** The longest answer in bytes: a thousand devices with all their latest values fit. */
    private static final int LONGEST_ANSWER = 64 * 1024 * 1024;

    private static final Logger log = LoggerFactory.getLogger(CommandClient.class);

    private final Path socket;

    /** @param dataFolder the server's data folder */
    public CommandClient(Path dataFolder) {
        this.socket = dataFolder.resolve(CommandSocket.FILE);
    }

    /** Where the server is expected. */
    public Path path() {
        return socket;
    }

    /**
     * Runs one command.
     *
     * @throws CommandRefused when the server says no
     * @throws IOException when no server answers, or it went away without an answer
     */
    public JsonObject call(String command, JsonObject arguments) throws IOException {
        try (Session session = open()) {
            return session.call(command, arguments);
        }
    }

    /**
     * Opens a connection for several commands, one after the other; the server ends it when it is silent for 30 s.
     *
     * @throws IOException when no server answers
     */
    public Session open() throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            if (!channel.connect(UnixDomainSocketAddress.of(socket))) {
                throw new IOException("no connection to " + socket);
            }
            return new Session(channel);
        } catch (IOException | RuntimeException failed) {
            channel.close();
            throw failed;
        }
    }

    /** A connection. Not for several threads at once. */
    public static final class Session implements Calls {
        private final SocketChannel channel;
        private final Lines lines;

        private Session(SocketChannel channel) {
            this.channel = channel;
            this.lines = new Lines(channel, channel, LONGEST_ANSWER);
        }

        @Override
        public JsonObject call(String command, JsonObject arguments) throws IOException {
            send(lines, new JsonObject().put("command", command).put("arguments", arguments));
            try {
                Optional<String> line = lines.next();
                if (line.isEmpty()) {
                    throw new IOException("the server hung up without an answer; its log says why");
                }
                return CommandRefused.outcome(new JsonObject(line.get()));
            } catch (DecodeException malformed) {
                throw new IOException("the server's answer is no JSON", malformed);
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    private static void send(Lines lines, JsonObject request) {
        try {
            lines.write(request.encode());
        } catch (IOException hungUp) {
            // A server that does not serve us hangs up at once, but says why before: that is read next.
            log.debug("command client: write failed error=\"{}\"", hungUp.getMessage());
        }
    }
}
