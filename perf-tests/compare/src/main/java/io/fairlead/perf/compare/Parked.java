package io.fairlead.perf.compare;

import java.io.IOException;
import java.util.Arrays;

/**
 * One of two servers at which polls are parked, and the load that parks them.
 *
 * @param name by which the load knows it
 * @param pid of the server
 * @param devices how many park
 */
record Parked(Program load, String name, long pid, int devices) {
    private static final double NEARLY = 0.99;

    void park() throws IOException {
        park(devices);
    }

    /** The first of them. */
    void park(int some) throws IOException {
        String[] parked = load.ask("park " + name + " " + some, "parked");
        if (Integer.parseInt(parked[3]) > 0 || Integer.parseInt(parked[1]) < some * NEARLY) {
            throw new IOException(
                    name + ": of " + some + " polls " + parked[1] + " were parked, " + parked[3] + " failed");
        }
    }

    void leave() throws IOException {
        String[] unused = load.ask("leave " + name, "left");
    }

    /** When so many instructions came, in order, by System.nanoTime. */
    long[] arrivals(int count) throws IOException {
        String[] words = load.ask("arrivals " + count, "arrived");
        long[] times = Arrays.stream(words)
                .skip(1)
                .filter(word -> !word.isEmpty())
                .mapToLong(Long::parseLong)
                .sorted()
                .toArray();
        if (times.length < count) {
            throw new IOException(name + ": of " + count + " instructions only " + times.length + " arrived");
        }
        return times;
    }

    /** Seconds from a moment, by System.nanoTime, until all have an instruction. */
    double secondsUntilAllWoke(long from) throws IOException {
        long[] times = arrivals(devices);
        return (times[times.length - 1] - from) / 1e9;
    }

    /** KB of memory of the server, its garbage collected. */
    double kilobytes() throws IOException, InterruptedException {
        Garbage.collect(pid);
        return Usage.megabytes(pid) * 1e3;
    }
}
