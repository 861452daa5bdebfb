package io.fairlead.agent.status;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The PC itself: {@code pc.cpu} %, {@code pc.memory} %, {@code pc.uptime} s, and for each disk
 * {@code pc.disk.NAME.used} % and {@code pc.disk.NAME.free} By. Alarms {@code pc.cpu.high}, {@code pc.memory.high},
 * {@code pc.disk.full:NAME}.
 */
final class PcProbe implements Probe {
    private static final int LOOKS = 3;
    private static final Optional<String> PERCENT = Optional.of("%");

    private final PcMeter meter;
    private final List<Disk> disks = new ArrayList<>();
    private final StatusSettings settings;
    private final Threshold cpu = new Threshold("pc.cpu.high", "CPU load", LOOKS);
    private final Threshold memory = new Threshold("pc.memory.high", "Memory in use", LOOKS);

    private record Disk(Path folder, String name, Threshold full) {}

    PcProbe(PcSource source, StatusSettings settings, PcMeter meter) {
        this.settings = settings;
        this.meter = meter;
        for (Path folder : source.disks()) {
            String name = diskName(folder);
            disks.add(new Disk(folder, name, new Threshold("pc.disk.full:" + name, "Disk " + folder + " in use", 1)));
        }
    }

    /** {@code /} is {@code root}, {@code C:\} is {@code C}, {@code /data/results} is {@code data.results}. */
    static String diskName(Path folder) {
        String name = folder.toString().replaceAll("[^A-Za-z0-9]+", ".").replaceAll("^\\.|\\.$", "");
        return name.isEmpty() ? "root" : name.substring(0, Math.min(name.length(), 40));
    }

    @Override
    public String name() {
        return "pc";
    }

    @Override
    public void look(Findings findings) throws IOException, ProbeTrouble {
        OptionalDouble load = meter.cpuPercent();
        if (load.isPresent()) {
            findings.number("pc.cpu", tenths(load.getAsDouble()), PERCENT);
            cpu.look(load.getAsDouble(), settings.cpuWarnPercent(), findings);
        }
        OptionalDouble used = meter.memoryPercent();
        if (used.isPresent()) {
            findings.number("pc.memory", tenths(used.getAsDouble()), PERCENT);
            memory.look(used.getAsDouble(), settings.memoryWarnPercent(), findings);
        }
        OptionalDouble uptime = meter.uptimeSeconds();
        if (uptime.isPresent()) {
            findings.number("pc.uptime", Math.floor(uptime.getAsDouble()), Optional.of("s"));
        }
        look(disks, findings);
    }

    /** A disk that is gone must not hide the next one. */
    private void look(List<Disk> all, Findings findings) throws ProbeTrouble {
        List<String> gone = new ArrayList<>();
        for (Disk disk : all) {
            try {
                FileStore store = Files.getFileStore(disk.folder());
                long size = store.getTotalSpace();
                long free = store.getUsableSpace();
                if (size > 0) {
                    double percent = 100.0 * (size - free) / size;
                    findings.number("pc.disk." + disk.name() + ".used", tenths(percent), PERCENT);
                    findings.number("pc.disk." + disk.name() + ".free", (double) free, Optional.of("By"));
                    disk.full().look(percent, settings.diskWarnPercent(), findings);
                }
            } catch (IOException e) {
                gone.add(disk.folder().toString());
            }
        }
        if (!gone.isEmpty()) {
            throw new ProbeTrouble("cannot read the disk of " + String.join(", ", gone));
        }
    }

    private static double tenths(double value) {
        return Math.round(value * 10) / 10.0;
    }
}
