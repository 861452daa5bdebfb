package io.fairlead.firewall.format;

import io.fairlead.firewall.Allowlist;
import io.fairlead.firewall.Cidr;
import io.fairlead.firewall.Row;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Aliases for pfSense's bulk import (docs.netgate.com/pfsense/en/latest/firewall/aliases-import.html): a line an entry, its
 * description behind it, no comments. An alias of hosts and one of ports belong together, a pair for each set of ports, so
 * that no host gets the ports of another. pfSense resolves names itself, again and again.
 */
final class Pfsense implements Format {
    /** pf takes no longer name of a table. */
    private static final int LONGEST_NAME = 31;
    /** The import takes fewer than 200 characters. */
    private static final int LONGEST_DESCRIPTION = 199;

    private static final String HOW = """
            For each alias below: Firewall, Aliases, IP (Ports for those of ports), Import; the name as it stands here; paste
            the lines under it, without those that begin with a number sign; Save. At the end Apply Changes.
            Then a rule for each pair: Firewall, Rules, the interface of the instruments, Add (on top of what denies): Action
            Pass, Address Family IPv4+IPv6, and protocol, source, destination and port as it stands at the pair.
            pfSense resolves the names itself and keeps the connections' state: what comes back passes.
            An alias of that name is refused: it is there already. Edit it then, and add the lines that it lacks.
            Take it back: remove the rules, then the aliases whose names begin with FL_.""";

    @Override
    public String key() {
        return "pfsense";
    }

    @Override
    public String title() {
        return "pfSense (aliases)";
    }

    @Override
    public String mediaType() {
        return "text/plain; charset=utf-8";
    }

    @Override
    public String fileName() {
        return "fairlead-allowlist.pfsense.txt";
    }

    @Override
    public String render(Allowlist list) {
        StringBuilder text = new StringBuilder(Preface.of(list, HOW).text("#"));
        if (!list.sources().isEmpty()) {
            text.append("# Alias FL_FROM (IP)\n");
            list.sources().stream()
                    .map(Cidr::text)
                    .distinct()
                    .forEach(each -> text.append(each).append(" Instruments\n"));
            text.append('\n');
        }
        Map<String, List<Row>> pairs = list.rows().stream()
                .collect(Collectors.groupingBy(Pfsense::service, TreeMap::new, Collectors.toList()));
        pairs.values().forEach(rows -> text.append(pair(list, rows)));
        return text.toString();
    }

    private static String pair(Allowlist list, List<Row> rows) {
        Row first = rows.get(0);
        String hosts = Fingerprint.shortened("FL_TO_" + service(first), "_", LONGEST_NAME);
        String ports = Fingerprint.shortened("FL_PORTS_" + service(first), "_", LONGEST_NAME);
        StringBuilder text = new StringBuilder("# Rule: protocol " + first.protocol() + ", source "
                + (list.sources().isEmpty() ? "the instruments" : "FL_FROM") + ", destination " + hosts + ", port "
                + ports + "\n");
        rows.forEach(row -> text.append(Told.fully(list, row, "#")));
        text.append("# Alias ").append(hosts).append(" (IP)\n");
        rows.forEach(row -> text.append(row.to().text())
                .append(' ')
                .append(Told.briefly(list, row, LONGEST_DESCRIPTION))
                .append('\n'));
        text.append("# Alias ").append(ports).append(" (Ports)\n");
        first.allPorts().forEach(port -> text.append(port).append('\n'));
        return text.append('\n').toString();
    }

    /** Such as TCP_443_17001. */
    private static String service(Row row) {
        return row.protocol().text().toUpperCase(Locale.ROOT) + "_"
                + Told.ports(row.allPorts()).replace(' ', '_');
    }
}
