package io.fairlead.firewall.format;

import io.fairlead.firewall.Allowlist;
import io.fairlead.firewall.Cidr;
import io.fairlead.firewall.Destination;
import io.fairlead.firewall.HostName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Commands of FortiOS, 7.0 or later, where one policy holds IPv4 and IPv6. Each name becomes an object of either kind. Policies
 * get the next free number ({@code edit 0}), never one that may be somebody's.
 */
final class FortiGate implements Format {
    private static final int COMMENT = 255;
    private static final int POLICY_COMMENT = 1_000;
    private static final ObjectNames NAMES = new ObjectNames(63, true);
    private static final ObjectNames POLICIES = new ObjectNames(35, true);

    @Override
    public String key() {
        return "fortigate";
    }

    @Override
    public String title() {
        return "FortiGate, commands";
    }

    @Override
    public String mediaType() {
        return "text/plain; charset=utf-8";
    }

    @Override
    public String fileName() {
        return "fairlead-fortigate.conf";
    }

    @Override
    public String render(Allowlist list) {
        List<Opening> openings = Opening.of(list.rows());
        List<String> lines = new ArrayList<>(new Preface(
                        list,
                        List.of(
                                "Run it as a script or paste it (FortiOS 7.0 or later); with VDOMs in the one that routes the instruments.",
                                "Policies are from any to any interface: write yours instead, or the web pages show policies by sequence only.",
                                "New policies stand last: move them before a policy that denies.",
                                "Where policies translate addresses, add to each: set nat enable.",
                                "Load a version once: each policy is a new one (edit 0), and FortiOS wants their names to be unique.",
                                "To take it back, delete the policies, then the services and addresses, whose names begin with FL."))
                .lines("#"));
        Map<Destination, String> says = new LinkedHashMap<>();
        openings.forEach(each -> says.putIfAbsent(each.to(), Opening.says(each.to(), openings, list)));
        list.sources().forEach(each -> says.putIfAbsent(each, list.version() + ", instruments dial from here"));
        lines.addAll(table("firewall address", addresses(says, true)));
        lines.addAll(table("firewall address6", addresses(says, false)));
        lines.addAll(table(
                "firewall service custom",
                openings.stream().flatMap(FortiGate::services).distinct()));
        lines.addAll(table(
                "firewall policy",
                openings.stream().filter(each -> !each.isOutOfReach(list)).map(each -> policy(each, list))));
        return String.join("\n", lines) + "\n";
    }

    private static List<String> table(String name, Stream<String> entries) {
        List<String> all = entries.toList();
        return all.isEmpty()
                ? List.of()
                : Stream.of(Stream.of("config " + name), all.stream(), Stream.of("end"))
                        .flatMap(each -> each)
                        .toList();
    }

    private static String entry(String name, Stream<String> settings) {
        return Stream.of(Stream.of("    edit " + name), settings.map("        set "::concat), Stream.of("    next"))
                .flatMap(each -> each)
                .collect(Collectors.joining("\n"));
    }

    private static Stream<String> addresses(Map<Destination, String> all, boolean ipv4) {
        return all.entrySet().stream()
                .filter(each -> fits(each.getKey(), ipv4))
                .map(each -> entry(
                        name(each.getKey(), ipv4),
                        Stream.concat(
                                value(each.getKey()),
                                Stream.of("comment " + quoted(plain(each.getValue(), COMMENT))))));
    }

    private static Stream<String> value(Destination to) {
        if (to instanceof Cidr network) {
            return network.isIpv4()
                    ? Stream.of("type ipmask", "subnet " + network.address() + " " + Masks.of(network.prefix()))
                    : Stream.of("type ipprefix", "ip6 " + network.withPrefix());
        }
        return Stream.of("type fqdn", "fqdn " + quoted(to.text()));
    }

    private static Stream<String> services(Opening opening) {
        return opening.ports().stream()
                .map(port -> entry(
                        quoted(NAMES.of(opening.protocol(), port)),
                        Stream.of(opening.protocol().text() + "-portrange " + port)));
    }

    private static String policy(Opening opening, Allowlist list) {
        List<String> settings =
                new ArrayList<>(List.of("name " + quoted(POLICIES.of(opening)), "srcintf \"any\"", "dstintf \"any\""));
        for (boolean ipv4 : new boolean[] {true, false}) {
            List<Cidr> sources = list.sources().stream()
                    .filter(each -> each.isIpv4() == ipv4)
                    .distinct()
                    .toList();
            if (fits(opening.to(), ipv4) && (list.sources().isEmpty() || !sources.isEmpty())) {
                String kind = ipv4 ? "addr " : "addr6 ";
                settings.add("src" + kind
                        + (sources.isEmpty()
                                ? "\"all\""
                                : sources.stream().map(each -> name(each, ipv4)).collect(Collectors.joining(" "))));
                settings.add("dst" + kind + name(opening.to(), ipv4));
            }
        }
        settings.add("action accept");
        settings.add("schedule \"always\"");
        settings.add("service "
                + opening.ports().stream()
                        .map(port -> quoted(NAMES.of(opening.protocol(), port)))
                        .collect(Collectors.joining(" ")));
        settings.add("comments " + quoted(plain(opening.says(list), POLICY_COMMENT)));
        return entry("0", settings.stream());
    }

    private static boolean fits(Destination to, boolean ipv4) {
        return to instanceof HostName || ((Cidr) to).isIpv4() == ipv4;
    }

    /** Addresses of both kinds share their names' space. */
    private static String name(Destination to, boolean ipv4) {
        return quoted(NAMES.of(to, to instanceof HostName ? ipv4 ? "-v4" : "-v6" : ""));
    }

    /** Without the parentheses that the maker does not take in most fields. */
    private static String plain(String text, int most) {
        return Comments.plain(text, most).replaceAll("[()]", ".");
    }

    private static String quoted(String plain) {
        return '"' + plain + '"';
    }
}
