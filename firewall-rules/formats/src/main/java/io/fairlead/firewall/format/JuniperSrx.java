package io.fairlead.firewall.format;

import io.fairlead.firewall.Allowlist;
import io.fairlead.firewall.Cidr;
import io.fairlead.firewall.Destination;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Set commands of Junos for the SRX, with the global address book, which needs Junos 11.2 or later. Setting what is set already
 * changes nothing.
 */
final class JuniperSrx implements Format {
    private static final String ZONES = "set security policies from-zone trust to-zone untrust policy ";
    private static final int DESCRIPTION = 255;
    private static final ObjectNames ADDRESSES = new ObjectNames(63, true);
    /** Names of applications and policies hold no full stops. */
    private static final ObjectNames NAMES = new ObjectNames(63, false);

    @Override
    public String key() {
        return "srx";
    }

    @Override
    public String title() {
        return "Juniper SRX, set commands";
    }

    @Override
    public String mediaType() {
        return "text/plain; charset=utf-8";
    }

    @Override
    public String fileName() {
        return "fairlead-srx.txt";
    }

    @Override
    public String render(Allowlist list) {
        List<Opening> openings = Opening.of(list.rows());
        List<String> lines = new ArrayList<>(new Preface(
                        list,
                        List.of(
                                "In configuration mode: load set terminal, paste, Control-D, show | compare, commit.",
                                "Zones: trust holds the instruments, untrust the way out. Yours may be called otherwise: replace both.",
                                "It uses the global address book, which Junos does not mix with address books within zones.",
                                "New policies stand last: move them with insert before one that denies. Loaded twice, nothing changes.",
                                "To take it back, delete the policies, then the applications and addresses, whose names begin with FL."))
                .lines("#"));
        Map<Destination, String> says = new LinkedHashMap<>();
        openings.forEach(each -> says.putIfAbsent(each.to(), Opening.says(each.to(), openings, list)));
        list.sources().forEach(each -> says.putIfAbsent(each, list.version() + ", instruments dial from here"));
        says.forEach((to, why) -> lines.addAll(address(to, why)));
        openings.stream().flatMap(JuniperSrx::applications).distinct().forEach(lines::add);
        openings.stream().filter(each -> !each.isOutOfReach(list)).forEach(each -> lines.addAll(policy(each, list)));
        return String.join("\n", lines) + "\n";
    }

    private static List<String> address(Destination to, String says) {
        String address = "set security address-book global address " + ADDRESSES.of(to);
        return List.of(
                address + " description " + quoted(says),
                address + (to instanceof Cidr network ? " " + network.withPrefix() : " dns-name " + to.text()));
    }

    private static Stream<String> applications(Opening opening) {
        return opening.ports().stream().flatMap(port -> {
            String application = "set applications application " + NAMES.of(opening.protocol(), port);
            return Stream.of(
                    application + " protocol " + opening.protocol().text(), application + " destination-port " + port);
        });
    }

    private static List<String> policy(Opening opening, Allowlist list) {
        String policy = ZONES + NAMES.of(opening);
        List<String> lines = new ArrayList<>(List.of(policy + " description " + quoted(opening.says(list))));
        (list.sources().isEmpty()
                        ? Stream.of("any")
                        : opening.sources(list).stream().map(ADDRESSES::of))
                .distinct()
                .forEach(each -> lines.add(policy + " match source-address " + each));
        lines.add(policy + " match destination-address " + ADDRESSES.of(opening.to()));
        opening.ports().forEach(port -> lines.add(policy + " match application " + NAMES.of(opening.protocol(), port)));
        lines.add(policy + " then permit");
        return lines;
    }

    private static String quoted(String says) {
        return '"' + Comments.plain(says, DESCRIPTION) + '"';
    }
}
