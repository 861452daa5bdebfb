package io.fairlead.agent.status;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The files of one log: the one written now, and those it was before it was rotated away. However many there are, it
 * keeps no more than a limit of them in mind, and lists them the less often the more there are.
 */
final class LogFiles {
    private static final int LOOKS_BETWEEN_LISTS = 5;
    /** Files looked at for each look, on an average. */
    private static final int FILES_A_LOOK = 200;

    private final LogSource source;
    private final int limit;
    /** The file, where the source names one; else the folder of those it may be. */
    private final Path place;

    private final boolean single;
    private final DirectoryStream.Filter<Path> mine;
    /** Of a glob: the file changed last when the folder was listed, which it is when it changes and every few looks. */
    private @Nullable Path newest;

    private long folderChanged;
    private int looks;
    private int files;

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

    LogFiles(LogSource source, int limit) {
        this.source = source;
        this.limit = limit;
        this.single = source.plain();
        this.place = single ? source.folder().resolve(source.file()) : source.folder();
        if (single) {
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
            if (single) {
                return Optional.of(Seen.of(place)).filter(Seen::isFile);
            }
            long changed = Files.getLastModifiedTime(place).to(TimeUnit.MICROSECONDS);
            looks++;
            boolean due = looks >= Math.max(LOOKS_BETWEEN_LISTS, files / FILES_A_LOOK);
            boolean changedLately = changed != folderChanged && looks > files / limit;
            if (newest != null && !due && !changedLately) {
                return Optional.of(Seen.of(newest)).filter(Seen::isFile);
            }
            folderChanged = changed;
            looks = 0;
        } catch (NoSuchFileException e) {
            newest = null;
            return Optional.empty();
        }
        List<Seen> latest = latest();
        newest = latest.isEmpty() ? null : latest.get(latest.size() - 1).path();
        return latest.isEmpty() ? Optional.empty() : Optional.of(latest.get(latest.size() - 1));
    }

    /** Whether there are more than are kept in mind. */
    boolean areMany() {
        return files > limit;
    }

    /** The files of the log, the one changed last at the end; of many those changed last. */
    List<Seen> latest() throws IOException {
        return list(seen -> true, NavigableSet::pollFirst);
    }

    /** Those changed at a time or later, in microseconds, likewise; of many those changed first. */
    List<Seen> since(long changed) throws IOException {
        return list(seen -> seen.changed() >= changed, NavigableSet::pollLast);
    }

    /** The file with a key, as a bookmark says it. */
    Optional<Seen> keyed(String key) throws IOException {
        List<Seen> found = list(seen -> seen.keyText().equals(key), NavigableSet::pollLast);
        return found.stream().findFirst();
    }

    private List<Seen> list(Predicate<Seen> wanted, Consumer<NavigableSet<Seen>> drop) throws IOException {
        // File systems count time in steps of some milliseconds; within one the file written now is the last.
        NavigableSet<Seen> found = new TreeSet<>(Comparator.comparingLong(Seen::changed)
                .thenComparing(seen -> seen.path().endsWith(source.file()))
                .thenComparing(Seen::path));
        files = 0;
        try (DirectoryStream<Path> folder = Files.newDirectoryStream(source.folder(), mine)) {
            for (Path path : folder) {
                files++;
                seen(path).filter(wanted).ifPresent(found::add);
                if (found.size() > limit) {
                    drop.accept(found);
                }
            }
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return List.copyOf(found);
    }

    private static Optional<Seen> seen(Path path) throws IOException {
        try {
            return Optional.of(Seen.of(path)).filter(Seen::isFile);
        } catch (NoSuchFileException e) {
            // Rotated away while we looked.
            return Optional.empty();
        }
    }
}
