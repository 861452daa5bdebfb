package io.fairlead.agent.app;

import io.fairlead.agent.host.Host;
import io.fairlead.agent.link.Dialer;
import io.fairlead.agent.link.EnvironmentRoutes;
import io.fairlead.agent.link.ProxyAccount;
import io.fairlead.agent.link.Routes;
import io.fairlead.agent.link.SecretText;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Builds what opens connections, from what the customer says of the site's network. */
final class SiteWays {
    private SiteWays() {}

    static Dialer dialer(SiteProxy proxy, RunSettings settings) {
        List<ProxyAccount> accounts = proxy.credentials().stream()
                .map(named ->
                        new ProxyAccount(named.proxy(), named.user(), password(named.passwordFile(), settings.host())))
                .toList();
        return new Dialer(routes(proxy, settings.environment()), accounts, System::nanoTime);
    }

    private static SecretText password(Path file, Host host) {
        return new PasswordFile(file, host.secret(file));
    }

    private static Routes routes(SiteProxy proxy, Map<String, String> environment) {
        return switch (proxy.from()) {
            case NONE -> Routes.direct();
            case ENVIRONMENT -> new EnvironmentRoutes(environment);
            case MANUAL -> Routes.fixed(proxy.use());
        };
    }
}
