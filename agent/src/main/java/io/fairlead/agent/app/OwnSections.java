package io.fairlead.agent.app;

import io.fairlead.agent.host.DiskFloor;
import io.fairlead.agent.host.Host;
import io.fairlead.agent.kernel.StatusLine;
import io.fairlead.agent.kernel.TrustedTime;
import io.fairlead.agent.link.Identity;
import io.fairlead.agent.link.PinnedCas;
import io.fairlead.agent.site.SiteAction;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The parts of {@code agent status} that no room below can say alone. */
final class OwnSections {
    private final Clock clock;

    OwnSections(Clock clock) {
        this.clock = clock;
    }

    List<StatusLine> identity(Identity identity, List<?> servers) {
        return List.of(
                StatusLine.of("device", identity.deviceId()),
                StatusLine.of("servers", servers),
                StatusLine.of("enrolment", identity.enrolment()),
                StatusLine.of("certificate-until", identity.expires(), clock.instant()),
                StatusLine.of("renewal-due", identity.renewalDue(), clock.instant()),
                StatusLine.of("authorities", identity.cas().number()),
                StatusLine.of(
                        "root-key",
                        identity.cas().roots().stream().map(PinnedCas::keyHash).toList()));
    }

    List<StatusLine> clock(TrustedTime time) {
        List<StatusLine> lines = new ArrayList<>();
        lines.add(StatusLine.of("pc", clock.instant().truncatedTo(ChronoUnit.SECONDS)));
        if (!time.fresh()) {
            lines.add(StatusLine.of("compared", false, "not yet: the server's time was not heard since the start"));
            return lines;
        }
        Optional<Duration> wrong = time.wrongBy();
        lines.add(StatusLine.of(
                "ahead-seconds",
                wrong.map(Duration::toSeconds).orElse(0L),
                wrong.map(by -> "wrong: the PC's clock is " + StatusLine.span(by.abs())
                                + (by.isNegative() ? " behind" : " ahead") + "; set it right")
                        .orElse("within " + TrustedTime.WRONG.toMinutes() + " minutes of the server's")));
        return lines;
    }

    List<StatusLine> policy(Site site) {
        List<StatusLine> lines = new ArrayList<>();
        Optional<String> denial = site.guard().judge().denial();
        lines.add(StatusLine.of("file", site.guard().file()));
        lines.add(StatusLine.of(
                "believed",
                denial.isEmpty(),
                denial.map(why -> "no, everything is denied: " + why).orElse("yes")));
        for (SiteAction action : SiteAction.values()) {
            lines.add(StatusLine.of(action.word(), site.gate().rule(action).words()));
        }
        return lines;
    }

    static List<StatusLine> disks(DiskFloor floor) {
        // Read once: what is free differs from one look to the next.
        List<DiskFloor.Level> levels = floor.levels();
        return levels.stream()
                .map(level -> StatusLine.of(
                        "free-" + (levels.indexOf(level) + 1),
                        level.free(),
                        StatusLine.bytes(level.free()) + " at " + level.folder() + "; "
                                + StatusLine.bytes(level.floor())
                                + " are left for the instrument"
                                + (level.reached() ? ": reached, the spool grows no more" : "")))
                .toList();
    }

    static List<StatusLine> process(Host host) {
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        List<StatusLine> lines = new ArrayList<>();
        lines.add(StatusLine.of("java", Runtime.version().toString()));
        lines.add(StatusLine.of("system", host.system()));
        lines.add(StatusLine.of("priority", host.priority()));
        host.memory().ifPresent(bytes -> lines.add(StatusLine.of("memory", bytes, StatusLine.bytes(bytes))));
        lines.add(StatusLine.of("heap", heap, StatusLine.bytes(heap)));
        return lines;
    }
}
