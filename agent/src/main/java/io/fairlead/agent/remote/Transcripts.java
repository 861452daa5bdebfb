package io.fairlead.agent.remote;

import io.fairlead.agent.kernel.Durable;
import io.fairlead.agent.link.Identity;
import io.fairlead.statements.SignedText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The customer's copies of what was signed about streams, {@code SESSION-STREAM.transcript}: the device's certificate and its
 * issuer's in PEM, then a line for each statement, as {@link SignedText#header()} writes it. At most 481 lines of 700 bytes:
 * a session has eight hours. For several threads; a stream has one at a time.
 */
final class Transcripts {
    static final String SUFFIX = ".transcript";

    private final Path folder;

    Transcripts(Path folder) {
        this.folder = folder;
    }

    /** Adds a statement; on return it is on disk. */
    void keep(Identity by, String session, String stream, SignedText said) throws IOException {
        Path file = folder.resolve(session + "-" + stream + SUFFIX);
        if (!Files.exists(file)) {
            Durable.makePrivate(folder);
            new Durable(file).replace(by.certificates());
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.APPEND)) {
            ByteBuffer line = ByteBuffer.wrap((said.header() + "\n").getBytes(StandardCharsets.US_ASCII));
            while (line.hasRemaining()) {
                channel.write(line);
            }
            channel.force(false);
        }
    }
}
