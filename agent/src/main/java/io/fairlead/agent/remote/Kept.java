package io.fairlead.agent.remote;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the customer's copies lie: what was decided, and what streams carried. Kept for {@value #DAYS} days from the last
 * change of each.
 */
public record Kept(Path receipts, Path transcripts) {
    static final int DAYS = 400;

    private static final Logger LOG = LoggerFactory.getLogger(Kept.class);

    /** Removes what is older; what cannot be removed now is logged, and stays for the next time. */
    void prune(Instant now) {
        Instant before = now.minus(Duration.ofDays(DAYS));
        prune(receipts, "*.receipt", before);
        prune(transcripts, "*" + Transcripts.SUFFIX, before);
    }

    private static void prune(Path folder, String names, Instant before) {
        int gone = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, names)) {
            for (Path file : files) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(before) && Files.deleteIfExists(file)) {
                    gone++;
                }
            }
        } catch (NoSuchFileException none) {
            return;
        } catch (IOException | RuntimeException e) {
            LOG.warn("folder={} not-pruned cause=\"{}\"", folder, e.toString());
        }
        if (gone > 0) {
            LOG.info("folder={} pruned={} older-than-days={}", folder, gone, DAYS);
        }
    }
}
