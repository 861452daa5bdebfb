package io.fairlead.agent.status;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.Optional;

/**
 * A result file as it was when looked at. Those changed first come first.
 *
 * @param changed in milliseconds since 1970
 * @param mark a checksum of name, size and time, without blanks: a file that is written again has another
 */
record ResultState(long changed, String mark) implements Comparable<ResultState> {
    private static final Comparator<ResultState> ORDER =
            Comparator.comparingLong(ResultState::changed).thenComparing(ResultState::mark);

    /** Empty for what is no file, or a file without bytes: its writer has only begun. */
    static Optional<ResultState> of(Path file) throws IOException {
        try {
            BasicFileAttributes seen = Files.readAttributes(file, BasicFileAttributes.class);
            if (!seen.isRegularFile() || seen.size() == 0) {
                return Optional.empty();
            }
            long changed = seen.lastModifiedTime().toMillis();
            String state = file.getFileName() + "\0" + seen.size() + "\0" + changed;
            long hash = 1125899906842597L;
            for (int i = 0; i < state.length(); i++) {
                hash = 31 * hash + state.charAt(i);
            }
            return Optional.of(new ResultState(changed, Long.toString(hash, Character.MAX_RADIX)));
        } catch (AccessDeniedException e) {
            throw e;
        } catch (FileSystemException e) {
            // Gone in the meantime, a link in a circle, a file that its writer locks: no other is held up by it.
            return Optional.empty();
        }
    }

    @Override
    public int compareTo(ResultState other) {
        return ORDER.compare(this, other);
    }
}
