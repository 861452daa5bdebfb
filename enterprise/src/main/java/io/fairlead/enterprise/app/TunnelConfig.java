package io.fairlead.enterprise.app;

import io.fairlead.settings.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How the streams of remote sessions are taken.
 *
 * @param ports where agents bring them, beside the agents' listener; each once
 * @param rate bits a second that each may carry in one direction; 0 for as many as there are
 * @param idle after which a session ends in which nobody did anything
 */
public record TunnelConfig(List<Integer> ports, long rate, Duration idle) {
    private static final List<Integer> STANDARD = List.of(17_002, 17_001);
    private static final int MOST_PORTS = 7;
    private static final int HIGHEST_PORT = 65_535;

    public TunnelConfig {
        ports = List.copyOf(ports);
    }

    static TunnelConfig of(Settings section) {
        List<Integer> ports = new ArrayList<>();
        List<String> words = section.words("ports");
        if (words.size() > MOST_PORTS) {
            section.refuse("ports", "has more than " + MOST_PORTS + " entries");
        }
        for (String word : words) {
            int port = word.matches("[0-9]{1,5}") ? Integer.parseInt(word) : 0;
            if (port < 1 || port > HIGHEST_PORT) {
                section.refuse("ports", "has " + word + ", which is not a whole number from 1 to " + HIGHEST_PORT);
            } else if (ports.contains(port)) {
                section.refuse("ports", "has " + port + " twice");
            } else {
                ports.add(port);
            }
        }
        return new TunnelConfig(
                section.has("ports") ? ports : STANDARD,
                section.rate("rate").orElse(0),
                Duration.ofMinutes(section.number("idle-minutes", 30, 1, 480)));
    }

    /** The same for a server on ports of its own: it leaves the standard ones to others. */
    TunnelConfig beside() {
        return ports.equals(STANDARD) ? new TunnelConfig(List.of(), rate, idle) : this;
    }
}
