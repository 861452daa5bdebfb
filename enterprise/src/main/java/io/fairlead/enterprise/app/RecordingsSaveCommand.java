package io.fairlead.enterprise.app;

import io.fairlead.enterprise.operator.Calls;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a recording, decrypted, to this machine's disk. */
@Command(
        name = "save",
        description = {
            "Saves a recording, decrypted. Nothing is overwritten, and that it was saved is noted in the audit.",
            "Raw has all that went through, with what was typed, passwords included; asciicast only what a terminal showed."
        },
        footer = {
            "",
            "Examples:",
            "  fairlead recordings save 4f21 session.flraw",
            "  fairlead recordings save 4f21 --asciicast session.cast"
        })
final class RecordingsSaveCommand implements Callable<Integer> {
    private final Screen screen;

    @Mixin
    private final ServerOption server;

    @Parameters(index = "0", paramLabel = "ID", description = "Which one; its first digits are enough.")
    private String id = "";

    @Parameters(index = "1", paramLabel = "FILE", description = "Where to; must not be there yet.")
    private Path file = Path.of("");

    @Option(names = "--raw", description = "All frames as docs/recordings.md draws them; so unless said otherwise.")
    private boolean raw;

    @Option(names = "--asciicast", description = "As asciicast v2; for terminals.")
    private boolean asciicast;

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    RecordingsSaveCommand(Screen screen, ServerOption server) {
        this.screen = screen;
        this.server = server;
    }

    @Override
    public Integer call() {
        if (raw && asciicast) {
            throw new Unable("A file is raw or an asciicast, not both.");
        }
        String whole = RecordingIds.whole(id, server);
        long size = new SavedFile(file, screen).write(server, (session, out) -> saved(session, whole, out));
        screen.print(
                json
                        ? new JsonObject()
                                .put("id", whole)
                                .put("file", file.toString())
                                .put("size", size)
                                .encodePrettily()
                        : "Saved " + file + ", " + Amounts.bytes(size));
        return CommandLine.ExitCode.OK;
    }

    private long saved(Calls session, String whole, OutputStream out) throws IOException {
        JsonObject reader = session.call(
                "recordings.save", new JsonObject().put("id", whole).put("form", asciicast ? "asciicast" : "raw"));
        ProgressLine line = new ProgressLine(screen);
        long size = 0;
        try {
            while (true) {
                byte[] bytes = Base64.getDecoder()
                        .decode(session.call("recordings.more", reader).getString("bytes"));
                if (bytes.length == 0) {
                    return size;
                }
                out.write(bytes);
                size += bytes.length;
                if (!json) {
                    line.show(Amounts.bytes(size));
                }
            }
        } finally {
            line.end();
        }
    }
}
