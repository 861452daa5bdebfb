package io.fairlead.agent.site;

import io.fairlead.agent.link.Route;
import io.fairlead.agent.link.ServerAddress;
import io.fairlead.agent.pac.PacFetch;
import io.fairlead.settings.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How this site's network lets the agent out.
 *
 * @param use with {@code manual}: the ways in their order
 * @param pac with {@code pac}: where the file is
 * @param credentials the only proxies that are sent a user and a password
 * @param longestSilence what is never gone beyond in search of how long a connection may be silent
 */
public record SiteProxy(
        From from, List<Route> use, Optional<URI> pac, List<Named> credentials, Duration longestSilence) {
    private static final Duration LEAST_SILENCE = Duration.ofSeconds(3);
    private static final Duration MOST_SILENCE = Duration.ofSeconds(50);

    /** Where the ways come from. */
    public enum From {
        NONE,
        ENVIRONMENT,
        MANUAL,
        PAC
    }

    /** A proxy with a user; the password lies in a file of its own. */
    public record Named(ServerAddress proxy, String user, Path passwordFile) {}

    public SiteProxy {
        use = List.copyOf(use);
        credentials = List.copyOf(credentials);
    }

    static SiteProxy of(Settings proxy) {
        From from = proxy.choice("from", From.class, From.ENVIRONMENT);
        List<Route> use = SiteValues.each(proxy, "use", Route::parse);
        if (from == From.MANUAL && use.isEmpty() && !proxy.has("use")) {
            proxy.refuse("use", "is missing: from = manual needs a list such as [\"http://proxy.example:3128\"]");
        }
        Optional<URI> pac = SiteValues.optional(proxy, "pac", text -> new PacFetch(URI.create(text)).from());
        if (from == From.PAC && !proxy.has("pac")) {
            proxy.refuse("pac", "is missing: from = pac needs the address of the file");
        }
        Duration silence = proxy.duration("longest-silence", MOST_SILENCE, LEAST_SILENCE, MOST_SILENCE);
        return new SiteProxy(from, use, pac, credentials(proxy), silence);
    }

    private static List<Named> credentials(Settings proxy) {
        List<Named> all = new ArrayList<>();
        for (Settings each : proxy.sections("credentials")) {
            Optional<ServerAddress> address = SiteValues.required(each, "proxy", ServerAddress::parse);
            Optional<String> user = SiteValues.required(each, "user", SiteProxy::user);
            Optional<Path> file = SiteValues.required(each, "password-file", SiteValues::folder);
            if (address.isPresent()
                    && all.stream().anyMatch(named -> named.proxy().equals(address.get()))) {
                each.refuse("proxy", SiteValues.quoted(address.get().toString()) + " is there twice");
            } else if (address.isPresent() && user.isPresent() && file.isPresent()) {
                all.add(new Named(address.get(), user.get(), file.get()));
            }
        }
        return all;
    }

    private static String user(String text) {
        if (text.isBlank() || text.length() > 255 || text.chars().anyMatch(c -> c < ' ' || c == 127)) {
            throw new IllegalArgumentException("is no user: 1 to 255 printable characters");
        }
        return text;
    }
}
