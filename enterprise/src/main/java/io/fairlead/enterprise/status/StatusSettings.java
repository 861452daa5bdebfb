package io.fairlead.enterprise.status;

import java.time.Duration;

/**
 * How messages are taken and kept.
 *
 * @param group messages in one commit at most, 1 to 1,000; a report is never divided but by a failure. 1 stands for one
 *     commit a report
 * @param groups commits under way at most, 1 to 32; each holds a connection
 * @param linger how long the first message of a group waits for others; zero for not at all
 * @param queue messages waiting at most; a report beyond is refused as BUSY
 * @param patience after which a report that could not be committed is refused as UNAVAILABLE
 * @param days for which history, events and quarantine are kept, 7 to 3,650
 */
public record StatusSettings(int group, int groups, Duration linger, int queue, Duration patience, int days) {
    public StatusSettings {
        check("group", group, 1, 1_000);
        check("groups", groups, 1, 32);
        check("queue", queue, 200, 1_000_000);
        check("days", days, 7, 3_650);
        if (linger.isNegative() || linger.compareTo(Duration.ofSeconds(1)) > 0) {
            throw new IllegalArgumentException("linger is 0 to 1 second");
        }
        if (patience.compareTo(Duration.ofSeconds(1)) < 0 || patience.compareTo(Duration.ofSeconds(60)) > 0) {
            throw new IllegalArgumentException("patience is 1 to 60 seconds");
        }
    }

    private static void check(String key, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(key + " is " + least + " to " + most);
        }
    }

    public static StatusSettings defaults() {
        return new StatusSettings(200, 4, Duration.ofMillis(2), 20_000, Duration.ofSeconds(10), 400);
    }

    /** One commit a report, twice as many at a time: what the group commit is measured against. */
    public StatusSettings oneByOne() {
        return new StatusSettings(1, 2 * groups, Duration.ZERO, queue, patience, days);
    }

    /** Other sizes of a group and of what may wait. */
    public StatusSettings sized(int messages, int waiting) {
        return new StatusSettings(messages, groups, linger, waiting, patience, days);
    }

    public StatusSettings withDays(int kept) {
        return new StatusSettings(group, groups, linger, queue, patience, kept);
    }
}
