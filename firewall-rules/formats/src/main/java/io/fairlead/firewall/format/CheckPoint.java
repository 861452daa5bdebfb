package io.fairlead.firewall.format;

import io.fairlead.firewall.Allowlist;
import io.fairlead.firewall.Cidr;
import io.fairlead.firewall.Destination;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A script around {@code mgmt_cli} of Check Point's management, R80.10 or later. It asks for each object and rule before it adds
 * it, so that running it twice adds nothing, and it leaves publishing to the administrator, who sees everything before.
 * Warnings are ignored for addresses only: a second object with the same address is one, and the site may have its own.
 */
final class CheckPoint implements Format {
    private static final int COMMENTS = 255;
    private static final ObjectNames NAMES = new ObjectNames(64, true);
    private static final String FUNCTIONS = """
            set -euo pipefail
            SESSION="${SESSION:-session.txt}"
            LAYER="${LAYER:-Network}"
            POSITION="${POSITION:-top}"

            cli() { mgmt_cli -s "$SESSION" "$@"; }

            object() {
              if cli show "$1" name "$2" > /dev/null 2>&1; then
                echo "there already: $1 $2"
              else
                cli add "$1" name "${@:2}" > /dev/null
                echo "added: $1 $2"
              fi
            }

            rule() {
              if cli show access-rule layer "$LAYER" name "$1" > /dev/null 2>&1; then
                echo "there already: rule $1"
              else
                cli add access-rule layer "$LAYER" position "$POSITION" name "$@" > /dev/null
                echo "added: rule $1"
              fi
            }

            cli show session > /dev/null
            """;

    @Override
    public String key() {
        return "checkpoint";
    }

    @Override
    public String title() {
        return "Check Point, a script for mgmt_cli";
    }

    @Override
    public String mediaType() {
        return "text/x-shellscript; charset=utf-8";
    }

    @Override
    public String fileName() {
        return "fairlead-checkpoint.sh";
    }

    @Override
    public String render(Allowlist list) {
        List<Opening> openings = Opening.of(list.rows());
        List<String> lines = new ArrayList<>(List.of("#!/bin/bash"));
        lines.addAll(new Preface(
                        list,
                        List.of(
                                "On the management server (R80.10 or later): mgmt_cli login -r true > session.txt; bash this file.",
                                "Then look at it in SmartConsole and: mgmt_cli publish -s session.txt (or discard). Nothing is installed.",
                                "LAYER is the access layer, POSITION where new rules go: above a rule that drops.",
                                "Run twice, what is there already stays as it is.",
                                "To take it back before publishing: mgmt_cli discard -s session.txt. Later, delete the rules, then the",
                                "services and addresses, whose names begin with FL, and the domains that nothing else uses."))
                .lines("#"));
        lines.addAll(FUNCTIONS.lines().toList());
        Map<Destination, String> says = new LinkedHashMap<>();
        openings.forEach(each -> says.putIfAbsent(each.to(), Opening.says(each.to(), openings, list)));
        list.sources().forEach(each -> says.putIfAbsent(each, list.version() + ", instruments dial from here"));
        says.forEach((to, comments) -> lines.add(object(to, comments)));
        openings.stream().flatMap(CheckPoint::services).distinct().forEach(lines::add);
        openings.stream().filter(each -> !each.isOutOfReach(list)).forEach(each -> lines.add(rule(each, list)));
        lines.add("echo \"Look at it in SmartConsole, then: mgmt_cli publish -s $SESSION\"");
        return String.join("\n", lines) + "\n";
    }

    private static String object(Destination to, String says) {
        String value;
        if (to instanceof Cidr network) {
            value = network.isOneAddress()
                    ? "object host " + quoted(name(to)) + " ip-address " + quoted(network.address())
                    : "object network " + quoted(name(to)) + " subnet " + quoted(network.address()) + " mask-length "
                            + network.prefix();
            value += " ignore-warnings true";
        } else {
            value = "object dns-domain " + quoted(name(to)) + " is-sub-domain false";
        }
        return value + comments(says);
    }

    private static Stream<String> services(Opening opening) {
        String protocol = opening.protocol().text();
        return opening.ports().stream()
                .map(port -> "object service-" + protocol + " " + quoted(service(opening, port)) + " port " + port
                        + " match-for-any false");
    }

    private static String rule(Opening opening, Allowlist list) {
        return "rule " + quoted(NAMES.of(opening)) + " "
                + members(
                        "source",
                        opening.sources(list).stream()
                                .map(CheckPoint::name)
                                .distinct()
                                .toList())
                + members("destination", List.of(name(opening.to())))
                + members(
                        "service",
                        opening.ports().stream()
                                .map(port -> service(opening, port))
                                .toList())
                + "action Accept track.type Log" + comments(opening.says(list));
    }

    private static String members(String what, List<String> names) {
        return names.isEmpty()
                ? what + " Any "
                : IntStream.range(0, names.size())
                        .mapToObj(i -> what + "." + (i + 1) + " " + quoted(names.get(i)) + " ")
                        .collect(Collectors.joining());
    }

    /** A domain's name is what is looked up, with a full stop in front. */
    private static String name(Destination to) {
        return to instanceof Cidr ? plain(NAMES.of(to)) : "." + to.text();
    }

    private static String service(Opening opening, int port) {
        return plain(NAMES.of(opening.protocol(), port));
    }

    /** A hyphen parts words there, and what stands behind one must not be a word of the maker's. */
    private static String plain(String name) {
        return name.replace('-', '_');
    }

    private static String comments(String says) {
        return " comments " + quoted(Comments.plain(says, COMMENTS));
    }

    /** Nothing that is quoted holds a quote: see {@link Comments} and {@link ObjectNames}. */
    private static String quoted(String plain) {
        return "'" + plain + "'";
    }
}
