package io.fairlead.agent.status;

import io.fairlead.contract.agent.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

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
 * memory, say) is passed over after the third time. However many files there are, a look goes no further than
 * {@value #MAX_FILES}: through a folder with more it takes several ({@link ResultWalk}).
 */
final class ResultFiles implements Probe {
    private static final int MAX_FILES = 5000;
    static final long MAX_BYTES = 1 << 20;
    private static final int MAX_READ_A_LOOK = 4;
    private static final int MAX_TRIES = 3;
    private static final int LOOKS_BETWEEN_TRIES = 30;
    private static final int LOOKS_TO_QUIET = 4;
    private static final int LOOKS_BETWEEN_FULL = 60;

    private final ResultSource source;
    private final ResultReader reader;
    private final PathMatcher glob;
    private final ResultMarks marks;

    private boolean first;
    private @Nullable ResultWalk walk;
    private Map<Path, ResultState> settling = new TreeMap<>();
    private long folderChanged = Long.MIN_VALUE;
    private int quietLooks;
    /** Files that could not be read, and the look at which each is tried again. */
    private final Map<ResultState, Integer> unreadable = new HashMap<>();

    private final Set<ResultState> reading = new HashSet<>();
    private int looks;
    private String trouble = "";

    ResultFiles(ResultSource source, Optional<String> remembered) {
        this(
                source,
                remembered,
                source.format() == ResultSource.Format.CSV ? new CsvResults(source) : new JsonResults(source),
                MAX_FILES);
    }

    /** @param limit on files looked at in a look, and on those that are known each */
    ResultFiles(ResultSource source, Optional<String> remembered, ResultReader reader, int limit) {
        this.source = source;
        this.reader = reader;
        this.glob = source.folder().getFileSystem().getPathMatcher("glob:" + source.glob());
        this.first = remembered.isEmpty();
        this.marks = new ResultMarks(remembered.orElse(""), limit);
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
        if (!lookingNeeded(findings)) {
            return;
        }
        looks++;
        ResultWalk walking = walk == null ? begin() : walk;
        boolean changed = false;
        Map<Path, ResultState> seen;
        if (goOn(walking)) {
            changed = end(walking);
            seen = walking.waiting();
        } else {
            seen = again(settling.keySet());
        }
        changed |= read(seen, findings);
        boolean begins = begin(seen, findings);
        settling = seen;
        if (begins) {
            findings.rememberFirst(bookmarkKey(source), marks.bookmark());
        } else if (changed) {
            findings.remember(bookmarkKey(source), marks.bookmark());
        }
        if (!unreadable.isEmpty()) {
            throw new ProbeTrouble(trouble);
        }
    }

    private ResultWalk begin() throws IOException, ProbeTrouble {
        ResultWalk begun = new ResultWalk(
                source.folder(),
                glob,
                marks,
                first && !source.fromStart(),
                state -> unreadable.getOrDefault(state, 0) > looks);
        walk = begun;
        return begun;
    }

    /** Whether the walk is at its end, and closed. */
    private boolean goOn(ResultWalk walking) throws IOException {
        boolean whole = true;
        try {
            whole = walking.goOn();
            return whole;
        } finally {
            if (whole) {
                close();
            }
        }
    }

    /** Forgets what is gone, and what a crowded folder has more than can be known each; whether that is much. */
    private boolean end(ResultWalk walked) {
        boolean changed = first;
        if (!first || source.fromStart()) {
            changed |= marks.keepOnly(walked.met());
            unreadable.keySet().removeIf(state -> !walked.met().contains(state.mark()));
        }
        first = false;
        if (walked.isCrowded()) {
            changed |= marks.draw(walked.oldest(), unreadable.keySet());
        } else {
            changed |= marks.withoutLine(walked.behind());
        }
        return changed;
    }

    /** The same files as they are now. */
    private static Map<Path, ResultState> again(Set<Path> files) throws IOException {
        Map<Path, ResultState> seen = new LinkedHashMap<>();
        for (Path file : files) {
            ResultState.of(file).ifPresent(state -> seen.put(file, state));
        }
        return seen;
    }

    /** Reads what was begun at the last look and is still the same; whether there was any. */
    private boolean read(Map<Path, ResultState> seen, Findings findings) {
        boolean changed = !reading.isEmpty();
        for (Map.Entry<Path, ResultState> each : List.copyOf(seen.entrySet())) {
            if (reading.remove(each.getValue())) {
                read(each.getKey(), each.getValue(), findings);
                seen.remove(each.getKey());
            }
        }
        reading.forEach(marks::notBegun);
        reading.clear();
        return changed;
    }

    /** Begins files that are complete, for the next look to read; whether there are any. */
    private boolean begin(Map<Path, ResultState> seen, Findings findings) {
        boolean begins = false;
        for (Map.Entry<Path, ResultState> each : List.copyOf(seen.entrySet())) {
            ResultState state = each.getValue();
            if (!state.equals(settling.get(each.getKey()))) {
                continue;
            }
            if (reading.size() == MAX_READ_A_LOOK) {
                break;
            }
            begins = true;
            if (marks.begin(state) <= MAX_TRIES) {
                met(state);
                reading.add(state);
            } else {
                malformed(each.getKey(), "the agent ended each time it was read", findings);
                done(state);
                seen.remove(each.getKey());
            }
        }
        return begins;
    }

    private void read(Path file, ResultState state, Findings findings) {
        try {
            read(file, findings);
            done(state);
        } catch (IOException e) {
            String why =
                    "cannot read " + file.getFileName() + ": " + e.getClass().getSimpleName();
            marks.notBegun(state);
            if (unreadable.size() < marks.limit() || unreadable.containsKey(state)) {
                trouble = why;
                met(state);
                unreadable.put(state, looks + LOOKS_BETWEEN_TRIES);
            } else {
                malformed(file, why + ", as " + marks.limit() + " others", findings);
                done(state);
            }
        }
    }

    private void done(ResultState state) {
        marks.read(state);
        met(state);
        unreadable.remove(state);
    }

    private void met(ResultState state) {
        if (walk != null) {
            walk.meet(state);
        }
    }

    /**
     * A folder's time changes with its names, so a quiet folder costs one call. File systems count time in steps of up to
     * two seconds, and some file servers do not keep a folder's time at all: hence the looks between.
     */
    private boolean lookingNeeded(Findings findings) throws IOException, ProbeTrouble {
        try {
            long changed = Files.getLastModifiedTime(source.folder()).to(TimeUnit.MICROSECONDS);
            if (walk != null) {
                return true;
            }
            boolean quiet = changed == folderChanged && settling.isEmpty() && unreadable.isEmpty();
            quietLooks = quiet ? quietLooks + 1 : 0;
            folderChanged = changed;
            return quietLooks < LOOKS_TO_QUIET || quietLooks % LOOKS_BETWEEN_FULL == 0;
        } catch (NoSuchFileException e) {
            close();
            if (first) {
                // What comes into being from now on is new.
                first = false;
                findings.remember(bookmarkKey(source), "");
            }
            throw new ProbeTrouble("no folder " + source.folder());
        }
    }

    /** Lets go of the folder. */
    @Override
    public void close() {
        try {
            if (walk != null) {
                walk.close();
            }
        } catch (IOException e) {
            // Read only: nothing is lost.
        }
        walk = null;
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
