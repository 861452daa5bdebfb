package io.fairlead.agent.reach;

import io.fairlead.agent.link.LinkException;
import io.fairlead.agent.link.PinnedCas;
import io.fairlead.agent.link.ServerAddress;
import io.fairlead.agent.link.Sounder;
import io.fairlead.firewall.Destination;
import io.fairlead.firewall.Protocol;
import io.fairlead.firewall.Remark;
import io.fairlead.firewall.Row;
import io.fairlead.firewall.Word;
import io.fairlead.firewall.format.JsonList;
import io.fairlead.firewall.format.NotAnAllowlist;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The rows to walk, and where they came from.
 *
 * @param said sentences for the report's head: whose list, which version, who vouches for it
 */
public record Source(Remark title, Word version, List<Row> rows, List<String> said) {
    private static final Word NONE = new Word("no-list");

    public Source {
        rows = List.copyOf(rows);
        said = List.copyOf(said);
    }

    /** The list's version; empty where there was none. */
    public Optional<String> list() {
        return version.equals(NONE) ? Optional.empty() : Optional.of(version.value());
    }

    /**
     * What IT has downloaded.
     *
     * @throws IOException when the file cannot be read, or holds no list: with a sentence that says where
     */
    public static Source file(Path file, Clock clock) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return of(
                    JsonList.read(in),
                    "from the file " + file
                            + ", for which this check asked nobody: the signature beside it says whose it is",
                    clock);
        } catch (NotAnAllowlist e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        } catch (NoSuchFileException e) {
            throw new IOException(file + " is not there", e);
        } catch (IOException e) {
            throw new IOException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * What a server publishes.
     *
     * @param ours the enterprise's authorities, where they are known: then the list must be signed by one of theirs
     * @throws LinkException when it cannot be fetched, is not the enterprise's, or is no list
     */
    public static Source server(ServerAddress server, Sounder sounder, Optional<PinnedCas> ours, Clock clock)
            throws LinkException {
        PublishedList published = PublishedList.of(server, sounder, ours, clock::instant);
        return of(published.list(), "from https://" + server + "/firewall/endpoints, " + published.whose(), clock);
    }

    private static Source of(JsonList list, String from, Clock clock) {
        List<String> said = new ArrayList<>();
        said.add(list.title() + ", version " + list.version() + " of " + list.issued());
        said.add(from);
        Instant now = clock.instant();
        if (list.expires().filter(now::isAfter).isPresent()) {
            said.add("THE LIST EXPIRED at " + list.expires().get() + ": fetch a newer one");
        }
        List<Row> rows = list.rows().stream().filter(row -> !row.isOver(now)).toList();
        return new Source(list.title(), list.version(), rows, said);
    }

    /**
     * What the agent itself dials, where there is no list.
     *
     * @param further ports of the same hosts that only remote sessions dial
     */
    public static Source own(List<ServerAddress> servers, Collection<Integer> further, String why) {
        Map<String, SortedSet<Integer>> ports = new LinkedHashMap<>();
        servers.forEach(server ->
                ports.computeIfAbsent(server.host(), host -> new TreeSet<>()).add(server.port()));
        List<Row> rows = new ArrayList<>();
        ports.forEach((host, needed) -> rows.add(new Row(
                Destination.of(host),
                Protocol.TCP,
                needed,
                new TreeSet<>(further),
                new TreeSet<>(),
                Optional.empty(),
                new Remark("Status messages, instructions, files and remote sessions"),
                true,
                Optional.empty(),
                Optional.empty(),
                List.of(new Remark("Do not inspect TLS: instruments show certificates of their own")))));
        return new Source(
                new Remark("What this agent dials"),
                NONE,
                rows,
                List.of("no list: these are this agent's own servers, from site.conf or its enrolment (" + why + ")"));
    }

    /** The same with rows for the agent's own servers that it does not name: what is dialled is checked, listed or not. */
    public Source with(List<ServerAddress> servers) {
        List<ServerAddress> missing =
                servers.stream().filter(server -> !names(server)).toList();
        if (missing.isEmpty()) {
            return this;
        }
        List<Row> all = new ArrayList<>(rows);
        all.addAll(own(missing, List.of(), "").rows());
        List<String> more = new ArrayList<>(said);
        more.add("THE LIST DOES NOT NAME " + missing + ", which this agent dials: added");
        return new Source(title, version, all, more);
    }

    private boolean names(ServerAddress server) {
        Destination to = Destination.of(server.host());
        return rows.stream()
                .anyMatch(row -> row.to().equals(to) && row.allPorts().contains(server.port()));
    }
}
