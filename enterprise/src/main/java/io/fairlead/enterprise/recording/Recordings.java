package io.fairlead.enterprise.recording;

import io.fairlead.enterprise.kernel.DataFolder;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The recordings of a folder: which there are, how long each is kept, and what is in them. Retention was fixed when a
 * recording began and only grows. Nothing here is audited or judged; the caller does. Every method blocks.
 */
public final class Recordings {
    private static final Logger LOG = LoggerFactory.getLogger(Recordings.class);
    /** Between the end of what may be extended and the deletion: nodes' clocks may differ. */
    private static final Duration GRACE = Duration.ofMinutes(5);

    private final Places places;
    private final RecordingKeys keys;

    public Recordings(Path folder, RecordingKeys keys) {
        this.places = new Places(folder);
        this.keys = keys;
    }

    /** Whether a folder has recordings, or anything else. */
    public static boolean any(Path folder) throws IOException {
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.findAny().isPresent();
        }
    }

    /** All of them, in no order; a file whose header cannot be read is logged and left out. */
    public List<Stored> list() throws IOException {
        return list(Set.of(Places.ENDED, Places.PART));
    }

    /** Those that were not ended: what is being recorded, here or at another node, and what crashes have left. */
    public List<Stored> unfinished() throws IOException {
        return list(Set.of(Places.PART));
    }

    private List<Stored> list(Set<String> suffixes) throws IOException {
        List<Stored> found = new ArrayList<>();
        for (Path file : files(suffixes)) {
            String name = String.valueOf(file.getFileName());
            int dot = name.indexOf('.');
            try {
                RecordingId id = new RecordingId(name.substring(0, dot));
                found.add(stored(id, file, name.endsWith(Places.ENDED)));
            } catch (NoSuchFileException gone) {
                LOG.debug("file={} went", name);
            } catch (RecordingDamaged | Refusal none) {
                LOG.error("file={} is no recording", name, none);
            }
        }
        return found;
    }

    private List<Path> files(Set<String> suffixes) throws IOException {
        try (Stream<Path> files = Files.list(places.folder())) {
            return files.filter(each -> suffixes.stream()
                            .anyMatch(one -> String.valueOf(each.getFileName()).endsWith(one)))
                    .toList();
        }
    }

    private Stored stored(RecordingId id, Path path, boolean ended) throws IOException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            FileHeader header = FileHeader.read(id, file);
            Instant written = Files.getLastModifiedTime(path).toInstant();
            return new Stored(id, header.started(), keepUntil(header), ended, written, file.size());
        }
    }

    /** Whether recordings can be read here: a node that only records has no key for it. */
    public boolean canOpen() {
        return keys.canOpen();
    }

    /** One as the folder knows it; empty when there is none, or its header cannot be read. */
    public Optional<Stored> stored(RecordingId id) throws IOException {
        try {
            Path file = places.find(id);
            return Optional.of(
                    stored(id, file, String.valueOf(file.getFileName()).endsWith(Places.ENDED)));
        } catch (NoSuchFileException | RecordingDamaged gone) {
            return Optional.empty();
        } catch (Refusal none) {
            return Optional.empty();
        }
    }

    /** Whether it is there, ended or not. */
    public boolean has(RecordingId id) {
        return Files.exists(places.of(id, Places.ENDED))
                || Files.exists(places.of(id, Places.PART))
                || Files.exists(places.of(id, Places.ENDED));
    }

    /** Until when a recording is kept. */
    public Instant keepUntil(RecordingId id) throws IOException {
        try (FileChannel file = places.read(id).channel()) {
            return keepUntil(FileHeader.read(id, file));
        }
    }

    private Instant keepUntil(FileHeader header) throws IOException {
        Path keep = places.of(header.id(), Places.KEEP);
        try {
            Instant longer = Instant.parse(Files.readString(keep).strip());
            return longer.isAfter(header.keepUntil()) ? longer : header.keepUntil();
        } catch (NoSuchFileException never) {
            return header.keepUntil();
        } catch (DateTimeException unreadable) {
            // Rather kept for ever than deleted too early.
            LOG.error("file={} is no time", keep.getFileName(), unreadable);
            return Instant.MAX;
        }
    }

    /**
     * Keeps a recording longer.
     *
     * @throws Refusal CONFLICT when that is not longer, or its time is over; NOT_FOUND
     */
    public synchronized void extend(RecordingId id, Instant until, Instant now) throws IOException {
        Instant kept = keepUntil(id);
        if (!until.isAfter(kept) || !now.isBefore(kept)) {
            throw new Refusal(Fault.CONFLICT, "recording=" + id + " is kept until " + kept + ", wanted " + until);
        }
        Path fresh = places.of(id, Places.KEEP + Places.NEW);
        boolean left = Files.deleteIfExists(fresh);
        assert left || !Files.exists(fresh);
        try (FileChannel file = FileChannel.open(
                fresh, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), DataFolder.closedFile())) {
            ByteBuffer text = ByteBuffer.wrap((until + "\n").getBytes(StandardCharsets.US_ASCII));
            while (text.hasRemaining()) {
                file.write(text);
            }
            file.force(true);
        }
        Path done = Files.move(
                fresh, places.of(id, Places.KEEP), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        assert Files.exists(done);
        DataFolder.forceFolder(places.folder());
    }

    /** Those whose time is over, five minutes ago or more. */
    public List<RecordingId> over(Instant now) throws IOException {
        return list().stream()
                .filter(each -> each.keepUntil().isBefore(now.minus(GRACE)))
                .map(Stored::id)
                .toList();
    }

    /**
     * Deletes a recording whose time is over.
     *
     * @throws Refusal CONFLICT when it is not; NOT_FOUND
     */
    public synchronized void delete(RecordingId id, Instant now) throws IOException {
        Instant kept = keepUntil(id);
        if (!kept.isBefore(now.minus(GRACE))) {
            throw new Refusal(Fault.CONFLICT, "recording=" + id + " is kept until " + kept);
        }
        Files.delete(places.find(id));
        boolean longer = Files.deleteIfExists(places.of(id, Places.KEEP));
        LOG.info("recording={} deleted kept-until={} extended={}", id, kept, longer);
    }

    /** Removes what never began, because a crash came before anything was shown; answers how many. */
    public int sweep(Instant now) throws IOException {
        int swept = 0;
        for (Path each : files(Set.of(Places.NEW))) {
            // A younger one may be beginning at another node.
            if (Files.getLastModifiedTime(each).toInstant().isBefore(now.minus(GRACE)) && Files.deleteIfExists(each)) {
                swept++;
            }
        }
        return swept;
    }

    /**
     * Opens a recording to read it; the caller closes it.
     *
     * @throws Refusal NOT_FOUND; CONFLICT when this node has no key that opens recordings
     * @throws RecordingDamaged when its beginning is not what was written
     */
    public Playback open(RecordingId id) throws IOException {
        if (!keys.canOpen()) {
            throw new Refusal(Fault.CONFLICT, "no private key in " + RecordingKeys.FILE + ": this node only records");
        }
        Places.Opened file = places.read(id);
        try {
            FileHeader header = FileHeader.read(id, file.channel());
            return new Playback(file.channel(), file.ended(), header, keys.unseal(header.sealedKey()));
        } catch (IOException | RuntimeException failed) {
            file.channel().close();
            throw failed;
        }
    }

    /** Reads a recording to its end and says what may be believed of it. */
    public Verification verify(RecordingId id, Vouchers vouchers) throws IOException {
        try (Playback playback = open(id)) {
            return Verification.of(playback, vouchers);
        } catch (RecordingDamaged damaged) {
            return Verification.unreadable(damaged);
        }
    }
}
