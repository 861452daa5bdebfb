package io.fairlead.agent.status;

import io.fairlead.agent.status.LogFiles.Seen;
import io.fairlead.contract.agent.Severity;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Follows a log through growth, rotation by rename, rotation by copy and truncation, and restarts of the agent. The file
 * is kept open, so that what is written to it after it was renamed is still read.
 *
 * <pre>
 * none ──file there──▶ following ──shorter, or other bytes before our place──▶ its copy, or the same from its start
 *                          │
 *                          └──another file with bytes at the path, and ours quiet──▶ the next file by time, from its start
 * </pre>
 */
final class LogTail implements Probe {
    private static final int MAX_FILES = 1000;
    private static final int MAX_STEPS = 8;
    /** Where each step looks at many files: to the end of one, and to the next. */
    private static final int STEPS_AMONG_MANY = 2;

    private static final int MISSING_LOOKS = 10;
    private static final int MAX_FINISHED = 16;

    private final LogSource source;
    private final String name;
    private final LogFiles files;
    private final LineFeed feed;
    private final LineMatcher matcher;

    private Optional<LogBookmark> bookmark;
    private @Nullable OpenLog open;
    private int missingLooks;
    private final Deque<OpenLog> finished = new ArrayDeque<>();

    /**
     * @param feed shared by the logs of a thread
     * @param remembered what this probe remembered before the restart
     */
    LogTail(LogSource source, LineFeed feed, Optional<String> remembered) {
        this(source, feed, remembered, MAX_FILES);
    }

    /** @param limit on files kept in mind */
    LogTail(LogSource source, LineFeed feed, Optional<String> remembered, int limit) {
        this.source = source;
        this.name = "log:" + source.name();
        this.files = new LogFiles(source, limit);
        this.feed = feed;
        this.matcher = new LineMatcher(name, source.patterns());
        this.bookmark = remembered.flatMap(LogBookmark::read);
    }

