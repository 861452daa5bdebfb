package io.fairlead.firewall.format;

import io.fairlead.firewall.Allowlist;
import io.fairlead.firewall.Cidr;
import io.fairlead.firewall.Destination;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Set commands of PAN-OS, 10.1 or later. Its command line has no comments, so that the head is the comment of the tag that all
 * objects and rules carry. Any application on the ports that are needed: what travels is TLS with certificates on both sides
 * and WebSockets within it, and none of that is to be looked into.
 */
final class PaloAlto implements Format {
    private static final String TAG = "Fairlead";
    private static final int DESCRIPTION = 1_000;
    /** No full stops: letters, numbers, spaces, hyphens and underscores. */
    private static final ObjectNames NAMES = new ObjectNames(63, false);

    @Override
    public String key() {
        return "paloalto";
    }

    @Override
    public String title() {
        return "Palo Alto, set commands";
    }

    @Override
    public String mediaType() {
        return "text/plain; charset=utf-8";
    }

    @Override
    public String fileName() {
        return "fairlead-paloalto.txt";
    }

    @Override
    public String render(Allowlist list) {
        List<Opening> openings = Opening.of(list.rows());
        List<String> lines = new ArrayList<>();
        lines.add("set tag " + TAG + " comments " + quoted(head(list)));
        new LinkedHashSet<>(openings.stream().map(Opening::to).toList())
                .forEach(to -> lines.addAll(address(to, Opening.says(to, openings, list))));
        Set<Destination> there =
                new LinkedHashSet<>(openings.stream().map(Opening::to).toList());
        list.sources().stream()
                .distinct()
                .filter(each -> !there.contains(each))
                .forEach(each -> lines.addAll(address(each, list.version() + ", instruments dial from here")));
        openings.stream().flatMap(PaloAlto::services).distinct().forEach(lines::add);
        openings.stream().filter(each -> !each.isOutOfReach(list)).forEach(each -> lines.addAll(rule(each, list)));
        return String.join("\n", lines) + "\n";
    }

    private static String head(Allowlist list) {
        return new Preface(
                        list,
                        List.of(
                                "Paste it in configure mode (PAN-OS 10.1 or later), check, commit.",
                                "Rules are from any zone to any zone and stand last: move them before a rule that denies.",
                                "To take it back, delete the rules, then the services and addresses with this tag, then the tag."))
                .line();
    }

    private static List<String> address(Destination to, String says) {
        String object = "set address " + NAMES.of(to);
        return List.of(
                object + (to instanceof Cidr network ? " ip-netmask " + network.withPrefix() : " fqdn " + to.text()),
                object + " description " + quoted(Comments.plain(says, DESCRIPTION)),
                object + " tag " + TAG);
    }

    private static Stream<String> services(Opening opening) {
        return opening.ports().stream()
                .flatMap(port -> Stream.of(
                        "set service " + NAMES.of(opening.protocol(), port) + " protocol "
                                + opening.protocol().text() + " port " + port,
                        "set service " + NAMES.of(opening.protocol(), port) + " tag " + TAG));
    }

    private static List<String> rule(Opening opening, Allowlist list) {
        String rule = "set rulebase security rules " + NAMES.of(opening);
        String services = members(opening.ports().stream()
                .map(port -> NAMES.of(opening.protocol(), port))
                .toList());
        String from = list.sources().isEmpty()
                ? "any"
                : members(
                        opening.sources(list).stream().map(NAMES::of).distinct().toList());
        return List.of(
                rule + " from any to any source " + from + " destination " + NAMES.of(opening.to())
                        + " application any service " + services + " action allow",
                rule + " description " + quoted(Comments.plain(opening.says(list), DESCRIPTION)),
                rule + " tag " + TAG);
    }

    private static String members(List<String> names) {
        return names.size() == 1 ? names.get(0) : "[ " + String.join(" ", names) + " ]";
    }

    private static String quoted(String plain) {
        return '"' + plain + '"';
    }
}
