package io.fairlead.perf.fleet;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The operator's command socket of a server on this machine: a Unix-domain socket in its data folder, a line of JSON each
 * way. Blocks; a connection a call, so that any thread may call.
 */
public final class CommandSocket implements EnrolmentCodes {
    private static final String FILE = "fairlead.sock";

    private final Path socket;

    /** @param data the server's data folder */
    public CommandSocket(Path data) {
        this.socket = data.resolve(FILE);
    }

    @Override
    public String codeFor(Registration device) throws IOException {
        JsonObject enrolment = call(
                "enrol",
                new JsonObject()
                        .put("device", device.device())
                        .put("customer", device.customer())
                        .put("site", device.site())
                        .put("region", device.region())
                        .put("model", device.model())
                        .put("serial", device.serial())
                        // A device that has a certificate already is asked for again because that one is lost.
                        .put("replace", "yes"));
        return enrolment.getString("enrolment", "");
    }

    /**
     * Runs one command, as {@code ./fairlead} would.
     *
     * @throws IOException when no server answers, or it refuses, with its reason
     */
    public JsonObject call(String command, JsonObject arguments) throws IOException {
        JsonObject request = new JsonObject().put("command", command).put("arguments", arguments);
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            if (!channel.connect(UnixDomainSocketAddress.of(socket))) {
                throw new IOException("no connection to " + socket);
            }
            write(channel, request.encode() + "\n");
            JsonObject answer = new JsonObject(line(channel));
            JsonObject error = answer.getJsonObject("error");
            if (error != null) {
                throw new IOException("the server refuses " + command + ": " + error.getString("key") + ": "
                        + error.getString("text", "") + " " + error.getString("detail", ""));
            }
            return answer.getJsonObject("ok", new JsonObject());
        } catch (DecodeException broken) {
            throw new IOException("the server's answer to " + command + " is no JSON", broken);
        }
    }

    private static void write(SocketChannel channel, String line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            int written = channel.write(bytes);
            assert written >= 0;
        }
    }

    private static String line(SocketChannel channel) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        ByteBuffer piece = ByteBuffer.allocate(16_384);
        while (channel.read(piece) >= 0) {
            byte[] read = new byte[piece.flip().remaining()];
            piece.get(read).clear();
            line.writeBytes(read);
            if (read.length > 0 && read[read.length - 1] == '\n') {
                return line.toString(StandardCharsets.UTF_8);
            }
        }
        throw new IOException("the server hung up without an answer; its log says why");
    }
}