    static String bookmarkKey(LogSource source) {
        return "log/" + source.name();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void look(Findings findings) throws IOException, ProbeTrouble {
        try {
            Optional<Seen> current = files.current();
            if (open != null && current.isPresent() && open.isQuiet(current.get())) {
                missingLooks = 0;
            } else {
                readOn(current, findings);
            }
        } catch (IOException e) {
            // A share that went away leaves a dead handle: the next look finds the file anew.
            letGo();
            throw e;
        }
    }

    /** @param seen the file written now, as this look found it */
    private void readOn(Optional<Seen> seen, Findings findings) throws IOException, ProbeTrouble {
        Optional<LogBookmark> before = bookmark;
        try {
            boolean more = true;
            for (int step = 0; more && step < (files.areMany() ? STEPS_AMONG_MANY : MAX_STEPS); step++) {
                Optional<Seen> current = step == 0 ? seen : files.current();
                more = follow(open == null ? begin(current, findings) : open, current, findings);
            }
        } finally {
            if (open != null) {
                bookmark = Optional.of(open.bookmark());
            }
            if (!bookmark.equals(before)) {
                bookmark.ifPresent(mark -> findings.remember(bookmarkKey(source), mark.write()));
            }
        }
    }

    /** Finds the file to begin with: the one read before the restart, wherever it is now, or the one written now. */
    private OpenLog begin(Optional<Seen> current, Findings findings) throws IOException, ProbeTrouble {
        Optional<OpenLog> known = bookmark.isPresent() ? known(bookmark.get()) : Optional.empty();
        if (known.isPresent()) {
            return begun(known.get());
        }
        if (current.isEmpty()) {
            // What comes into being from now on is new from its first line.
            bookmark = Optional.of(bookmark.orElse(LogBookmark.START));
            throw missing();
        }
        if (bookmark.isEmpty() && !source.fromStart()) {
            return begun(OpenLog.atEnd(current.get(), source.encoding(), feed));
        }
        if (bookmark.isPresent() && bookmark.get().print().length() > 0) {
            findings.event("log.gap", Severity.WARNING, name() + ": the file read last is gone; lines may be missing");
        }
        return begun(OpenLog.atStart(current.get(), source.encoding()));
    }

    private OpenLog begun(OpenLog log) {
        open = log;
        missingLooks = 0;
        return log;
    }

    private ProbeTrouble missing() {
        return new ProbeTrouble("no file " + source.folder().resolve(source.file()));
    }

    /** The file of a bookmark: the one with its key first, else any with its bytes. */
    private Optional<OpenLog> known(LogBookmark mark) throws IOException {
        if (!mark.key().isEmpty()) {
            Optional<Seen> keyed = files.keyed(mark.key());
            if (keyed.isPresent()) {
                Optional<OpenLog> log = OpenLog.at(keyed.get(), source.encoding(), mark.place(), mark.print());
                if (log.isPresent()) {
                    return log;
                }
            }
        }
        List<Seen> others = mark.print().length() > 0 ? files.latest() : List.of();
        for (Seen seen : others) {
            Optional<OpenLog> log = OpenLog.at(seen, source.encoding(), mark.place(), mark.print());
            if (log.isPresent()) {
                return log;
            }
        }
        return Optional.empty();
    }

    /** Reads on; whether there is more to go on with at once. */
    private boolean follow(OpenLog log, Optional<Seen> current, Findings findings) throws IOException, ProbeTrouble {
        if (log.lostContinuity(current)) {
            Optional<OpenLog> copy = copyOf(log);
            if (copy.isPresent()) {
                log.close();
                open = copy.get();
            } else {
                log.toStart();
            }
            return true;
        }
        boolean grew = read(log, false, findings);
        missingLooks = current.isPresent() ? 0 : missingLooks + 1;
        if (missingLooks > MISSING_LOOKS) {
            throw missing();
        }
        // A new file without bytes: writers often go on with the old one for a while.
        if (grew || current.isEmpty() || current.get().size() == 0 || known(log, current.get())) {
            return false;
        }
        Seen next = successor(log, current.get());
        while (read(log, true, findings)) {
            // To the end of the old one, and its last line even without an end.
        }
        bookmark = Optional.of(log.bookmark());
        open = null;
        finish(log);
        open = OpenLog.atStart(next, source.encoding());
        return true;
    }

    private boolean read(OpenLog log, boolean ended, Findings findings) throws IOException {
        return log.read(feed, ended, line -> matcher.line(line, findings));
    }

    private boolean known(OpenLog log, Seen seen) throws IOException {
        if (log.is(seen)) {
            return true;
        }
        for (OpenLog done : finished) {
            if (done.was(seen)) {
                return true;
            }
        }
        return false;
    }

    /** Rotation by copy and truncation: lines written after our last look may be in the copy only. */
    private Optional<OpenLog> copyOf(OpenLog log) throws IOException {
        if (log.isMarked()) {
            for (Seen seen : files.latest()) {
                Optional<OpenLog> copy = known(log, seen) ? Optional.empty() : log.copy(seen);
                if (copy.isPresent()) {
                    return copy;
                }
            }
        }
        return Optional.empty();
    }

    /** The file written after this one: the oldest that was changed since, at last the one written now. */
    private Seen successor(OpenLog log, Seen current) throws IOException {
        boolean passed = false;
        for (Seen seen : files.since(log.changed())) {
            if (log.is(seen)) {
                passed = true;
            } else if (passed && seen.size() > 0 && !known(log, seen)) {
                return seen;
            }
        }
        return current;
    }

    private void finish(OpenLog log) throws IOException {
        log.close();
        finished.add(log);
        if (finished.size() > MAX_FINISHED) {
            finished.remove();
        }
    }

    private void letGo() {
        if (open != null) {
            bookmark = Optional.of(open.bookmark());
            close();
            open = null;
        }
    }

    @Override
    public void close() {
        try {
            if (open != null) {
                open.close();
            }
        } catch (IOException e) {
            // Read only: nothing is lost.
        }
    }
}
