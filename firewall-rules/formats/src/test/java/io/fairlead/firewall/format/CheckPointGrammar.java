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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Read: R81 Security Management guide, "Domains" (a name with a full stop in front; FQDN mode from R80.10 on); the maker's modules
 * for Ansible, cp_mgmt_dns_domain (is-sub-domain, comments), cp_mgmt_network (subnet and mask-length of either kind,
 * ignore-warnings), cp_mgmt_access_rule (layer, position, source, destination, service, action Accept, comments); sk40179 (no
 * colons, slashes, blanks or quotes in names of objects; a hyphen parts words, of which the maker keeps some for itself); the
 * maker's community on {@code layer} and {@code mgmt_cli}; public scripts for {@code service.1}, {@code track.type}. Not confirmed:
 * {@code match-for-any} of services, and how long a name or a comment may be (64 and 255 are ours).
 */
final class CheckPointGrammar implements Grammar {
    private static final String NAME = "'([A-Za-z][A-Za-z0-9._]{0,63})'";
    private static final String SAYS = " comments '" + PLAIN + "{1,255}'";
    private static final Pattern DOMAIN =
            Pattern.compile("object dns-domain '\\.(" + HOST + ")' is-sub-domain false" + SAYS);
    private static final Pattern HOST_OBJECT = Pattern.compile(
            "object host " + NAME + " ip-address '(" + IPV4 + "|" + IPV6 + ")' ignore-warnings true" + SAYS);
    private static final Pattern NETWORK = Pattern.compile("object network " + NAME + " subnet '(" + IPV4 + "|" + IPV6
            + ")' mask-length ([0-9]{1,3}) ignore-warnings true" + SAYS);
    private static final Pattern SERVICE =
            Pattern.compile("object service-(tcp|udp) " + NAME + " port (" + PORT + ") match-for-any false");
    private static final Pattern RULE = Pattern.compile(
            "rule '([A-Za-z0-9._-]{1,64})' ((?:source|destination|service)(?: Any|\\.[0-9]+ '[A-Za-z0-9._-]+'))"
                    + "((?: (?:destination|source|service)(?: Any|\\.[0-9]+ '[A-Za-z0-9._-]+'))*)"
                    + " action Accept track\\.type Log" + SAYS);
    private static final Pattern TERM =
            Pattern.compile("(source|destination|service)(?: (Any)|\\.([0-9]+) '([A-Za-z0-9._-]+)')");

    private static final List<String> FUNCTIONS = CheckPointTest.functions();

    private final Map<String, String> places = new HashMap<>();
    private final Map<String, String> services = new HashMap<>();
    private final Map<String, String> rules = new HashMap<>();
    private final Set<Permit> permits = new HashSet<>();

    @Override
    public Set<Permit> read(String file) {
        List<String> lines = Grammar.lines(file);
        check(lines.get(0).equals("#!/bin/bash"), lines.get(0));
        int begin = lines.indexOf("set -euo pipefail");
        int end = lines.indexOf("cli show session > /dev/null");
        check(lines.subList(1, begin).stream().allMatch(line -> line.startsWith("# ")), "head");
        check(lines.subList(begin, end + 1).equals(FUNCTIONS), "functions");
        check(
                lines.get(lines.size() - 1)
                        .equals("echo \"Look at it in SmartConsole, then: mgmt_cli publish -s $SESSION\""),
                "end");
        lines.subList(end + 1, lines.size() - 1).forEach(this::line);
        return permits;
    }

    private void line(String line) {
        if (line.startsWith("object dns-domain")) {
            String host = groups(line, DOMAIN).get(0);
            Grammar.define(places, "." + host, host);
        } else if (line.startsWith("object host")) {
            List<String> host = groups(line, HOST_OBJECT);
            Grammar.define(places, host.get(0), Cidr.of(host.get(1)).withPrefix());
        } else if (line.startsWith("object network")) {
            List<String> network = groups(line, NETWORK);
            Grammar.define(
                    places,
                    network.get(0),
                    Cidr.of(network.get(1) + "/" + network.get(2)).withPrefix());
        } else if (line.startsWith("object")) {
            List<String> service = groups(line, SERVICE);
            Grammar.define(services, service.get(1), service.get(0) + " " + service.get(2));
        } else {
            List<String> rule = groups(line, RULE);
            Grammar.define(rules, rule.get(0), "");
            rule(rule.get(1) + rule.get(2));
        }
    }

    private void rule(String terms) {
        Map<String, List<String>> all = new HashMap<>();
        Matcher term = TERM.matcher(terms);
        while (term.find()) {
            List<String> members = all.computeIfAbsent(term.group(1), name -> new ArrayList<>());
            members.add(term.group(2) == null ? term.group(4) : term.group(2));
            check(term.group(3) == null || term.group(3).equals(String.valueOf(members.size())), terms);
        }
        check(all.keySet().equals(Set.of("source", "destination", "service")), terms);
        check(all.get("destination").size() == 1, terms);
        for (String source : all.get("source")) {
            for (String service : all.get("service")) {
                String[] dialled = Grammar.there(services, service).split(" ");
                permits.add(new Permit(
                        source.equals("Any") ? "any" : Grammar.there(places, source),
                        dialled[0],
                        Grammar.there(places, all.get("destination").get(0)),
                        Integer.parseInt(dialled[1])));
            }
        }
    }
}
