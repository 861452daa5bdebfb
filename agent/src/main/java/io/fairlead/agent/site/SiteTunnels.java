package io.fairlead.agent.site;

import io.fairlead.agent.link.Relays;
import io.fairlead.settings.Settings;
import java.util.ArrayList;
import java.util.List;

/**
 * How the streams of remote sessions may leave the site.
 *
 * @param ports of relays, in the order in which they are tried; {@link Relays#SERVERS_OWN} for the one that polls go to
 */
public record SiteTunnels(List<Integer> ports) {
    /** What counts where the customer says nothing, or cannot be believed. */
    public static final SiteTunnels STANDARD = new SiteTunnels(List.of(17_002, 17_001, Relays.SERVERS_OWN));

    private static final String SERVER = "server";
    private static final int MOST_PORTS = 8;
    private static final int LAST_PORT = 65_535;

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
        return ports.isEmpty() ? STANDARD : new SiteTunnels(ports);
    }
}
