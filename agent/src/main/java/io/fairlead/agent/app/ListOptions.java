package io.fairlead.agent.app;

import io.fairlead.agent.link.Identity;
import io.fairlead.agent.link.LinkException;
import io.fairlead.agent.link.PinnedCas;
import io.fairlead.agent.link.Relays;
import io.fairlead.agent.link.ServerAddress;
import io.fairlead.agent.link.Sounder;
import io.fairlead.agent.reach.Source;
import io.fairlead.firewall.Selection;
import io.fairlead.firewall.Word;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Which rows of which allowlist are checked, and whose it must be. */
final class ListOptions {
    private static final int HTTPS = 443;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "URL",
            description = "A server that publishes the list, such as https://console.example.")
    private @Nullable String url;

    @Option(names = "--list", paramLabel = "FILE", description = "The list in JSON, as IT downloaded it.")
    private @Nullable Path list;

    @Option(
            names = "--root",
            paramLabel = "HASH",
            description =
                    "SHA-256 of the key of the enterprise's root, base64url, as the last part of an enrolment string"
                            + " is: vouches for the list at URL, a server for agents, where this PC is not enrolled with"
                            + " that enterprise.")
    private @Nullable String root;

    @Option(names = "--product", paramLabel = "ID", description = "Only rows of this product line.")
    private @Nullable String product;

    @Option(names = "--region", paramLabel = "ID", description = "Only rows of this region.")
    private @Nullable String region;

    @Option(names = "--only-needed", description = "Without ports that nothing needs.")
    private boolean onlyNeeded;

    /** Throws a ParameterException for what does not go together, or is none of these. */
    void refuseNonsense() {
        if (list != null && at().isPresent()) {
            throw usage("--list or URL, not both");
        }
        if (root != null && (at().isEmpty() || !root.matches("[A-Za-z0-9_-]{43}"))) {
            throw usage("--root goes with a URL, and is 43 letters, digits, - and _");
        }
    }

    /** Which of its rows. Throws a ParameterException for words that no list has. */
    Selection selection() {
        return new Selection(word(product, "--product"), word(region, "--region"), Optional.empty(), onlyNeeded);
    }

    /** The enterprise's authorities, where they are known. */
    Optional<PinnedCas> ours(Optional<Identity> identity, Sounder sounder) throws LinkException {
        Optional<ServerAddress> at = at();
        if (root != null && at.isPresent()) {
            return Optional.of(sounder.authorities(at.get(), root));
        }
        return identity.map(Identity::cas);
    }

    /** @param servers the agent's own */
    Source source(List<ServerAddress> servers, Site site, Sounder sounder, Optional<PinnedCas> ours, Clock clock)
            throws IOException, LinkException {
        if (list != null) {
            return Source.file(list, clock);
        }
        Optional<ServerAddress> at = at();
        if (at.isPresent()) {
            return Source.server(at.get(), sounder, ours, clock);
        }
        if (servers.isEmpty()) {
            throw usage("this PC is not enrolled and site.conf names no server: give --list FILE or a URL");
        }
        String why = "none publishes one";
        for (ServerAddress server : servers) {
            try {
                return Source.server(server, sounder, ours, clock).with(servers);
            } catch (LinkException e) {
                why = String.valueOf(e.getMessage());
            }
        }
        List<Integer> relays = site.config().tunnels().ports().stream()
                .filter(port -> port != Relays.SERVERS_OWN)
                .toList();
        return Source.own(servers, relays, why);
    }

    private Optional<ServerAddress> at() {
        return Optional.ofNullable(url).map(this::address);
    }

    private ServerAddress address(String text) {
        try {
            URI parsed = URI.create(text);
            String path = parsed.getPath() == null ? "" : parsed.getPath();
            if ("https".equals(parsed.getScheme())
                    && parsed.getHost() != null
                    && (path.isEmpty() || path.equals("/"))) {
                String host = parsed.getHost().replaceAll("[\\[\\]]", "");
                return new ServerAddress(host, parsed.getPort() < 0 ? HTTPS : parsed.getPort());
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw usage("\"" + text + "\" is not https://HOST or https://HOST:PORT");
    }

    private Optional<Word> word(@Nullable String text, String option) {
        try {
            return Optional.ofNullable(text).map(Word::new);
        } catch (IllegalArgumentException e) {
            throw usage(option + " " + e.getMessage());
        }
    }

    private ParameterException usage(String what) {
        return new ParameterException(spec.commandLine(), what);
    }
}
