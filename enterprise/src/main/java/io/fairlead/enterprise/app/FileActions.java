package io.fairlead.enterprise.app;

import io.fairlead.enterprise.operator.Calls;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** The actions of {@code instruct} that move files. */
final class FileActions {
    private static final int CHUNK = 131_072;
    /** Patience where nobody says how much. */
    private static final Duration LONG = Duration.ofDays(1);

    private final Screen screen;
    private final ServerOption server;
    private final boolean json;

    FileActions(Screen screen, ServerOption server, boolean json) {
        this.screen = screen;
        this.server = server;
        this.json = json;
    }

    /** @param wait seconds; 0 until it has ended, null not at all */
    int upload(String device, String path, String reason, @Nullable Long wait) {
        JsonObject arguments =
                new JsonObject().put("device", device).put("path", path).put("reason", reason);
        return begun(server.call("upload", arguments), wait);
    }

    int diagnosticPackage(String device, String reason, @Nullable Long wait) {
        return begun(
                server.call("package", new JsonObject().put("device", device).put("reason", reason)), wait);
    }

    int send(String device, Path file, @Nullable String as, String reason, @Nullable Long wait) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new Unable("Cannot read the file " + file + ".");
        }
        Path name = file.getFileName();
        String called = as == null ? String.valueOf(name) : as;
        return begun(server.talk(session -> new Sending(session, device, file, called, reason).run()), wait);
    }

    private int begun(JsonObject transfer, @Nullable Long wait) {
        String id = transfer.getString("id");
        if (wait != null) {
            if (!json) {
                screen.complain("Transfer " + id + " is begun by instruction " + transfer.getLong("instruction")
                        + " of " + transfer.getString("device") + ".");
            }
            return new TransferWatch(screen, server, json).until(id, wait == 0 ? LONG : Duration.ofSeconds(wait));
        }
        if (json) {
            screen.print(transfer.encodePrettily());
        } else {
            screen.print("Transfer " + id + " waits for " + transfer.getString("device") + " (instruction "
                    + transfer.getLong("instruction") + "). See: fairlead transfers " + id);
        }
        return CommandLine.ExitCode.OK;
    }

    /** A file on its way into the server. */
    private final class Sending {
        private final Calls session;
        private final String device;
        private final Path file;
        private final String name;
        private final String reason;

        Sending(Calls session, String device, Path file, String name, String reason) {
            this.session = session;
            this.device = device;
            this.file = file;
            this.name = name;
            this.reason = reason;
        }

        JsonObject run() throws IOException {
            long size = Files.size(file);
            String staged = session.call(
                            "send.begin", new JsonObject().put("device", device).put("size", size))
                    .getString("staged");
            String sha256 = streamed(staged, size);
            return session.call(
                    "send.end",
                    new JsonObject()
                            .put("device", device)
                            .put("staged", staged)
                            .put("name", name)
                            .put("size", size)
                            .put("sha256", sha256)
                            .put("reason", reason));
        }

        private String streamed(String staged, long size) throws IOException {
            ProgressLine line = new ProgressLine(screen);
            MessageDigest digest = sha256();
            long begun = System.nanoTime();
            try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
                long offset = 0;
                byte[] chunk = new byte[CHUNK];
                do {
                    int length = in.readNBytes(chunk, 0, (int) Math.min(CHUNK, size - offset));
                    if (length < Math.min(CHUNK, size - offset)) {
                        throw new Unable("The file " + file + " became shorter while it was read.");
                    }
                    boolean last = offset + length == size;
                    offset = session.call("send.add", chunk(staged, offset, Arrays.copyOf(chunk, length), last))
                            .getLong("length");
                    if (!json) {
                        long rate = offset * 1_000_000_000L / Math.max(1, System.nanoTime() - begun);
                        line.show("To the server: " + Amounts.bytes(offset) + " of " + Amounts.bytes(size) + "  "
                                + Amounts.percent(offset, size) + " %  " + Amounts.rate(rate));
                    }
                } while (offset < size);
            } finally {
                line.end();
            }
            return HexFormat.of().formatHex(digest.digest());
        }

        private static JsonObject chunk(String staged, long offset, byte[] bytes, boolean last) {
            return new JsonObject()
                    .put("staged", staged)
                    .put("offset", offset)
                    .put("bytes", Base64.getEncoder().encodeToString(bytes))
                    .put("last", last ? 1 : 0);
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
