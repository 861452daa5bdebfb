package io.fairlead.agent.app;

import io.fairlead.agent.host.Host;
import io.fairlead.agent.kernel.Durable;
import io.fairlead.agent.kernel.LocalAudit;
import io.fairlead.agent.kernel.LocalAuditCode;
import io.fairlead.agent.link.IdentityFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * What another device left in a data folder, as where a disk was copied. It is moved into {@code set-aside-TIME} beside it,
 * never deleted: messages that were not sent are in it, and whoever set aside the wrong one can move it back. The customer's
 * audit and the logs are about this PC and stay.
 */
final class FormerDevice {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final AgentFolder folder;
    private final IdentityFolder identities;
    private final Host host;
    private final Clock clock;
    private final LocalAudit audit;

    FormerDevice(AgentFolder folder, IdentityFolder identities, Host host, Clock clock, LocalAudit audit) {
        this.folder = folder;
        this.identities = identities;
        this.host = host;
        this.clock = clock;
        this.audit = audit;
    }

    /**
     * The identity goes last: who is killed on the way has an identity without a journal, which does nothing, and may go on.
     *
     * @return the folder in which it lies now
     */
    Path setAside() throws IOException {
        Path aside = folder.data().resolve("set-aside-" + TIME.format(clock.instant()));
        Path identity = aside.resolve("identity");
        host.makePrivate(aside);
        host.makePrivate(identity);
        for (Path each : folder.ofTheDevice()) {
            if (Files.exists(each, LinkOption.NOFOLLOW_LINKS)) {
                Path unused = Files.move(each, aside.resolve(each.getFileName()));
            }
        }
        Durable.forceFolder(identity);
        Durable.forceFolder(aside);
        identities.moveTo(identity);
        audit.record(LocalAuditCode.SET_ASIDE, "folder", String.valueOf(aside.getFileName()));
        return aside;
    }
}
