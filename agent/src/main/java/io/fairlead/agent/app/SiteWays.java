package io.fairlead.agent.app;

import io.fairlead.agent.host.Host;
import io.fairlead.agent.kernel.Durable;
import io.fairlead.agent.link.Dialer;
import io.fairlead.agent.link.EnvironmentRoutes;
import io.fairlead.agent.link.PacRoutes;
import io.fairlead.agent.link.ProxyAccount;
import io.fairlead.agent.link.Routes;
import io.fairlead.agent.link.SecretText;
import io.fairlead.agent.pac.PacChild;
import io.fairlead.agent.pac.PacFetch;
import io.fairlead.agent.site.PasswordFile;
import io.fairlead.agent.site.SiteProxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Builds what opens connections, from what the customer says of the site's network. */
final class SiteWays {
    private SiteWays() {}

    /** @param pac where the last good PAC file is kept */
    static Dialer dialer(SiteProxy proxy, RunSettings settings, Path pac) {
        List<ProxyAccount> accounts = proxy.credentials().stream()
                .map(named ->
                        new ProxyAccount(named.proxy(), named.user(), password(named.passwordFile(), settings.host())))
                .toList();
        return new Dialer(routes(proxy, settings.environment(), pac), accounts, System::nanoTime);
    }

    private static SecretText password(Path file, Host host) {
        return new PasswordFile(file, host.secret(file));
    }

    private static Routes routes(SiteProxy proxy, Map<String, String> environment, Path pac) {
        return switch (proxy.from()) {
            case NONE -> Routes.direct();
            case ENVIRONMENT -> new EnvironmentRoutes(environment);
            case MANUAL -> Routes.fixed(proxy.use());
            case PAC ->
                new PacRoutes(
                        new PacFetch(proxy.pac().orElseThrow()), new PacChild(), new Durable(pac), System::nanoTime);
        };
    }
}
