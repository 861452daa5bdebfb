package io.fairlead.firewall.format;

import io.fairlead.firewall.Allowlist;
import io.fairlead.firewall.Cidr;
import io.fairlead.firewall.Destination;
import io.fairlead.firewall.HostName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Commands of Cisco's Adaptive Security Appliance, version 9.0 or later, where one access list holds IPv4 and IPv6. Each name
 * becomes two objects, as an object of this maker resolves to one kind of addresses.
 */
final class CiscoAsa implements Format {
    /** Ours alone: which one is bound to an interface only the site knows. */
    private static final String ACL = "FAIRLEAD";

    private static final int REMARK = 100;
    private static final int DESCRIPTION = 200;
    private static final ObjectNames NAMES = new ObjectNames(64, true);

    @Override
    public String key() {
        return "asa";
    }

    @Override
    public String title() {
        return "Cisco ASA, commands";
    }

    @Override
    public String mediaType() {
        return "text/plain; charset=utf-8";
    }

    @Override
    public String fileName() {
        return "fairlead-asa.txt";
    }

    @Override
    public String render(Allowlist list) {
        List<Opening> openings = Opening.of(list.rows());
        List<String> lines = new ArrayList<>(new Preface(
                        list,
                        List.of(
                                "Paste it in configuration mode (ASA 9.0 or later). Names need: dns domain-lookup, dns server-group.",
                                "The access list " + ACL
                                        + " is bound to nothing: write the name of yours instead of it. Do not bind it",
                                "itself, as what a bound list does not permit is denied. In front of a line of yours that denies,",
                                "entries need: line NUMBER.",
                                "Loaded twice, entries that are there already should not be added again; remarks may be.",
                                "To take it back, put no before each access-list line, then before each object line."))
                .lines("!"));
        new LinkedHashSet<>(openings.stream().map(Opening::to).toList())
                .forEach(to -> lines.addAll(objects(to, Opening.says(to, openings, list))));
        for (boolean ipv4 : new boolean[] {true, false}) {
            lines.addAll(sourceGroup(sources(list, ipv4), ipv4));
        }
        openings.stream()
                .filter(each -> each.ports().size() > 1)
                .flatMap(each -> portGroup(each).stream())
                .collect(Collectors.toCollection(LinkedHashSet::new))
                .forEach(lines::add);
        openings.forEach(each -> lines.addAll(entries(each, list)));
        return String.join("\n", lines) + "\n";
    }

    private static List<String> objects(Destination to, String says) {
        String description = " description " + Comments.plain(says, DESCRIPTION);
        if (to instanceof Cidr network) {
            return List.of("object network " + NAMES.of(network), " " + value(network), description);
        }
        return Stream.of(true, false)
                .flatMap(ipv4 -> Stream.of(
                        "object network " + name((HostName) to, ipv4),
                        " fqdn " + (ipv4 ? "v4 " : "v6 ") + to.text(),
                        description))
                .toList();
    }

    private static String value(Cidr network) {
        return network.isOneAddress() ? "host " + network.address() : "subnet " + masked(network);
    }

    private static List<String> sourceGroup(List<Cidr> sources, boolean ipv4) {
        return sources.isEmpty()
                ? List.of()
                : Stream.concat(
                                Stream.of(
                                        "object-group network " + group(sources, ipv4),
                                        " description Instruments dial from here"),
                                sources.stream()
                                        .map(each -> " network-object "
                                                + (each.isOneAddress() ? "host " + each.address() : masked(each))))
                        .toList();
    }

    /** One line of several, so that equal groups are told apart from others as a whole. */
    private static List<String> portGroup(Opening opening) {
        return List.of(Stream.concat(
                        Stream.of("object-group service " + NAMES.group(opening) + " "
                                + opening.protocol().text()),
                        opening.ports().stream().map(port -> " port-object eq " + port))
                .collect(Collectors.joining("\n")));
    }

    private static List<String> entries(Opening opening, Allowlist list) {
        List<String> lines = new ArrayList<>(
                List.of("access-list " + ACL + " remark " + Comments.plain(opening.says(list), REMARK)));
        for (boolean ipv4 : new boolean[] {true, false}) {
            if (!(opening.to() instanceof Cidr network) || network.isIpv4() == ipv4) {
                List<Cidr> sources = sources(list, ipv4);
                if (list.sources().isEmpty() || !sources.isEmpty()) {
                    lines.add("access-list " + ACL + " extended permit "
                            + opening.protocol().text() + " " + from(sources, ipv4) + " object "
                            + (opening.to() instanceof HostName host ? name(host, ipv4) : NAMES.of(opening.to()))
                            + (opening.ports().size() == 1
                                    ? " eq " + opening.ports("")
                                    : " object-group " + NAMES.group(opening)));
                }
            }
        }
        return lines;
    }

    private static String from(List<Cidr> sources, boolean ipv4) {
        return sources.isEmpty() ? ipv4 ? "any4" : "any6" : "object-group " + group(sources, ipv4);
    }

    private static List<Cidr> sources(Allowlist list, boolean ipv4) {
        return list.sources().stream()
                .filter(each -> each.isIpv4() == ipv4)
                .distinct()
                .toList();
    }

    private static String name(HostName host, boolean ipv4) {
        return NAMES.of(host, ipv4 ? "-v4" : "-v6");
    }

    /** Named by what is in it: a group of other networks is another group. */
    private static String group(List<Cidr> sources, boolean ipv4) {
        return NAMES.of(
                "FLS-" + (ipv4 ? "4-" : "6-") + sources.stream().map(Cidr::text).collect(Collectors.joining("-")));
    }

    private static String masked(Cidr network) {
        return network.isIpv4() ? network.address() + " " + Masks.of(network.prefix()) : network.withPrefix();
    }
}
