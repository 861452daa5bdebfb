package io.fairlead.agent.status;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Which files of a folder were read, as a bookmark keeps it. Each is known by its mark as long as there are few. In a
 * folder with more than a limit, only those changed last are; a line in time stands for all before them:
 *
 * <pre>
 * changed first ──── read, but for what is owed ────┤line├──── read if known by mark ──── changed last
 * </pre>
 *
 * So a file that comes into such a folder with a time before that of as many newest ones counts as read.
 */
final class ResultMarks {
    private static final String BEGUN = "!";
    private static final String OWED = "?";
    private static final String LINE = "<";

    /** Marks of files that were read, and when each was changed; 0 until it is met after a restart. */
    private final Map<String, Long> read = new HashMap<>();
    /** How often files were begun that are not read: in the bookmark a {@value #BEGUN} for each time. */
    private final Map<String, Integer> begun = new HashMap<>();
    /** Files before the line that could not be read yet. */
    private final Set<String> owed = new HashSet<>();

    private @Nullable ResultState line;

    private final int limit;

    /** @param limit on files that are known each */
    ResultMarks(String bookmark, int limit) {
        this.limit = limit;
        for (String mark : bookmark.isEmpty() ? new String[0] : bookmark.split(" ", -1)) {
            if (mark.startsWith(LINE)) {
                line = line(mark.substring(LINE.length()));
            } else if (mark.endsWith(OWED)) {
                owed.add(mark.substring(0, mark.length() - OWED.length()));
            } else if (mark.endsWith(BEGUN)) {
                int end = mark.indexOf(BEGUN);
                begun.put(mark.substring(0, end), mark.length() - end);
            } else {
                read.put(mark, 0L);
            }
        }
    }

    private static @Nullable ResultState line(String text) {
        int colon = text.indexOf(':');
        try {
            long changed = Long.parseLong(text.substring(0, Math.max(colon, 0)), Character.MAX_RADIX);
            return new ResultState(changed, text.substring(colon + 1));
        } catch (NumberFormatException e) {
            // Not written by us: at worst files are read again.
            return null;
        }
    }

    int limit() {
        return limit;
    }

    String bookmark() {
        StringJoiner marks = new StringJoiner(" ");
        if (line != null) {
            marks.add(LINE + Long.toString(line.changed(), Character.MAX_RADIX) + ":" + line.mark());
        }
        read.keySet().forEach(marks::add);
        begun.forEach((mark, tries) -> marks.add(mark + BEGUN.repeat(tries)));
        owed.forEach(mark -> marks.add(mark + OWED));
        return marks.toString();
    }

    boolean isRead(ResultState state) {
        if (read.computeIfPresent(state.mark(), (mark, changed) -> state.changed()) != null) {
            return true;
        }
        return isBehind(state) && !owed.contains(state.mark());
    }

    private boolean isBehind(ResultState state) {
        return line != null && state.compareTo(line) <= 0;
    }

    /** Whether it is known by its mark, and not only by the line. */
    boolean knows(ResultState state) {
        String mark = state.mark();
        return read.containsKey(mark) || begun.containsKey(mark) || owed.contains(mark);
    }

    boolean isOwed(ResultState state) {
        return owed.contains(state.mark());
    }

    void read(ResultState state) {
        begun.remove(state.mark());
        owed.remove(state.mark());
        if (!isBehind(state)) {
            read.put(state.mark(), state.changed());
        }
    }

    /** How often it was begun, with this time. */
    int begin(ResultState state) {
        return begun.merge(state.mark(), 1, Integer::sum);
    }

    void notBegun(ResultState state) {
        begun.remove(state.mark());
    }

    /** Forgets files that are no longer there; whether there were any. */
    boolean keepOnly(Set<String> present) {
        boolean changed = read.keySet().retainAll(present);
        changed |= begun.keySet().retainAll(present);
        changed |= owed.retainAll(present);
        return changed;
    }

    /** The folder has few files again: without a line, those that were behind it are known each. */
    boolean withoutLine(Collection<ResultState> behind) {
        if (line == null) {
            return false;
        }
        behind.stream().filter(state -> !isOwed(state)).forEach(state -> read.put(state.mark(), state.changed()));
        line = null;
        owed.clear();
        return true;
    }

    /**
     * Moves the line on until few are known by mark; whether it moved.
     *
     * @param oldest the file that waits longest, before which the line stays; null when none does
     * @param unreadable files that may be passed, and stay owed
     */
    boolean draw(@Nullable ResultState oldest, Collection<ResultState> unreadable) {
        if (read.size() <= limit) {
            return false;
        }
        List<ResultState> all = read.entrySet().stream()
                .map(each -> new ResultState(each.getValue(), each.getKey()))
                .sorted()
                .toList();
        boolean moved = false;
        for (ResultState each : all.subList(0, all.size() - limit)) {
            if (oldest != null && each.compareTo(oldest) >= 0) {
                break;
            }
            moved = true;
            read.remove(each.mark());
            line = each;
        }
        unreadable.stream().filter(this::isBehind).forEach(state -> owed.add(state.mark()));
        return moved;
    }
}
