package io.fairlead.agent.site;

import io.fairlead.agent.remote.Service;
import io.fairlead.agent.status.DiagnosticSource;
import io.fairlead.agent.status.PcSource;
import io.fairlead.agent.status.StatusSources;
import io.fairlead.settings.Settings;
import io.fairlead.settings.SettingsException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What the customer says in {@code site.conf}. The agent only ever reads it. Every key with its unit, default and least
 * value stands in {@code site.conf.reference} beside this class.
 *
 * @param servers whom the agent may talk to; empty: only the server it is enrolled with
 * @param roots SHA-256 of the root keys that may be trusted, base64url without padding; empty: the one it is enrolled
 *     with
 * @param proxy how the site's network lets the agent out
 * @param files what may go and come
 * @param services what remote sessions may be about
 * @param tunnels how their streams may leave the site
 * @param approvers who answers where the policy says ask
 */
public record SiteConfig(
        List<SiteServer> servers,
        List<String> roots,
        SiteProxy proxy,
        SiteFiles files,
        StatusSources sources,
        List<DiagnosticSource> diagnostics,
        List<Service> services,
        SiteTunnels tunnels,
        Map<SiteAction, SiteRule> policy,
        SiteApprovers approvers,
        SiteLimits limits) {

    public SiteConfig {
        servers = List.copyOf(servers);
        roots = List.copyOf(roots);
        diagnostics = List.copyOf(diagnostics);
        services = List.copyOf(services);
        policy = Map.copyOf(policy);
    }

    /**
     * Reads the file; whether it may be believed is for {@link SiteGuard} to judge.
     *
     * @param folders where receive roots must not lie
     * @throws SettingsException with all that is wrong, each with file and line; the agent refuses to start
     */
    public static SiteConfig read(Path file, SiteFolders folders) {
        return of(Settings.read(file), folders);
    }

    /** What an empty file says. */
    public static SiteConfig defaults() {
        return of(Settings.of("defaults", ""), new SiteFolders(List.of()));
    }

    static SiteConfig of(Settings root, SiteFolders folders) {
        List<SiteServer> servers = SiteValues.each(root, "servers", SiteServer::parse);
        List<String> roots = SiteValues.each(root.section("trust"), "roots", SiteValues::keyHash);
        SiteConfig config = new SiteConfig(
                servers,
                roots,
                SiteProxy.of(root.section("proxy")),
                SiteFiles.of(root, folders),
                SiteProbes.sources(root),
                SiteProbes.diagnostics(root),
                SiteServices.of(root),
                SiteTunnels.of(root.section("sessions")),
                SiteRule.policy(root.section("policy")),
                SiteApprovers.of(root.section("approvers")),
                SiteLimits.of(root.section("limits")));
        root.done();
        return config;
    }

    /** The rule for an action. */
    public SiteRule rule(SiteAction action) {
        return policy.getOrDefault(action, SiteRule.standard(action));
    }

    /** The same without anything to follow or to run: what is left of a file that cannot be believed. */
    public SiteConfig unbelieved() {
        PcSource pc = new PcSource(true, List.of());
        StatusSources pcOnly = new StatusSources(pc, List.of(), List.of(), List.of());
        return new SiteConfig(
                servers,
                roots,
                proxy,
                SiteFiles.NOTHING,
                pcOnly,
                List.of(),
                List.of(),
                SiteTunnels.STANDARD,
                policy,
                SiteApprovers.NOBODY,
                SiteLimits.STANDARD);
    }
}
