package io.fairlead.firewall.format;

import static io.fairlead.firewall.format.Grammar.check;
import static io.fairlead.firewall.format.Grammar.groups;

import io.fairlead.firewall.Cidr;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Read: "Objects for Access Control" of the ASA firewall configuration guides 9.17 to 9.22, section "Guidelines for Objects" (one
 * space of names for objects and groups, 64 characters, the alphabet) and the beginning of "Configure a Network Object" (a host, a
 * network, a fully qualified name); "Access Control Lists" of the ASA Series CLI guide, "Guidelines for ACLs" (a mask, not its
 * inverse; what is named must be there before; IPv4 and IPv6 in one extended list) and "Add an Extended ACE for … Fully-Qualified
 * Domain Name-Based Matching" (an object for each name); "Examples" of the ASA to FTD migration guide (access-list extended permit
 * with masks and object groups); "Adding Remarks to Access Lists" of the Firewall Services Module guide (100 characters); FDM's
 * REST reference, addNetworkObject (descriptions of 200 characters). Not confirmed by a page of the maker: the words fqdn v4 and
 * v6, any4 and any6, port-object eq; that a line which begins with an exclamation mark is a comment; that an entry which is there
 * already is not added again.
 */
final class CiscoAsaGrammar implements Grammar {
    private static final String NAME = "([A-Za-z0-9.!@#$%^&()_{}-]{1,64})";
    private static final Pattern COMMENT = Pattern.compile("! .+");
    private static final Pattern OBJECT = Pattern.compile("object network " + NAME);
    private static final Pattern FQDN = Pattern.compile(" fqdn (v4|v6) (" + HOST + ")");
    private static final Pattern ADDRESS = Pattern.compile(" (?:network-object )?host (" + IPV4 + "|" + IPV6 + ")");
    private static final Pattern SUBNET =
            Pattern.compile(" (?:subnet|network-object) (?:(" + IPV4 + ") (" + IPV4 + ")|(" + IPV6 + "/[0-9]{1,3}))");
    private static final Pattern DESCRIPTION = Pattern.compile(" description (" + PLAIN + "{1,200})");
    private static final Pattern GROUP = Pattern.compile("object-group network " + NAME);
    private static final Pattern PORTS = Pattern.compile("object-group service " + NAME + " (tcp|udp)");
    private static final Pattern PORT_OBJECT = Pattern.compile(" port-object eq (" + PORT + ")");
    private static final Pattern REMARK = Pattern.compile("access-list FAIRLEAD remark (" + PLAIN + "{1,100})");
    private static final Pattern ENTRY = Pattern.compile("access-list FAIRLEAD extended permit (tcp|udp)"
            + " (?:(any4|any6)|object-group " + NAME + ") object " + NAME + " (?:eq (" + PORT + ")|object-group " + NAME
            + ")");

    private final Set<String> names = new HashSet<>();
    /** The last is whether it is of IPv4. */
    private final Map<String, List<String>> objects = new HashMap<>();

    private final Map<String, List<Cidr>> groups = new HashMap<>();
    private final Map<String, List<String>> ports = new HashMap<>();
    private final Set<Permit> permits = new HashSet<>();
    private boolean remarked;

    @Override
    public Set<Permit> read(String file) {
        List<List<String>> blocks = new ArrayList<>();
        for (String line : Grammar.lines(file)) {
            if (line.startsWith(" ")) {
                blocks.get(blocks.size() - 1).add(line);
            } else {
                blocks.add(new ArrayList<>(List.of(line)));
            }
        }
        blocks.forEach(this::block);
        return permits;
    }

    private void block(List<String> lines) {
        String first = lines.get(0);
        if (first.startsWith("object network ")) {
            object(lines);
        } else if (first.startsWith("object-group network ")) {
            group(lines);
        } else if (first.startsWith("object-group service ")) {
            ports(lines);
        } else {
            check(lines.size() == 1, first);
            if (first.startsWith("!")) {
                check(COMMENT.matcher(first).matches(), first);
            } else if (first.startsWith("access-list FAIRLEAD remark")) {
                check(REMARK.matcher(first).matches(), first);
                remarked = true;
            } else {
                entry(groups(first, ENTRY));
            }
        }
    }

    private void object(List<String> lines) {
        check(lines.size() == 3, lines.get(0));
        String name = unique(groups(lines.get(0), OBJECT).get(0));
        check(DESCRIPTION.matcher(lines.get(2)).matches(), lines.get(2));
        if (lines.get(1).startsWith(" fqdn")) {
            List<String> fqdn = groups(lines.get(1), FQDN);
            objects.put(name, List.of(fqdn.get(1), fqdn.get(0)));
        } else {
            Cidr network = network(lines.get(1));
            objects.put(name, List.of(network.withPrefix(), network.isIpv4() ? "v4" : "v6"));
        }
    }

    private static Cidr network(String line) {
        if (line.contains(" host ")) {
            return Cidr.of(groups(line, ADDRESS).get(0));
        }
        List<String> subnet = groups(line, SUBNET);
        if (subnet.get(0).equals("null")) {
            return Cidr.of(subnet.get(2));
        }
        int mask = 0;
        for (String part : subnet.get(1).split("\\.")) {
            mask = mask << 8 | Integer.parseInt(part);
        }
        int prefix = Integer.bitCount(mask);
        check(mask == (prefix == 0 ? 0 : -1 << 32 - prefix), line);
        return Cidr.of(subnet.get(0) + "/" + prefix);
    }

    private void group(List<String> lines) {
        String name = unique(groups(lines.get(0), GROUP).get(0));
        check(DESCRIPTION.matcher(lines.get(1)).matches(), lines.get(1));
        List<Cidr> networks =
                lines.stream().skip(2).map(CiscoAsaGrammar::network).toList();
        check(!networks.isEmpty() && new HashSet<>(networks).size() == networks.size(), name);
        groups.put(name, networks);
    }

    private void ports(List<String> lines) {
        List<String> head = groups(lines.get(0), PORTS);
        List<String> members = new ArrayList<>(List.of(head.get(1)));
        lines.stream()
                .skip(1)
                .forEach(line -> members.add(groups(line, PORT_OBJECT).get(0)));
        check(members.size() > 1 && new HashSet<>(members).size() == members.size(), head.get(0));
        ports.put(unique(head.get(0)), members);
    }

    private String unique(String name) {
        check(names.add(name), name);
        return name;
    }

    private void entry(List<String> entry) {
        check(remarked, "no remark");
        List<String> to = Grammar.there(objects, entry.get(3));
        boolean ipv4 = to.get(1).equals("v4");
        List<String> from;
        if (entry.get(1).equals("null")) {
            List<Cidr> networks = Grammar.there(groups, entry.get(2));
            check(networks.stream().allMatch(each -> each.isIpv4() == ipv4), entry.get(2));
            from = networks.stream().map(Cidr::withPrefix).toList();
        } else {
            from = List.of(entry.get(1));
            check(entry.get(1).equals(ipv4 ? "any4" : "any6"), entry.get(3));
        }
        List<String> dialled =
                entry.get(4).equals("null") ? Grammar.there(ports, entry.get(5)) : List.of(entry.get(0), entry.get(4));
        check(dialled.get(0).equals(entry.get(0)), entry.get(5));
        for (String source : from) {
            dialled.stream()
                    .skip(1)
                    .forEach(port -> permits.add(new Permit(source, entry.get(0), to.get(0), Integer.parseInt(port))));
        }
    }
}
