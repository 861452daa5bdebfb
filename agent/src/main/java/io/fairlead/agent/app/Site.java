package io.fairlead.agent.app;

import io.fairlead.agent.kernel.CannotStart;
import io.fairlead.agent.link.Dialer;
import io.fairlead.agent.link.Identity;
import io.fairlead.agent.link.PinnedCas;
import io.fairlead.agent.link.Relays;
import io.fairlead.agent.link.ServerAddress;
import io.fairlead.agent.link.TunnelLink;
import io.fairlead.agent.site.SiteConfig;
import io.fairlead.agent.site.SiteFolders;
import io.fairlead.agent.site.SiteGate;
import io.fairlead.agent.site.SiteGuard;
import io.fairlead.agent.site.SiteServer;
import io.fairlead.settings.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;

/**
 * The customer's word as this start finds it.
 *
 * @param gate judges {@code site.conf} anew at each action
 * @param config what it says now, or what is left of it while it cannot be believed
 */
record Site(SiteGuard guard, SiteGate gate, SiteConfig config) {
    /**
     * Reads the file.
     *
     * @throws CannotStart when something in the file is wrong, with file and line
     */
    static Site read(RunSettings settings, Path data) {
        Path file = settings.site();
        try {
            SiteGuard guard = new SiteGuard(file, settings.demo(), settings.host());
            SiteFolders folders = SiteFolders.of(settings.program(), data, settings.environment());
            // Judged before and after, so that what was read was the customer's at both ends.
            boolean denied = guard.judge().denial().isPresent();
            SiteConfig word = Files.isReadable(file) ? SiteConfig.read(file, folders) : SiteConfig.defaults();
            SiteGate gate = new SiteGate(guard, word, Clock.system(ZoneId.systemDefault()));
            return new Site(guard, gate, denied || guard.judge().denial().isPresent() ? word.unbelieved() : word);
        } catch (SettingsException e) {
            throw new CannotStart(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new CannotStart("site.conf cannot be judged: " + e.getMessage());
        }
    }

    /** For the log and the customer's audit: whether the file counts. */
    String standing() {
        return guard.judge().denial().orElse("believed");
    }

    /**
     * The servers to talk to: those of the file, or the one of the enrolment when the file names none.
     *
     * @throws CannotStart when the file trusts another root
     */
    List<ServerAddress> servers(Identity identity) {
        if (!config.roots().isEmpty() && config.roots().stream().noneMatch(identity.cas()::descendsFrom)) {
            requireTrusted(PinnedCas.keyHash(identity.cas().roots().get(0)));
        }
        if (config.servers().isEmpty()) {
            return List.of(identity.server());
        }
        return config.servers().stream()
                .map(server -> new ServerAddress(server.host(), server.port()))
                .toList();
    }

    /** The ways to relays that the file allows. */
    Relays relays(TunnelLink link, Identity identity) {
        return new Relays(
                link,
                config.tunnels().ports(),
                servers(identity),
                config.tunnels().rate(),
                System::nanoTime);
    }

    /** Opens connections as the site's network lets. */
    Dialer dialer(RunSettings settings, AgentFolder folder) {
        return SiteWays.dialer(config.proxy(), settings, folder.pac());
    }

    /** @throws CannotStart when the file names servers and not this one, or roots and not this one */
    void requireAllowed(ServerAddress server, String rootKeyHash) {
        requireTrusted(rootKeyHash);
        if (!config.servers().isEmpty() && !config.servers().contains(new SiteServer(server.host(), server.port()))) {
            throw new CannotStart(
                    "site.conf does not allow the server " + server + "; its servers: " + config.servers());
        }
    }

    private void requireTrusted(String rootKeyHash) {
        if (!config.roots().isEmpty() && !config.roots().contains(rootKeyHash)) {
            throw new CannotStart(
                    "site.conf does not trust the root " + rootKeyHash + "; its trust.roots: " + config.roots());
        }
    }
}
