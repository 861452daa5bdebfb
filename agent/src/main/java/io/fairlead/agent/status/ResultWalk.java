package io.fairlead.agent.status;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One walk through a folder of result files, at most {@link ResultMarks#limit} files a look: a folder with more
 * takes several looks. Of the files that wait to be read it finds as many, those changed first.
 */
final class ResultWalk implements Closeable {
    private static final int MAX_NAMES_A_LOOK = 50_000;

    private final DirectoryStream<Path> folder;
    private final Iterator<Path> names;
    private final PathMatcher glob;
    private final ResultMarks marks;
    private final boolean passing;
    private final Predicate<ResultState> putOff;

    private int files;
    private final Set<String> met = new HashSet<>();
    private final TreeMap<ResultState, Path> waiting = new TreeMap<>();
    /** Behind the line, as long as there are few files. */
    private final List<ResultState> behind = new ArrayList<>();

    /**
     * @param passing whether all that is there counts as read
     * @param putOff what waits, but not for now
     */
    // Open until close(), over several looks.
    @SuppressWarnings("StreamResourceLeak")
    ResultWalk(Path folder, PathMatcher glob, ResultMarks marks, boolean passing, Predicate<ResultState> putOff)
            throws IOException, ProbeTrouble {
        try {
            this.folder = Files.newDirectoryStream(folder);
        } catch (NotDirectoryException e) {
            throw new ProbeTrouble("no folder " + folder);
        }
        this.names = this.folder.iterator();
        this.glob = glob;
        this.marks = marks;
        this.passing = passing;
        this.putOff = putOff;
    }

    /** Goes on; whether the end is reached. */
    boolean goOn() throws IOException {
        int before = files;
        try {
            for (int i = 0; names.hasNext(); i++) {
                if (i == MAX_NAMES_A_LOOK || files - before == marks.limit()) {
                    return false;
                }
                Path file = names.next();
                if (glob.matches(file.getFileName())) {
                    Optional<ResultState> state = ResultState.of(file);
                    if (state.isPresent()) {
                        meet(file, state.get());
                    }
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return true;
    }

    private void meet(Path file, ResultState state) {
        files++;
        if (passing) {
            marks.read(state);
            if (files % marks.limit() == 0) {
                boolean unused = marks.draw(null, Set.of());
            }
            return;
        }
        if (marks.isRead(state)) {
            if (!marks.knows(state) && !isCrowded()) {
                behind.add(state);
            }
        } else if (!putOff.test(state)) {
            waiting.put(state, file);
            if (waiting.size() > marks.limit()) {
                waiting.pollLastEntry();
            }
        } else {
            met.add(state.mark());
        }
        if (marks.knows(state)) {
            met.add(state.mark());
        }
    }

    /** What was read or begun while the walk went on is there, whether the walk came by before or not. */
    void meet(ResultState state) {
        met.add(state.mark());
    }

    /** Whether it met more files than are known each. */
    boolean isCrowded() {
        return files > marks.limit();
    }

    /** Marks of all files that are known by one. */
    Set<String> met() {
        return met;
    }

    List<ResultState> behind() {
        return behind;
    }

    /** The file that waits longest, and can be read as far as is known. */
    @Nullable
    ResultState oldest() {
        return waiting.keySet().stream()
                .filter(state -> !marks.isOwed(state) && !marks.isRead(state))
                .findFirst()
                .orElse(null);
    }

    /** What waits to be read: in the order of names; in a crowded folder in that of time, so that none waits for ever. */
    Map<Path, ResultState> waiting() {
        Map<Path, ResultState> found = isCrowded() ? new LinkedHashMap<>() : new TreeMap<>();
        waiting.forEach((state, file) -> {
            if (!marks.isRead(state)) {
                found.put(file, state);
            }
        });
        return found;
    }

    @Override
    public void close() throws IOException {
        folder.close();
    }
}
