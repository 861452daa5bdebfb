package io.fairlead.agent.status;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The files of one log: the one written now, and those it was before it was rotated away. */
final class LogFiles {
    private static final int MAX_FILES = 1000;
    private static final int LOOKS_BETWEEN_LISTS = 5;

    private final LogSource source;
    private final Path plain;
    private final DirectoryStream.Filter<Path> mine;
    /** Of a glob: the file changed last when the folder was listed, which it is when it changes and every few looks. */
    private @Nullable Path newest;

    private long folderChanged;
    private int looks;

    /**
     * A file as it was when looked at.
     *
     * @param key names the file whatever its path; null on Windows
     * @param size in bytes; negative for what is no file
     * @param changed in microseconds
     */
    record Seen(Path path, @Nullable Object key, long size, long changed) {
        static Seen of(Path path) throws IOException {
            BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class);
            return new Seen(
                    path,
                    file.fileKey(),
                    file.isRegularFile() ? file.size() : -1,
                    file.lastModifiedTime().to(TimeUnit.MICROSECONDS));
        }

        /** The key as text, for bookmarks; empty on Windows. */
        String keyText() {
            return key == null ? "" : key.toString();
        }

        boolean isFile() {
            return size >= 0;
        }
    }

    LogFiles(LogSource source) {
        this.source = source;
        this.plain = source.plain() ? source.folder().resolve(source.file()) : source.folder();
        if (source.plain()) {
            Pattern rotated = rotatedNames(source.file());
            this.mine = path -> rotated.matcher(path.getFileName().toString()).matches();
        } else {
            var glob = source.folder().getFileSystem().getPathMatcher("glob:" + source.file());
            this.mine = path -> glob.matches(path.getFileName());
        }
    }

    /** {@code a.log} itself, {@code a.log.1}, {@code a.log-20261121}, {@code a.log.old}, {@code a.1.log}, {@code a-2026-11-21.log}. */
    private static Pattern rotatedNames(String name) {
        String number = "[._-]?(?:\\d[\\dT._-]*|old|bak)";
        int dot = name.lastIndexOf('.');
        String between = dot <= 0
                ? ""
                : "|" + Pattern.quote(name.substring(0, dot)) + number + Pattern.quote(name.substring(dot));
        return Pattern.compile(Pattern.quote(name) + "(?:" + number + ")?" + between);
    }

    /** The file written now; empty while there is none. */
    Optional<Seen> current() throws IOException {
        try {
            if (source.plain()) {
                return Optional.of(Seen.of(plain)).filter(Seen::isFile);
            }
            long changed = Files.getLastModifiedTime(source.folder()).to(TimeUnit.MICROSECONDS);
            if (newest != null && changed == folderChanged && ++looks < LOOKS_BETWEEN_LISTS) {
                return Optional.of(Seen.of(newest)).filter(Seen::isFile);
            }
            folderChanged = changed;
            looks = 0;
        } catch (NoSuchFileException e) {
            newest = null;
            return Optional.empty();
        }
        List<Seen> all = all();
        newest = all.isEmpty() ? null : all.get(all.size() - 1).path();
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    /** All files of the log, the one changed last at the end. */
    List<Seen> all() throws IOException {
        List<Seen> found = new ArrayList<>();
        try (DirectoryStream<Path> folder = Files.newDirectoryStream(source.folder(), mine)) {
            for (Path path : folder) {
                add(path, found);
                if (found.size() > MAX_FILES) {
                    throw new IOException("more than " + MAX_FILES + " files match " + source.file());
                }
            }
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        // File systems count time in steps of some milliseconds; within one the file written now is the last.
        found.sort(Comparator.comparingLong(Seen::changed)
                .thenComparing(seen -> seen.path().endsWith(source.file()))
                .thenComparing(Seen::path));
        return found;
    }

    private static void add(Path path, List<Seen> found) throws IOException {
        try {
            Seen seen = Seen.of(path);
            if (seen.isFile()) {
                found.add(seen);
            }
        } catch (NoSuchFileException e) {
            // Rotated away while we looked.
        }
    }
}
