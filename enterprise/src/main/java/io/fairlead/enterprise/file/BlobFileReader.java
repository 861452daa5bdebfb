package io.fairlead.enterprise.file;

import io.fairlead.enterprise.file.BlobFile.Place;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file of records. Chunks of full size are found by arithmetic, others by walking from the front; reading on from
 * where the last read ended needs neither.
 */
final class BlobFileReader implements BlobStore.Reader {
    private final String blob;
    private final FileChannel channel;
    private final BlobFile file;
    private @Nullable Place current;
    private byte[] plain = {};

    BlobFileReader(String blob, FileChannel channel, BlobFile file) {
        this.blob = blob;
        this.channel = channel;
        this.file = file;
    }

    @Override
    public byte[] read(long offset, int most) throws IOException {
        byte[] bytes = new byte[most];
        int filled = 0;
        while (filled < most) {
            Place place = find(offset + filled);
            if (place == null) {
                break;
            }
            int from = (int) (offset + filled - place.record().offset());
            int count = Math.min(most - filled, plain.length - from);
            System.arraycopy(plain, from, bytes, filled, count);
            filled += count;
        }
        return filled == most ? bytes : Arrays.copyOf(bytes, filled);
    }

    /** Opens the record that has the byte at an offset; null behind the blob's end. */
    private @Nullable Place find(long offset) throws IOException {
        Place place = current != null && current.record().offset() <= offset ? current : near(offset);
        while (offset >= place.record().end()) {
            if (place.record().last()) {
                // Believed only once it has opened, and nothing may stand behind it.
                load(place);
                if (place.next() != channel.size()) {
                    throw new BlobDamaged(blob, "bytes behind its end");
                }
                return null;
            }
            place = follow(place);
        }
        load(place);
        return place;
    }

    private Place near(long offset) throws IOException {
        long number = offset / BlobStore.CHUNK;
        Place guess = file.at(number, BlobHeader.LENGTH + number * BlobFile.FULL);
        if (guess != null && guess.record().offset() == number * BlobStore.CHUNK) {
            return guess;
        }
        return there(file.at(0, BlobHeader.LENGTH), 0, 0);
    }

    private Place follow(Place place) throws IOException {
        BlobRecord record = place.record();
        return there(file.at(record.number() + 1, place.next()), record.number() + 1, record.end());
    }

    private Place there(@Nullable Place place, long number, long offset) throws BlobDamaged {
        if (place == null || place.record().offset() != offset) {
            throw new BlobDamaged(blob, "chunk " + number + " is missing");
        }
        return place;
    }

    private void load(Place place) throws IOException {
        if (!place.equals(current)) {
            plain = file.open(place);
            current = place;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
