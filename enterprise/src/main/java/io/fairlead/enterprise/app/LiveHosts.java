package io.fairlead.enterprise.app;

import io.fairlead.enterprise.allowlist.LiveHost;
import io.fairlead.firewall.Remark;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What a server listens on by its configuration, as customers' firewalls have to know it. */
final class LiveHosts {
    private static final int HTTPS = 443;

    private LiveHosts() {}

    static List<LiveHost> of(EnterpriseConfig config) {
        List<LiveHost> all = new ArrayList<>();
        List<Remark> notes =
                new ArrayList<>(List.of(new Remark("Do not inspect TLS: instruments show certificates of their own")));
        if (!config.tunnels().ports().isEmpty()) {
            notes.add(new Remark("Remote sessions prefer the further ports, and do without them"));
        }
        for (String name : config.agents().names()) {
            all.add(new LiveHost(
                    name,
                    new Remark("Status, files, instructions and remote sessions of instruments"),
                    new TreeSet<>(Set.of(config.agents().toldPort())),
                    new TreeSet<>(config.tunnels().ports()),
                    true,
                    notes));
        }
        for (String name : config.people().names()) {
            all.add(new LiveHost(
                    name,
                    new Remark("Console and this list, for the browsers of people"),
                    new TreeSet<>(Set.of(config.people().toldPort())),
                    new TreeSet<>(),
                    false,
                    List.of(new Remark("Instruments do not dial it"))));
        }
        config.integration().certificates().ifPresent(at -> all.add(services(URI.create(at.published()))));
        return all;
    }

    /** What other systems dial, which may stand beside the instruments. */
    private static LiveHost services(URI at) {
        return new LiveHost(
                at.getHost().replaceAll("[\\[\\]]", ""),
                new Remark("Services for other systems that show client certificates"),
                new TreeSet<>(Set.of(at.getPort() < 0 ? HTTPS : at.getPort())),
                new TreeSet<>(),
                false,
                List.of(new Remark("Instruments do not dial it")));
    }
}
