package io.fairlead.agent.remote;

import io.fairlead.agent.kernel.Durable;
import io.fairlead.statements.StreamCause;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sessions of which the enterprise does not know yet that they are over, so that an agent that was killed can say so at
 * its next start: {@code receipts/open/SESSION}, from the grant until the enterprise has heard of the end. In it the end's
 * close code, once there is an end. Thread-safe.
 */
final class Unsaid {
    /** No session is longer, and none is of interest then. */
    private static final Duration OLD = Duration.ofDays(1);

    private static final Logger LOG = LoggerFactory.getLogger(Unsaid.class);

    private final Path folder;

    /** @param receipts made when it is needed */
    Unsaid(Path receipts) {
        this.folder = receipts.resolve("open");
    }

    /** It is granted. @throws IOException when that cannot be kept: then it is not */
    synchronized void open(String session) throws IOException {
        Durable.makePrivate(folder);
        new Durable(folder.resolve(session)).replace(new byte[0]);
    }

    /** It is over. */
    synchronized void over(String session, StreamCause why) {
        try {
            new Durable(folder.resolve(session))
                    .replace(Integer.toString(why.code()).getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            LOG.warn("session={} end=not-kept cause=\"{}\"", session, e.toString());
        }
    }

    /** The enterprise has heard it. */
    synchronized void said(String session) {
        try {
            new Durable(folder.resolve(session)).delete();
        } catch (IOException e) {
            LOG.warn("session={} mark=not-deleted cause=\"{}\"", session, e.toString());
        }
    }

    /** What an agent before this one has left, with the end that it knew of; what is old is removed. */
    synchronized Map<String, Optional<StreamCause>> left(Instant now) {
        Map<String, Optional<StreamCause>> left = new LinkedHashMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "[0-9a-f]*")) {
            for (Path file : files) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(now.minus(OLD))) {
                    new Durable(file).delete();
                } else if (!file.toString().endsWith(".tmp")) {
                    left.put(String.valueOf(file.getFileName()), cause(file));
                }
            }
        } catch (NoSuchFileException none) {
            return Map.of();
        } catch (IOException | RuntimeException e) {
            LOG.warn("folder={} not-read cause=\"{}\"", folder, e.toString());
        }
        return left;
    }

    private static Optional<StreamCause> cause(Path file) throws IOException {
        String code = Files.readString(file, StandardCharsets.US_ASCII);
        return code.matches("[0-9]{4}") ? StreamCause.of(Integer.parseInt(code)) : Optional.empty();
    }
}
