package io.fairlead.enterprise.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/** The records of one open file, by position. */
final class BlobFile {
    /** A record of full size on disk. */
    static final long FULL = (long) BlobRecord.OVERHEAD + BlobStore.CHUNK;

    private final String blob;
    private final FileChannel file;
    private final SecretKey key;

    /** Of a file whose header gave the key. */
    BlobFile(String blob, FileChannel file, SecretKey key) {
        this.blob = blob;
        this.file = file;
        this.key = key;
    }

    SecretKey key() {
        return key;
    }

    /** A record and where it begins on disk. */
    record Place(BlobRecord record, long position) {
        long next() {
            return position + record.size();
        }
    }

    /** The record that begins at a position; null when none that is whole does. */
    @Nullable
    Place at(long number, long position) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(BlobRecord.HEAD);
        if (!fill(file, head, position)) {
            return null;
        }
        BlobRecord record = BlobRecord.read(number, head);
        return record == null || position + record.size() > file.size() ? null : new Place(record, position);
    }

    byte[] open(Place place) throws IOException {
        byte[] bytes = new byte[place.record().size()];
        if (!fill(file, ByteBuffer.wrap(bytes), place.position())) {
            throw new BlobDamaged(blob, "chunk " + place.record().number() + " is cut");
        }
        return place.record().open(blob, key, bytes);
    }

    /**
     * The last record, behind which whatever a crash has torn begins; null when there is none yet. Only the last can be
     * torn, for each was forced before the next was taken. Chunks of full size are skipped by arithmetic.
     */
    @Nullable
    Place tail() throws IOException {
        Place before = null;
        Place last = skipped();
        Place next = last == null ? at(0, BlobHeader.LENGTH) : at(last.record().number() + 1, last.next());
        while (next != null
                && next.record().offset() == (last == null ? 0 : last.record().end())) {
            before = last;
            last = next;
            next = at(last.record().number() + 1, last.next());
        }
        return last == null || opens(last) ? last : before;
    }

    /** The last but one of the records if they all have the full size; null when they do not, or are few. */
    private @Nullable Place skipped() throws IOException {
        long number = (file.size() - BlobHeader.LENGTH) / FULL - 2;
        Place place = number < 0 ? null : at(number, BlobHeader.LENGTH + number * FULL);
        return place != null
                        && place.record().offset() == number * BlobStore.CHUNK
                        && place.record().length() == BlobStore.CHUNK
                ? place
                : null;
    }

    private boolean opens(Place place) throws IOException {
        try {
            return open(place).length == place.record().length();
        } catch (BlobDamaged torn) {
            return false;
        }
    }

    /** Fills a buffer from a position; false when the file ends before. */
    static boolean fill(FileChannel file, ByteBuffer buffer, long position) throws IOException {
        long at = position;
        while (buffer.hasRemaining()) {
            int read = file.read(buffer, at);
            if (read < 0) {
                return false;
            }
            at += read;
        }
        return true;
    }
}
