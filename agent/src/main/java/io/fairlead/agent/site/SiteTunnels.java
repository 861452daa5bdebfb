package io.fairlead.agent.site;

import io.fairlead.agent.link.Relays;
import io.fairlead.settings.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * How the streams of remote sessions may leave the site.
 *
 * @param ports of relays, in the order in which they are tried; {@link Relays#SERVERS_OWN} for the one that polls go to
 * @param rate bits a second of all together, in each direction; empty: as many as the line has
 * @param idle after which a session ends in which nobody did anything
 * @param watchers whether others may look at a desktop beside whoever asked for it, when he agrees
 * @param clipboard whether who is asked about control of a desktop may let text be copied as well
 */
public record SiteTunnels(List<Integer> ports, OptionalLong rate, Duration idle, boolean watchers, boolean clipboard) {
    /** What counts where the customer says nothing, or cannot be believed. */
    public static final SiteTunnels STANDARD = new SiteTunnels(
            List.of(17_002, 17_001, Relays.SERVERS_OWN), OptionalLong.empty(), Duration.ofMinutes(30), true, true);

    private static final String SERVER = "server";
    private static final int MOST_PORTS = 8;
    private static final int LAST_PORT = 65_535;
    private static final Duration LEAST_IDLE = Duration.ofMinutes(1);
    private static final Duration MOST_IDLE = Duration.ofHours(8);

    private enum Watchers {
        ALLOW,
        DENY
    }

    private enum Clipboard {
        NEVER,
        ASK
    }

    public SiteTunnels {
        ports = List.copyOf(ports);
    }

    static SiteTunnels of(Settings sessions) {
        List<Integer> ports = new ArrayList<>();
        List<String> words = sessions.words("relay-ports");
        if (sessions.has("relay-ports") && (words.isEmpty() || words.size() > MOST_PORTS)) {
            sessions.refuse("relay-ports", "has 1 to " + MOST_PORTS + " entries");
        }
        for (String word : words) {
            int port = word.matches("[0-9]{1,5}") ? Integer.parseInt(word) : 0;
            if (!word.equals(SERVER) && (port < 1 || port > LAST_PORT)) {
                sessions.refuse(
                        "relay-ports",
                        "has " + SiteValues.quoted(word) + ", which is neither server nor a whole number from 1 to "
                                + LAST_PORT);
            } else {
                ports.add(port);
            }
        }
        return new SiteTunnels(
                ports.isEmpty() ? STANDARD.ports() : ports,
                sessions.rate("rate"),
                sessions.duration("idle", STANDARD.idle(), LEAST_IDLE, MOST_IDLE),
                sessions.choice("watchers", Watchers.class, Watchers.ALLOW) == Watchers.ALLOW,
                sessions.choice("clipboard", Clipboard.class, Clipboard.ASK) == Clipboard.ASK);
    }
}
