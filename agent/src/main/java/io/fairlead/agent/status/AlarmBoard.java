package io.fairlead.agent.status;

import io.fairlead.contract.agent.Alarm;
import io.fairlead.contract.agent.Severity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which alarms are open, so that only changes are told. A code that flaps is told {@value #MAX_CHANGES} times a minute;
 * then it waits, and its last state is told when the next minute begins. The {@link Reporter}'s lock guards it.
 *
 * <pre>
 * closed ──raise──▶ open ──clear──▶ closed        too many changes: told later ──next minute──▶ the state as it is then
 * </pre>
 */
final class AlarmBoard {
    static final int MAX_CHANGES = 6;
    static final int MAX_CODES = 200;

    private final Map<String, Line> lines = new HashMap<>();
    private final Bookmarks bookmarks;
    private boolean full;

    /** Takes up the alarms that were open when the agent ended. */
    AlarmBoard(Bookmarks bookmarks) {
        this.bookmarks = bookmarks;
        bookmarks.under("alarm/").forEach((code, severity) -> {
            Line line = new Line();
            line.open = true;
            line.severity = severity;
            lines.put(code, line);
        });
    }

    /** What of these, in their order, is to be told in this minute. */
    List<Alarm> changes(List<Alarm> seen, long minute) {
        List<Alarm> tell = new ArrayList<>();
        for (Alarm alarm : seen) {
            Line line = lines.get(alarm.getCode());
            if (line == null && alarm.isRaised()) {
                if (lines.size() >= MAX_CODES) {
                    full = true;
                    continue;
                }
                line = new Line();
                lines.put(alarm.getCode(), line);
            }
            if (line != null) {
                line.wanted = alarm;
                line.settle(minute, tell);
            }
        }
        tell.forEach(this::keep);
        return tell;
    }

    /** What had to wait and may be told in this minute. */
    List<Alarm> waiting(long minute) {
        List<Alarm> tell = new ArrayList<>();
        for (Iterator<Line> each = lines.values().iterator(); each.hasNext(); ) {
            Line line = each.next();
            line.settle(minute, tell);
            if (!line.open && line.wanted == null && line.minute != minute) {
                each.remove();
            }
        }
        tell.forEach(this::keep);
        return tell;
    }

    /** Whether an alarm was not taken because too many codes are open; asking makes it false. */
    boolean overflowed() {
        boolean was = full;
        full = false;
        return was;
    }

    private void keep(Alarm alarm) {
        if (alarm.isRaised()) {
            bookmarks.put("alarm/" + alarm.getCode(), alarm.getSeverity().value());
        } else {
            bookmarks.remove("alarm/" + alarm.getCode());
        }
    }

    private static final class Line {
        private boolean open;
        private String severity = "";
        private @Nullable Alarm wanted;
        private long minute;
        private int changes;

        void settle(long now, List<Alarm> tell) {
            if (wanted == null) {
                return;
            }
            if (now != minute) {
                minute = now;
                changes = 0;
            }
            boolean same = wanted.isRaised() == open
                    && (!open || wanted.getSeverity().value().equals(severity));
            if (same) {
                wanted = null;
            } else if (changes < MAX_CHANGES) {
                changes++;
                open = wanted.isRaised();
                if (open) {
                    severity = wanted.getSeverity().value();
                } else {
                    // A clearing line seldom says how grave the alarm was.
                    wanted.setSeverity(Severity.fromValue(severity));
                }
                tell.add(wanted);
                wanted = null;
            }
        }
    }
}
