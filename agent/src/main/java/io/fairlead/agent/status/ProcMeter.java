package io.fairlead.agent.status;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The counters of Linux, from /proc (proc(5)). Java's own bean counts the page cache as memory in use before release 21,
 * and would call every healthy PC full.
 */
final class ProcMeter implements PcMeter {
    private final Path proc;
    private long total;
    private long idle;

    ProcMeter(Path proc) throws IOException {
        this.proc = proc;
        OptionalDouble sinceStart = cpuPercent();
        assert sinceStart.isEmpty() || total > 0;
    }

    /** {@code cpu user nice system idle iowait irq softirq steal …} in ticks since the start. */
    @Override
    public OptionalDouble cpuPercent() throws IOException {
        String[] ticks = line("stat").split(" +", -1);
        long totalNow = 0;
        for (int i = 1; i < Math.min(ticks.length, 9); i++) {
            totalNow += Long.parseLong(ticks[i]);
        }
        long idleNow = Long.parseLong(ticks[4]) + Long.parseLong(ticks[5]);
        long passed = totalNow - total;
        long idled = idleNow - idle;
        total = totalNow;
        idle = idleNow;
        return passed <= 0 ? OptionalDouble.empty() : percent(passed - idled, passed);
    }

    @Override
    public OptionalDouble memoryPercent() throws IOException {
        long all = 0;
        long available = -1;
        for (String line : lines("meminfo")) {
            if (line.startsWith("MemTotal:")) {
                all = kilobytes(line);
            } else if (line.startsWith("MemAvailable:")) {
                available = kilobytes(line);
                break;
            }
        }
        return all <= 0 || available < 0 ? OptionalDouble.empty() : percent(all - available, all);
    }

    @Override
    public OptionalDouble uptimeSeconds() throws IOException {
        String line = line("uptime");
        return OptionalDouble.of(Double.parseDouble(line.substring(0, line.indexOf(' '))));
    }

    private static OptionalDouble percent(long part, long whole) {
        return OptionalDouble.of(Math.max(0, Math.min(100, 100.0 * part / whole)));
    }

    private static long kilobytes(String line) {
        return Long.parseLong(line.split(" +", -1)[1]);
    }

    private String line(String file) throws IOException {
        return lines(file).get(0);
    }

    private List<String> lines(String file) throws IOException {
        return Files.readAllLines(proc.resolve(file));
    }
}
