package io.fairlead.agent.status;

import io.fairlead.agent.status.LineFeed.Place;
import io.fairlead.agent.status.LogFiles.Seen;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A log's file that is being read: how far, and by what it is known again. Its holder closes it. */
final class OpenLog {
    /** Bytes of the longest byte order mark. */
    private static final int MARK = 3;

    private final FileChannel channel;
    private final Path path;
    private final @Nullable Object key;
    private final String keyText;
    private final LogEncoding encoding;
    private @Nullable Charset charset;
    private Place place;
    private Fingerprint print;
    private long lastSize = -1;
    private long lastChanged;

    private OpenLog(FileChannel channel, Seen seen, LogEncoding encoding, Place place, Fingerprint print) {
        this.channel = channel;
        this.path = seen.path();
        this.key = seen.key();
        this.keyText = seen.keyText();
        this.encoding = encoding;
        this.place = place;
        this.print = print;
        this.lastChanged = seen.changed();
    }

    /** Opens a file at its start. */
    static OpenLog atStart(Seen seen, LogEncoding encoding) throws IOException {
        FileChannel channel = FileChannel.open(seen.path(), StandardOpenOption.READ);
        return new OpenLog(channel, seen, encoding, Place.START, Fingerprint.EMPTY);
    }

    /** Opens a file behind what is in it. */
    static OpenLog atEnd(Seen seen, LogEncoding encoding, LineFeed feed) throws IOException {
        OpenLog log = atStart(seen, encoding);
        log.place = feed.end(log.channel, log.charset());
        log.print = Fingerprint.of(log.channel, log.place.position());
        return log;
    }

    /** Opens a file at a place, if it is the one that was read up to there. */
    static Optional<OpenLog> at(Seen seen, LogEncoding encoding, Place place, Fingerprint print) throws IOException {
        FileChannel channel = FileChannel.open(seen.path(), StandardOpenOption.READ);
        if (print.fits(channel)) {
            return Optional.of(new OpenLog(channel, seen, encoding, place, print));
        }
        channel.close();
        return Optional.empty();
    }

    /** Another file that begins with the same bytes up to our place, opened there: a copy of this one. */
    Optional<OpenLog> copy(Seen seen) throws IOException {
        return at(seen, encoding, place, print);
    }

    /**
     * Gives the next lines, at most 1 MiB; whether there were any.
     *
     * @param ended whether nothing more will be written
     */
    boolean read(LineFeed feed, boolean ended, Consumer<String> lines) throws IOException {
        if (!ended && lastSize == place.position()) {
            return false;
        }
        Charset text = charset();
        Place before = place;
        place = feed.read(channel, before, text, ended, lines);
        if (place.equals(before)) {
            if (before.position() <= MARK) {
                // Nothing but half a line yet: by that it must be known when it is rotated away.
                print = Fingerprint.of(channel, Math.max(lastSize, 0));
            }
            return false;
        }
        print = Fingerprint.of(channel, place.position());
        return true;
    }

    /** The encoding shows in the first bytes, which may come later than the file. */
    private Charset charset() throws IOException {
        Charset known = charset;
        if (known == null || place.position() == 0) {
            byte[] head = LogEncoding.head(channel);
            known = encoding.charset(head);
            charset = known;
            if (place.position() == 0) {
                place = new Place(LogEncoding.mark(head), false);
            }
        }
        return known;
    }

    /**
     * Whether the file was cut, or its bytes before our place are no longer what they were. A file that was cut may have
     * grown to the same size again: then only its time shows it.
     *
     * @param current the file at the path, which may be another by now
     */
    boolean lostContinuity(Optional<Seen> current) throws IOException {
        long size = channel.size();
        long changed = current.filter(this::mayBe).map(Seen::changed).orElse(lastChanged);
        boolean same = size == lastSize && changed == lastChanged;
        lastSize = size;
        lastChanged = changed;
        return size < print.length() || (!same && !print.fits(channel));
    }

    /**
     * Whether it was read to its last byte and nothing was written since: it is still the file at the path, of the same
     * size and time. What is appended within one step of the file system's time shows in the size. False without keys
     * (Windows): there only the bytes tell.
     */
    boolean isQuiet(Seen current) {
        return current.size() == lastSize
                && lastSize == place.position()
                && current.changed() == lastChanged
                && key != null
                && key.equals(current.key());
    }

    private boolean mayBe(Seen seen) {
        return key == null ? path.equals(seen.path()) : key.equals(seen.key());
    }

    /** When it was changed last as far as was seen, in microseconds. */
    long changed() {
        return lastChanged;
    }

    void toStart() {
        place = Place.START;
        print = Fingerprint.EMPTY;
    }

    /** Whether anything was seen by which a copy could be told. */
    boolean isMarked() {
        return print.length() > 0;
    }

    /** Whether a file seen is this one, whatever its name; without keys (Windows) the bytes at its path decide. */
    boolean is(Seen seen) throws IOException {
        if (key != null && seen.key() != null) {
            return key.equals(seen.key());
        }
        return path.equals(seen.path()) && fits(seen);
    }

    /** Whether a file seen has this one's key and bytes, though this one may be closed and its key used anew. */
    boolean was(Seen seen) throws IOException {
        return key != null && key.equals(seen.key()) && isMarked() && fits(seen);
    }

    private boolean fits(Seen seen) throws IOException {
        try (FileChannel there = FileChannel.open(seen.path(), StandardOpenOption.READ)) {
            return print.fits(there);
        }
    }

    LogBookmark bookmark() {
        return new LogBookmark(place, print, keyText);
    }

    void close() throws IOException {
        channel.close();
    }
}
