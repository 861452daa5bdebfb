package io.fairlead.agent.link;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a PAC file answers, such as {@code PROXY a:3128; SOCKS b:1080; DIRECT}: ways, the first is to be tried first. */
final class PacAnswer {
    private static final Pattern WAY = Pattern.compile("(?i)(DIRECT|PROXY|HTTP|SOCKS|SOCKS5)(?:\\s+(\\S+))?");
    private static final int MOST = 10;
    private static final int HTTP_PORT = 80;
    private static final int SOCKS_PORT = 1080;

    private PacAnswer() {}

    /**
     * Nothing at all means straight, as browsers take it. What this agent does not know (SOCKS 4, proxies spoken to over
     * TLS) is left out.
     *
     * @throws IOException when nothing that it knows is left
     */
    static List<Route> ways(String answer) throws IOException {
        if (answer.isBlank()) {
            return List.of(new Route.Direct());
        }
        List<Route> ways = new ArrayList<>();
        for (String each : answer.split(";", -1)) {
            Matcher way = WAY.matcher(each.strip());
            if (way.matches() && ways.size() < MOST) {
                add(way.group(1).toUpperCase(Locale.ROOT), way.group(2), ways);
            }
        }
        if (ways.isEmpty()) {
            throw new IOException(
                    "it answers \"" + ServerTrust.printable(answer) + "\", of which this agent knows no way");
        }
        return List.copyOf(ways);
    }

    private static void add(String kind, @Nullable String address, List<Route> ways) {
        if (kind.equals("DIRECT")) {
            ways.add(new Route.Direct());
        } else if (address != null) {
            boolean socks = kind.startsWith("SOCKS");
            boolean port = address.matches(".*:[0-9]+") && !address.matches("[^\\[]*:[^\\[]*:.*");
            try {
                ServerAddress proxy =
                        ServerAddress.parse(port ? address : address + ":" + (socks ? SOCKS_PORT : HTTP_PORT));
                ways.add(socks ? new Route.SocksProxy(proxy) : new Route.HttpProxy(proxy));
            } catch (IllegalArgumentException e) {
                // No address: the next way counts.
            }
        }
    }
}
