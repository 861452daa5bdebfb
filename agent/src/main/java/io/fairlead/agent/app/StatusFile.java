package io.fairlead.agent.app;

import io.fairlead.agent.host.Host;
import io.fairlead.agent.kernel.StatusSection;
import io.fairlead.agent.poll.Stop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leaves word of the running agent in a file, for {@code agent status}: so nobody has to ask the agent itself, which
 * listens on nothing. Written every ten seconds, and a last time at the end.
 */
final class StatusFile implements Runnable {
    static final String NAME = "status.json";
    static final Duration EVERY = Duration.ofSeconds(10);
    private static final Logger LOG = LoggerFactory.getLogger(StatusFile.class);

    private final Path file;
    private final Host host;
    private final String version;
    private final List<StatusSection> sections;
    private final Clock clock;
    private final Stop stop;
    private final long process = ProcessHandle.current().pid();
    private final Instant started;
    private boolean failed;
    private boolean over;

    /** @param sections in the order in which they are shown */
    StatusFile(Path data, Host host, String version, List<StatusSection> sections, Clock clock, Stop stop) {
        this.file = places(data, host).stream()
                .filter(each -> Files.isWritable(each.getParent()))
                .findFirst()
                .orElse(data.resolve(NAME));
        this.host = host;
        this.version = version;
        this.sections = List.copyOf(sections);
        this.clock = clock;
        this.stop = stop;
        this.started = ProcessHandle.current().info().startInstant().orElseGet(clock::instant);
    }

    /** Where the file of an agent with this data folder may lie, the better place first. */
    static List<Path> places(Path data, Host host) {
        List<Path> places = new ArrayList<>();
        host.notices(data).ifPresent(folder -> places.add(folder.resolve(NAME)));
        places.add(data.resolve(NAME));
        return places;
    }

    @Override
    public void run() {
        try {
            do {
                write(false);
            } while (!stop.await(EVERY));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The last word of this run. */
    void end() {
        write(true);
    }

    private synchronized void write(boolean ended) {
        if (over) {
            return;
        }
        over = ended;
        List<StatusReport.Section> told = new ArrayList<>();
        for (StatusSection section : sections) {
            try {
                told.add(new StatusReport.Section(section.name(), section.lines()));
            } catch (RuntimeException e) {
                LOG.warn("status={} failed", section.name(), e);
            }
        }
        try {
            host.publish(file, new StatusReport(version, process, started, clock.instant(), ended, told).write());
            failed = false;
        } catch (IOException e) {
            if (!failed) {
                LOG.warn("status=unwritten file={} cause={}", file, e.toString());
            }
            failed = true;
        }
    }
}
