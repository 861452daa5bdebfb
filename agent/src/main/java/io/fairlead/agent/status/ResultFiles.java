package io.fairlead.agent.status;

import io.fairlead.contract.agent.Severity;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Watches a folder for result files. A file is complete when two looks on end found the same size and time; then it is
 * read once. A file that is written again later is read again, as a whole. Malformed files are told of once and passed
 * over.
 *
 * <pre>
 * unseen ──looked at──▶ settling ──same twice──▶ read (or told malformed) ──changed──▶ settling
 * </pre>
 */
final class ResultFiles implements Probe {
    static final int MAX_FILES = 5000;
    static final long MAX_BYTES = 4 << 20;
    private static final int MAX_READ_A_LOOK = 4;
    private static final int LOOKS_TO_QUIET = 4;
    private static final int LOOKS_BETWEEN_FULL = 60;

    private final ResultSource source;
    private final ResultReader reader;
    private final PathMatcher glob;

    private boolean first;
    private Set<String> done = new HashSet<>();
    private Map<Path, String> settling = new TreeMap<>();
    private long folderChanged = Long.MIN_VALUE;
    private int quietLooks;

    ResultFiles(ResultSource source, Optional<String> remembered) {
        this.source = source;
        this.reader = source.format() == ResultSource.Format.CSV ? new CsvResults(source) : new JsonResults(source);
        this.glob = source.folder().getFileSystem().getPathMatcher("glob:" + source.glob());
        this.first = remembered.isEmpty();
        remembered.filter(text -> !text.isEmpty()).ifPresent(text -> done.addAll(List.of(text.split(" ", -1))));
    }

    static String bookmarkKey(ResultSource source) {
        return "results/" + source.name();
    }

    @Override
    public String name() {
        return "results:" + source.name();
    }

    @Override
    public void look(Findings findings) throws IOException, ProbeTrouble {
        if (!listingNeeded(findings)) {
            return;
        }
        Map<Path, String> seen = list();
        Set<String> present = new HashSet<>(seen.values());
        boolean changed = done.retainAll(present);
        if (first) {
            first = false;
            changed = true;
            if (!source.fromStart()) {
                done.addAll(present);
            }
        }
        seen.values().removeIf(done::contains);
        List<Path> complete = new ArrayList<>();
        seen.forEach((file, state) -> {
            if (state.equals(settling.get(file)) && complete.size() < MAX_READ_A_LOOK) {
                complete.add(file);
            }
        });
        settling = seen;
        try {
            for (Path file : complete) {
                read(file, findings);
                done.add(String.valueOf(settling.remove(file)));
                changed = true;
            }
        } finally {
            if (changed) {
                findings.remember(bookmarkKey(source), String.join(" ", done));
            }
        }
    }

    /**
     * A folder's time changes with its names, so a quiet folder costs one call. File systems count time in steps of up to
     * two seconds, and some file servers do not keep a folder's time at all: hence the looks between.
     */
    private boolean listingNeeded(Findings findings) throws IOException, ProbeTrouble {
        try {
            long changed = Files.getLastModifiedTime(source.folder()).to(TimeUnit.MICROSECONDS);
            quietLooks = changed == folderChanged && settling.isEmpty() ? quietLooks + 1 : 0;
            folderChanged = changed;
            return quietLooks < LOOKS_TO_QUIET || quietLooks % LOOKS_BETWEEN_FULL == 0;
        } catch (NoSuchFileException e) {
            if (first) {
                // What comes into being from now on is new.
                first = false;
                findings.remember(bookmarkKey(source), "");
            }
            throw new ProbeTrouble("no folder " + source.folder());
        }
    }

    /** The files that match, in the order of their names, each with its state: a checksum of name, size and time. */
    private Map<Path, String> list() throws IOException, ProbeTrouble {
        Map<Path, String> files = new TreeMap<>();
        try (DirectoryStream<Path> folder =
                Files.newDirectoryStream(source.folder(), path -> glob.matches(path.getFileName()))) {
            for (Path file : folder) {
                state(file).ifPresent(state -> files.put(file, state));
                if (files.size() > MAX_FILES) {
                    throw new ProbeTrouble("more than " + MAX_FILES + " files in " + source.folder());
                }
            }
        } catch (NotDirectoryException e) {
            throw new ProbeTrouble("no folder " + source.folder());
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return files;
    }

    /** Empty for what is no file, or a file without bytes: its writer has only begun. */
    private static Optional<String> state(Path file) throws IOException {
        try {
            BasicFileAttributes seen = Files.readAttributes(file, BasicFileAttributes.class);
            if (!seen.isRegularFile() || seen.size() == 0) {
                return Optional.empty();
            }
            long hash = 1125899906842597L;
            String state = file.getFileName() + "\0" + seen.size() + "\0"
                    + seen.lastModifiedTime().toMillis();
            for (int i = 0; i < state.length(); i++) {
                hash = 31 * hash + state.charAt(i);
            }
            return Optional.of(Long.toString(hash, Character.MAX_RADIX));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private void read(Path file, Findings findings) throws IOException {
        Batch found = new Batch();
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new ResultReader.MalformedResult("more than " + MAX_BYTES + " bytes");
            }
            reader.read(file, found);
            found.records().forEach(findings::record);
        } catch (NoSuchFileException e) {
            // Taken away by its owner before we came to it.
        } catch (ResultReader.MalformedResult | RuntimeException e) {
            // Also what a parser did not foresee: one file must never keep the next from being read.
            findings.event(
                    "result.malformed", Severity.WARNING, name() + ": " + file.getFileName() + ": " + e.getMessage());
        }
    }
}
