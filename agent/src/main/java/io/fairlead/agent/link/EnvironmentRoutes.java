package io.fairlead.agent.link;

import io.fairlead.agent.link.LinkException.Kind;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The proxy that {@code https_proxy} or {@code HTTPS_PROXY} names, but for the hosts of {@code no_proxy} or
 * {@code NO_PROXY} and this PC itself. A user and password in it are not taken: every account may read an environment.
 */
public final class EnvironmentRoutes implements Routes {
    private static final Logger LOG = LoggerFactory.getLogger(EnvironmentRoutes.class);
    private static final int HTTP_PORT = 80;

    private final String name;
    private final String proxy;
    private final NoProxy without;

    public EnvironmentRoutes(Map<String, String> environment) {
        this.name = environment.containsKey("https_proxy") ? "https_proxy" : "HTTPS_PROXY";
        String value = environment.getOrDefault(name, "").strip();
        int at = value.lastIndexOf('@');
        int slashes = value.indexOf("://");
        this.proxy = at < 0 ? value : value.substring(0, slashes < 0 ? 0 : slashes + 3) + value.substring(at + 1);
        this.without = new NoProxy(environment.getOrDefault("no_proxy", environment.getOrDefault("NO_PROXY", "")));
        if (at >= 0) {
            LOG.warn("proxy={} user=ignored reason=\"users and passwords stand in site.conf only\"", name);
        }
    }

    @Override
    public List<Route> to(ServerAddress server) throws IOException {
        if (proxy.isEmpty() || without.matches(server)) {
            return List.of(new Route.Direct());
        }
        @Nullable IllegalArgumentException wrong = null;
        try {
            return List.of(Route.parse(whole(proxy)));
        } catch (IllegalArgumentException e) {
            wrong = e;
        }
        throw new RouteException(
                Kind.PROXY_UNREACHABLE, "the environment's " + name + ": " + wrong.getMessage(), wrong);
    }

    /** As people write it: without a scheme, with a path, without a port. */
    private static String whole(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        String url = lower.contains("://") ? text : "http://" + text;
        url = lower.startsWith("socks5h://") ? "socks5" + url.substring(7) : url;
        url = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        return url.matches("(?i)http://([^:\\[\\]]+|\\[[^\\]]*])") ? url + ":" + HTTP_PORT : url;
    }
}
