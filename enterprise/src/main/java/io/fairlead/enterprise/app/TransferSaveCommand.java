package io.fairlead.enterprise.app;

import io.fairlead.enterprise.operator.Calls;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a file that has come to this machine's disk. */
@Command(
        name = "save",
        description = {
            "Saves a file that has come. Nothing is overwritten, and the file stays only when its SHA-256 is right.",
            "Device files are not to be trusted: look before you open one."
        },
        footer = {"", "Example:", "  fairlead transfers save 4f21 lab7.log"})
final class TransferSaveCommand implements Callable<Integer> {
    private final Screen screen;

    @Mixin
    private final ServerOption server;

    @Parameters(index = "0", paramLabel = "ID", description = "Which one; its first digits are enough.")
    private String id = "";

    @Parameters(index = "1", paramLabel = "FILE", description = "Where to; must not be there yet.")
    private Path file = Path.of("");

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    TransferSaveCommand(Screen screen, ServerOption server) {
        this.screen = screen;
        this.server = server;
    }

    @Override
    public Integer call() {
        JsonObject one = server.call("transfer", new JsonObject().put("id", TransferIds.whole(id, server)));
        long size = new SavedFile(file, screen).write(server, (session, out) -> saved(session, one, out));
        if (json) {
            screen.print(new JsonObject()
                    .put("id", one.getString("id"))
                    .put("file", file.toString())
                    .put("size", size)
                    .put("sha256", one.getString("sha256"))
                    .encodePrettily());
        } else {
            screen.print("Saved " + file + ", " + Amounts.bytes(size) + ", SHA-256 " + one.getString("sha256"));
        }
        return CommandLine.ExitCode.OK;
    }

    private long saved(Calls session, JsonObject one, OutputStream out) throws IOException {
        MessageDigest digest = FileActions.sha256();
        ProgressLine line = new ProgressLine(screen);
        long offset = 0;
        try {
            while (true) {
                byte[] bytes = Base64.getDecoder()
                        .decode(session.call(
                                        "transfer.read",
                                        new JsonObject()
                                                .put("id", one.getString("id"))
                                                .put("offset", offset))
                                .getString("bytes"));
                if (bytes.length == 0) {
                    break;
                }
                digest.update(bytes);
                out.write(bytes);
                offset += bytes.length;
                if (!json && offset < one.getLong("size", 0L)) {
                    line.show(Amounts.bytes(offset) + " of " + Amounts.bytes(one.getLong("size")) + "  "
                            + Amounts.percent(offset, one.getLong("size")) + " %");
                }
            }
        } finally {
            line.end();
        }
        if (!HexFormat.of().formatHex(digest.digest()).equals(one.getString("sha256"))) {
            throw new Unable("What came is not the file: its SHA-256 differs. Nothing was kept.");
        }
        return offset;
    }
}
