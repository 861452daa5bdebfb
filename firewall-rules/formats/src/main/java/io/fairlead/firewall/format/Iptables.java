package io.fairlead.firewall.format;

import io.fairlead.firewall.Allowlist;
import io.fairlead.firewall.Cidr;
import io.fairlead.firewall.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A file for {@code iptables-restore --noflush} (iptables-restore(8)), for one family of addresses: rules in a chain of their
 * own, to which the administrator jumps himself. Naming an existing chain in such a file empties it; so the chain is named
 * after what is in it, and nothing can be emptied but a chain that gets the same rules again.
 */
final class Iptables implements Format {
    /** What the kernel keeps of a comment is 256 bytes with its end. */
    private static final int LONGEST_COMMENT = 255;
    /** So many ports go into one match (iptables-extensions(8), multiport). */
    private static final int MOST_PORTS = 15;

    private static final String HOW = """
            Try it, then load it. Without --noflush every rule that you have would be gone:
              iptables-restore --noflush --test fairlead-allowlist.iptables
              iptables-restore --noflush fairlead-allowlist.iptables
            Once, where the packets of the instruments pass (OUTPUT, on the instrument itself), before anything there denies:
              iptables -I FORWARD -j CHAIN
            Addresses are those to which the names led at RESOLVED.
            It lets out new connections to what is listed, and nothing in. What comes back passes by the rule that you
            have already: -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT
            The same file again changes nothing; another list is a chain of its own, beside this one.
            Take it back:
              iptables -D FORWARD -j CHAIN
              iptables -F CHAIN
              iptables -X CHAIN""";

    private final boolean ipv4;

    Iptables(boolean ipv4) {
        this.ipv4 = ipv4;
    }

    @Override
    public String key() {
        return ipv4 ? "iptables" : "ip6tables";
    }

    @Override
    public String title() {
        return ipv4 ? "Linux: iptables (IPv4)" : "Linux: ip6tables (IPv6)";
    }

    @Override
    public String mediaType() {
        return "text/plain; charset=utf-8";
    }

    @Override
    public String fileName() {
        return "fairlead-allowlist." + key();
    }

    @Override
    public boolean needsAddresses() {
        return true;
    }

    @Override
    public String render(Allowlist list) {
        String chain = "FAIRLEAD-" + Fingerprint.of(rules(list, ""));
        return Preface.of(list, HOW.replace("iptables", key()).replace("CHAIN", chain))
                        .text("#")
                + "*filter\n"
                + ":" + chain + " - [0:0]\n"
                + rules(list, "-A " + chain + " ")
                + "\nCOMMIT\n";
    }

    private String rules(Allowlist list, String add) {
        return list.rows().stream()
                .filter(row -> !(row.to() instanceof Cidr network) || network.isIpv4() == ipv4)
                .map(row -> "\n" + Told.fully(list, row, "#") + rules(list, row, add))
                .collect(Collectors.joining());
    }

    private String rules(Allowlist list, Row row, String add) {
        Leg leg = Leg.of(list, row, ipv4);
        if (!leg.isRule()) {
            return leg.comment();
        }
        String last = " -m conntrack --ctstate NEW -m comment --comment \"" + Told.briefly(list, row, LONGEST_COMMENT)
                + "\" -j ACCEPT\n";
        StringBuilder rules = new StringBuilder();
        for (String from : sources(leg)) {
            for (Cidr to : leg.to()) {
                for (String ports : handfuls(row)) {
                    rules.append(add).append(from).append("-d ").append(to.withPrefix());
                    rules.append(" -p ").append(row.protocol().text());
                    rules.append(" -m multiport --dports ").append(ports).append(last);
                }
            }
        }
        return rules.toString();
    }

    private static List<String> sources(Leg leg) {
        return leg.from().isEmpty()
                ? List.of("")
                : leg.from().stream()
                        .map(from -> "-s " + from.withPrefix() + " ")
                        .toList();
    }

    private static List<String> handfuls(Row row) {
        List<Integer> ports = List.copyOf(row.allPorts());
        List<String> handfuls = new ArrayList<>();
        for (int from = 0; from < ports.size(); from += MOST_PORTS) {
            handfuls.add(ports.subList(from, Math.min(ports.size(), from + MOST_PORTS)).stream()
                    .map(String::valueOf)
                    .collect(Collectors.joining(",")));
        }
        return handfuls;
    }
}
