package io.fairlead.agent.status;

import io.fairlead.agent.status.LineFeed.Place;
import java.util.Optional;

/**
 * How far a log was read, as text: place, whether within a line passed over, length and checksums of the fingerprint, and
 * at last the file's key, which may contain blanks.
 */
record LogBookmark(Place place, Fingerprint print, String key) {
    /** Of a log that was not there when first looked for: everything in it will be new. */
    static final LogBookmark START = new LogBookmark(Place.START, Fingerprint.EMPTY, "");

    String write() {
        return place.position() + " " + place.passing() + " " + print.length() + " " + print.head() + " " + print.tail()
                + " " + key;
    }

    /** The bookmark; empty when it was not written so. */
    static Optional<LogBookmark> read(String text) {
        String[] parts = text.split(" ", 6);
        try {
            Fingerprint print =
                    new Fingerprint(Long.parseLong(parts[2]), Long.parseLong(parts[3]), Long.parseLong(parts[4]));
            Place place = new Place(Long.parseLong(parts[0]), Boolean.parseBoolean(parts[1]));
            return Optional.of(new LogBookmark(place, print, parts[5]));
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }
}
