package io.fairlead.perf.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the operating system accounts to a process: processor time of all its threads, memory, and whose child it is. */
public final class Usage {
    /** Option of a JVM whose compilers end with it and not before: the time of a thread that has ended is nobody's. */
    static final String LASTING_COMPILERS = "-XX:-UseDynamicNumberOfCompilerThreads";

    private static final double TICK = 0.01;
    /** Of the kernel's accounting, as Linux has it everywhere: 10 ms. */
    private static final double TICKS = 100;

    private static final Path PROC = Path.of("/proc");

    private Usage() {}

    /** Seconds of processor time that the process has had so far, in its own code and in the kernel for it. */
    static double seconds(long pid) throws IOException {
        return seconds(Files.readString(PROC.resolve(pid + "/stat")));
    }

    private static double seconds(String stat) {
        String[] fields = fields(stat);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS;
    }

    /**
     * The same without what the JVM's compilers had: at first they take more than the program does, and once it is warm
     * nothing.
     */
    public static double secondsWithoutCompilers(long pid) throws IOException {
        double compilers = 0;
        try (Stream<Path> threads = Files.list(PROC.resolve(pid + "/task"))) {
            for (Path thread : threads.toList()) {
                try {
                    String stat = Files.readString(thread.resolve("stat"));
                    if (stat.contains(" CompilerThre")) {
                        compilers += seconds(stat);
                    }
                } catch (NoSuchFileException ended) {
                    // It has nothing to add.
                }
            }
        }
        return seconds(pid) - compilers;
    }

    /** The same since it was so much; at least a tick of the accounting, of 10 ms. */
    public static double secondsSince(long pid, double before) throws IOException {
        return Math.max(TICK, secondsWithoutCompilers(pid) - before);
    }

    /** The same of several together; of those that have ended, nothing. */
    static double seconds(List<Long> pids) throws IOException {
        double all = 0;
        for (long each : pids) {
            try {
                all += seconds(each);
            } catch (NoSuchFileException ended) {
                // It has nothing to add.
            }
        }
        return all;
    }

    /** How many files this process, and each that it starts, may have open. */
    static long mostFiles() throws IOException {
        return Files.readAllLines(PROC.resolve("self/limits")).stream()
                .filter(line -> line.startsWith("Max open files"))
                .map(line -> line.substring("Max open files".length()).strip().split(" ", 2)[0])
                .mapToLong(soft -> soft.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(soft))
                .findFirst()
                .orElseThrow();
    }

    /** MB (of 1,000,000 bytes) of memory that are present. */
    public static double megabytes(long pid) throws IOException {
        return megabytes(pid, "VmRSS:");
    }

    /** The same without what lies in files, which programs share. */
    static double ownMegabytes(long pid) throws IOException {
        return megabytes(pid, "RssAnon:");
    }

    private static double megabytes(long pid, String key) throws IOException {
        return Files.readAllLines(PROC.resolve(pid + "/status")).stream()
                .filter(line -> line.startsWith(key))
                .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024 / 1e6)
                .findFirst()
                .orElseThrow();
    }

    /** The process's children, their children, and so on. */
    static List<Long> descendants(long pid) throws IOException {
        List<Long> found = new ArrayList<>();
        List<Long> all;
        try (Stream<Path> entries = Files.list(PROC)) {
            all = entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> name.chars().allMatch(Character::isDigit))
                    .map(Long::valueOf)
                    .toList();
        }
        collect(pid, all, found);
        return found;
    }

    private static void collect(long parent, List<Long> all, List<Long> found) throws IOException {
        for (long each : all) {
            try {
                if (Long.parseLong(fields(each)[1]) == parent) {
                    found.add(each);
                    collect(each, all, found);
                }
            } catch (NoSuchFileException ended) {
                // It has nothing to add.
            }
        }
    }

    private static String[] fields(long pid) throws IOException {
        return fields(Files.readString(PROC.resolve(pid + "/stat")));
    }

    /** What follows the name, which may have spaces in it: the state is the first. */
    private static String[] fields(String stat) {
        return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    }
}
