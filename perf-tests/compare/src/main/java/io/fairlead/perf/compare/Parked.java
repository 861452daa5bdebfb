package io.fairlead.perf.compare;

import java.io.IOException;
import java.util.Arrays;

/** One of two servers with which polls are parked, and the load that parks them. */
record Parked(Program load, String name, long pid, int devices) {
    /** Parks all; says how many KB of memory the server has more for each, free heap given back. */
    double park() throws IOException, InterruptedException {
        collect();
        double before = Usage.megabytes(pid);
        parkAll();
        collect();
        return (Usage.megabytes(pid) - before) * 1e3 / devices;
    }

    void parkAll() throws IOException {
        String[] parked = load.ask("park " + name, "parked");
        if (Integer.parseInt(parked[1]) < devices) {
            throw new IOException(
                    name + ": of " + devices + " polls only " + parked[1] + " were parked, " + parked[2] + " failed");
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

    /** Has the JVM collect its garbage, twice: what the first one finds may end with the second only. */
    private void collect() throws IOException, InterruptedException {
        for (int i = 0; i < 2; i++) {
            Process command = new ProcessBuilder(Bench.java().replaceAll("java$", "jcmd"), Long.toString(pid), "GC.run")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (command.waitFor() != 0) {
                throw new CannotMeasure("jcmd, which a JDK has, does not reach the server");
            }
        }
    }
}
