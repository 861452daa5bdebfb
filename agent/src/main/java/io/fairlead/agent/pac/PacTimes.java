package io.fairlead.agent.pac;

import java.time.Clock;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * PAC's functions of time. Each takes one moment or two ends, both included, over midnight or new year where the second is
 * earlier, and as the last argument "GMT" where the PC's own zone does not count.
 */
final class PacTimes {
    private static final List<String> DAYS = List.of("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN");
    private static final List<String> MONTHS =
            List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");

    private final Clock clock;

    PacTimes(Clock clock) {
        this.clock = clock;
    }

    Object weekdayRange(Object[] args) {
        List<String> words = words(args);
        int today = now(args).getDayOfWeek().getValue() - 1;
        int from = words.isEmpty() ? -1 : DAYS.indexOf(words.get(0));
        int to = words.size() < 2 ? from : DAYS.indexOf(words.get(1));
        return from >= 0 && to >= 0 && within(today, from, to);
    }

    /** (h), (h, h), (h, m, h, m) or (h, m, s, h, m, s); of (h, h) the second is not included, as browsers do. */
    Object timeRange(Object[] args) {
        List<String> words = words(args);
        long[] n = words.stream()
                .mapToLong(word -> word.matches("\\d{1,2}") ? Long.parseLong(word) : -1)
                .toArray();
        ZonedDateTime now = now(args);
        long second = now.toLocalTime().toSecondOfDay();
        return switch (n.length) {
            case 1 -> now.getHour() == n[0];
            case 2 -> within(second, n[0] * 3600, Math.floorMod(n[1] * 3600 - 1, 86_400L));
            case 4 -> within(second, n[0] * 3600 + n[1] * 60, n[2] * 3600 + n[3] * 60);
            case 6 -> within(second, n[0] * 3600 + n[1] * 60 + n[2], n[3] * 3600 + n[4] * 60 + n[5]);
            default -> false;
        };
    }

    /** Days, months and years, each half of the arguments with the same kinds in the same order. */
    Object dateRange(Object[] args) {
        List<String> words = words(args);
        ZonedDateTime now = now(args);
        boolean one = words.size() == 1;
        if (words.isEmpty() || (!one && words.size() % 2 != 0)) {
            return false;
        }
        int half = one ? 1 : words.size() / 2;
        long from = 0;
        long to = 0;
        long today = 0;
        boolean years = false;
        // The largest unit first, whatever the order in the call.
        for (long unit : new long[] {YEAR, MONTH, DAY}) {
            for (int i = 0; i < half; i++) {
                if (unit(words.get(i)) == unit) {
                    from = from * 100 + value(words.get(i));
                    to = to * 100 + value(words.get(one ? i : i + half));
                    today = today * 100
                            + (unit == YEAR
                                    ? now.getYear()
                                    : unit == MONTH ? now.getMonthValue() : now.getDayOfMonth());
                    years = years || unit == YEAR;
                }
            }
        }
        return years ? from <= today && today <= to : within(today, from, to);
    }

    private static final long YEAR = 3;
    private static final long MONTH = 2;
    private static final long DAY = 1;

    private static long unit(String word) {
        return MONTHS.contains(word) ? MONTH : word.matches("\\d{4}") ? YEAR : DAY;
    }

    private static long value(String word) {
        return MONTHS.contains(word) ? MONTHS.indexOf(word) + 1 : word.matches("\\d{1,4}") ? Long.parseLong(word) : -1;
    }

    private static boolean within(long now, long from, long to) {
        return from <= to ? from <= now && now <= to : now >= from || now <= to;
    }

    private ZonedDateTime now(Object[] args) {
        boolean gmt =
                args.length > 0 && PacFunctions.text(args, args.length - 1).equalsIgnoreCase("GMT");
        return ZonedDateTime.now(gmt ? clock.withZone(ZoneOffset.UTC) : clock);
    }

    private static List<String> words(Object[] args) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < args.length; i++) {
            String word = PacFunctions.text(args, i).strip().toUpperCase(Locale.ROOT);
            if (!word.equals("GMT")) {
                words.add(word);
            }
        }
        return words;
    }
}
