package io.fairlead.agent.status;

import io.fairlead.contract.agent.Severity;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Watches a folder for result files. A file is complete when two looks on end found the same size and time; then it is
 * read once. A file that is written again later is read again, as a whole. Malformed files are told of once and passed
 * over. One that cannot be opened is tried again later, and keeps no other waiting.
 *
 * <pre>
 * unseen ──looked at──▶ settling ──same twice──▶ begun ──bookmark forced──▶ read (or told malformed) ──changed──▶ settling
 * </pre>
 *
 * The bookmark says before a file is read that it is begun: one that ends the agent each time it is read (by taking all
 * memory, say) is passed over after the third time.
 */
final class ResultFiles implements Probe {
    static final int MAX_FILES = 5000;
    static final long MAX_BYTES = 1 << 20;
    private static final int MAX_READ_A_LOOK = 4;
    private static final int MAX_TRIES = 3;
    private static final String BEGUN = "!";
    private static final int LOOKS_BETWEEN_TRIES = 30;
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
    /** How often files were begun that are not done: in the bookmark the state with a {@value #BEGUN} for each. */
    private final Map<String, Integer> begun = new HashMap<>();
    /** States of files that could not be read, and the look at which each is tried again. */
    private final Map<String, Integer> unreadable = new HashMap<>();

    private final Set<String> reading = new HashSet<>();
    private int looks;
    private String trouble = "";

    ResultFiles(ResultSource source, Optional<String> remembered) {
        this(
                source,
                remembered,
                source.format() == ResultSource.Format.CSV ? new CsvResults(source) : new JsonResults(source));
    }

    ResultFiles(ResultSource source, Optional<String> remembered, ResultReader reader) {
        this.source = source;
        this.reader = reader;
        this.glob = source.folder().getFileSystem().getPathMatcher("glob:" + source.glob());
        this.first = remembered.isEmpty();
        remembered.filter(text -> !text.isEmpty()).ifPresent(this::recall);
    }

    private void recall(String bookmark) {
        for (String mark : bookmark.split(" ", -1)) {
            int tries = mark.indexOf(BEGUN);
            if (tries < 0) {
                done.add(mark);
            } else {
                begun.put(mark.substring(0, tries), mark.length() - tries);
            }
        }
    }

    private String bookmark() {
        StringJoiner marks = new StringJoiner(" ");
        done.forEach(marks::add);
        begun.forEach((state, tries) -> marks.add(state + BEGUN.repeat(tries)));
        return marks.toString();
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
        changed |= begun.keySet().retainAll(present);
        unreadable.keySet().retainAll(present);
        looks++;
        for (Map.Entry<Path, String> each : List.copyOf(seen.entrySet())) {
            if (reading.contains(each.getValue())) {
                changed = true;
                if (read(each.getKey(), each.getValue(), findings)) {
                    seen.remove(each.getKey());
                }
            }
        }
        reading.clear();
        boolean begins = begin(seen, findings);
        settling = seen;
        if (begins) {
            findings.rememberFirst(bookmarkKey(source), bookmark());
        } else if (changed) {
            findings.remember(bookmarkKey(source), bookmark());
        }
        if (!unreadable.isEmpty()) {
            throw new ProbeTrouble(trouble);
        }
    }

    /** Begins files that are complete, for the next look to read; whether there are any. */
    private boolean begin(Map<Path, String> seen, Findings findings) {
        boolean begins = false;
        for (Map.Entry<Path, String> each : List.copyOf(seen.entrySet())) {
            String state = each.getValue();
            boolean complete = state.equals(settling.get(each.getKey()));
            if (!complete || reading.size() == MAX_READ_A_LOOK || unreadable.getOrDefault(state, 0) > looks) {
                continue;
            }
            begins = true;
            if (begun.merge(state, 1, Integer::sum) <= MAX_TRIES) {
                reading.add(state);
            } else {
                malformed(each.getKey(), "the agent ended each time it was read", findings);
                done(state);
                seen.remove(each.getKey());
            }
        }
        return begins;
    }

    /** Whether nothing more is to be done with the file in this state. */
    private boolean read(Path file, String state, Findings findings) {
        try {
            read(file, findings);
            done(state);
            return true;
        } catch (IOException e) {
            begun.remove(state);
            unreadable.put(state, looks + LOOKS_BETWEEN_TRIES);
            trouble = "cannot read " + file.getFileName() + ": " + e.getClass().getSimpleName();
            return false;
        }
    }

    private void done(String state) {
        begun.remove(state);
        unreadable.remove(state);
        done.add(state);
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
        } catch (AccessDeniedException e) {
            throw e;
        } catch (FileSystemException e) {
            // Gone in the meantime, a link in a circle, a file that its writer locks: no other is held up by it.
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
            malformed(file, String.valueOf(e.getMessage()), findings);
        }
    }

    private void malformed(Path file, String why, Findings findings) {
        findings.event("result.malformed", Severity.WARNING, name() + ": " + file.getFileName() + ": " + why);
    }
}
