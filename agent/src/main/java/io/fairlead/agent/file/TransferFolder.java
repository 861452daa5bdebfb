package io.fairlead.agent.file;

import io.fairlead.agent.kernel.Durable;
import io.fairlead.contract.agent.TransferOutcome;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The transfers on disk: {@code ID/state} says how far one is, forced at each change; {@code ID/content} has the bytes that
 * were fetched or prepared. Whoever can enter the agent's data folder is the agent.
 */
final class TransferFolder {
    private static final Logger LOG = LoggerFactory.getLogger(TransferFolder.class);

    private final Path folder;

    TransferFolder(Path folder) {
        this.folder = folder;
    }

    Path folder() {
        return folder;
    }

    /** All of them, the oldest first. One that cannot be read is left where it is, and told of in the log. */
    List<Transfer> all() throws IOException {
        List<Transfer> all = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                String id = String.valueOf(entry.getFileName());
                if (Transfer.isId(id)) {
                    read(id).ifPresent(all::add);
                }
            }
        } catch (NoSuchFileException e) {
            return List.of();
        }
        all.sort(Comparator.comparing(Transfer::begun).thenComparing(Transfer::id));
        return all;
    }

    private Optional<Transfer> read(String id) {
        try {
            Optional<byte[]> state = state(id).read();
            if (state.isEmpty()) {
                // The agent died between making the folder and writing the state: the order is reported INTERRUPTED.
                delete(id);
                return Optional.empty();
            }
            Properties text = new Properties();
            text.load(new ByteArrayInputStream(state.get()));
            return Optional.of(transfer(id, text));
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            LOG.warn("transfer=unreadable id={} cause={}", id, e.toString());
            return Optional.empty();
        }
    }

    private static Transfer transfer(String id, Properties text) {
        Transfer.Phase phase = Transfer.Phase.valueOf(text.getProperty("phase", ""));
        return new Transfer(
                id,
                Transfer.Way.valueOf(text.getProperty("way", "")),
                text.getProperty("root", ""),
                text.getProperty("path", ""),
                Long.parseLong(text.getProperty("size", "")),
                text.getProperty("sha256", ""),
                Boolean.parseBoolean(text.getProperty("sealed")),
                Boolean.parseBoolean(text.getProperty("prepared")),
                Boolean.parseBoolean(text.getProperty("again")),
                text.getProperty("by", ""),
                text.getProperty("reason", ""),
                Instant.parse(text.getProperty("begun", "")),
                phase,
                phase == Transfer.Phase.ENDED
                        ? Optional.of(new Transfer.End(
                                TransferOutcome.valueOf(text.getProperty("outcome", "")),
                                text.getProperty("detail", "")))
                        : Optional.empty());
    }

    /** Writes how far a transfer is; on return it is on disk. */
    void write(Transfer transfer) throws IOException {
        Durable.makePrivate(folder.resolve(transfer.id()));
        Properties text = new Properties();
        text.setProperty("way", transfer.way().name());
        text.setProperty("root", transfer.root());
        text.setProperty("path", transfer.path());
        text.setProperty("size", String.valueOf(transfer.size()));
        text.setProperty("sha256", transfer.sha256());
        text.setProperty("sealed", String.valueOf(transfer.sealed()));
        text.setProperty("prepared", String.valueOf(transfer.prepared()));
        text.setProperty("again", String.valueOf(transfer.again()));
        text.setProperty("by", transfer.by());
        text.setProperty("reason", transfer.reason());
        text.setProperty("begun", transfer.begun().toString());
        text.setProperty("phase", transfer.phase().name());
        transfer.end().ifPresent(end -> {
            text.setProperty("outcome", end.outcome().name());
            text.setProperty("detail", end.detail());
        });
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        text.store(bytes, null);
        state(transfer.id()).replace(bytes.toByteArray());
        Durable.forceFolder(folder.resolve(transfer.id()));
        Durable.forceFolder(folder);
    }

    /** The bytes that were fetched or prepared; may not be there. */
    Path content(String id) {
        return folder.resolve(id).resolve("content");
    }

    void deleteContent(String id) throws IOException {
        Files.deleteIfExists(content(id));
    }

    /** Forgets a transfer. The state goes last, so that what is left over is taken up and deleted again. */
    void delete(String id) throws IOException {
        Path each = folder.resolve(id);
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(each)) {
            entries.forEach(files::add);
        } catch (NoSuchFileException e) {
            return;
        }
        files.sort(Comparator.comparing(file -> file.endsWith("state")));
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
        Files.deleteIfExists(each);
        Durable.forceFolder(each);
    }

    private Durable state(String id) {
        return new Durable(folder.resolve(id).resolve("state"));
    }
}
