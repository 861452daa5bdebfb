package io.fairlead.firewall.format;

import static io.fairlead.firewall.format.Grammar.check;
import static io.fairlead.firewall.format.Grammar.groups;

import io.fairlead.firewall.Cidr;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Read: "Addresses Fields" (names of 63 letters, numbers, spaces, hyphens and underscores; descriptions of 1,023; a prefix with
 * both kinds of addresses), "Components of a Security Policy Rule" of PAN-OS 10.1 (names of 63), "Policy Object: Tags" (127; a tag
 * is made before it is used), "What does Application-default under Service mean?" (any application with chosen services); for the
 * words of {@code set rulebase security rules} only what others publish, and for descriptions of rules (1,024) and comments of tags
 * (1,023) a generator of others. Not confirmed: the command line's own reference, and that names of services have the same form.
 */
final class PaloAltoGrammar implements Grammar {
    private static final String NAME = "([A-Za-z0-9 _-]{1,63})";
    private static final String SAYS = "\"" + PLAIN + "{1,1023}\"";
    private static final Pattern TAG = Pattern.compile("set tag (Fairlead) comments " + SAYS);
    private static final Pattern ADDRESS = Pattern.compile(
            "set address " + NAME + " (?:fqdn (" + HOST + ")|ip-netmask ((?:" + IPV4 + "|" + IPV6 + ")/[0-9]{1,3}))");
    private static final Pattern SERVICE =
            Pattern.compile("set service " + NAME + " protocol (tcp|udp) port (" + PORT + ")");
    private static final String MEMBERS = "([A-Za-z0-9_-]+|\\[ [A-Za-z0-9_-]+(?: [A-Za-z0-9_-]+)+ \\])";
    private static final Pattern RULE = Pattern.compile("set rulebase security rules " + NAME
            + " from any to any source " + MEMBERS + " destination " + NAME + " application any service " + MEMBERS
            + " action allow");
    private static final Pattern SET = Pattern.compile(
            "set (address|service|rulebase security rules) " + NAME + " (?:description " + SAYS + "|tag (Fairlead))");

    private final Map<String, String> addresses = new HashMap<>(Map.of("any", "any"));
    private final Map<String, String> services = new HashMap<>();
    private final Map<String, String> rules = new HashMap<>();
    private final Set<Permit> permits = new HashSet<>();

    @Override
    public Set<Permit> read(String file) {
        List<String> lines = Grammar.lines(file);
        check(TAG.matcher(lines.get(0)).matches(), lines.get(0));
        lines.stream().skip(1).forEach(this::line);
        return permits;
    }

    private void line(String line) {
        if (SET.matcher(line).matches()) {
            List<String> set = groups(line, SET);
            check(
                    Map.of("address", addresses, "service", services, "rulebase security rules", rules)
                            .get(set.get(0))
                            .containsKey(set.get(1)),
                    line);
        } else if (line.startsWith("set address")) {
            List<String> address = groups(line, ADDRESS);
            Grammar.define(
                    addresses,
                    address.get(0),
                    address.get(1).equals("null") ? Cidr.of(address.get(2)).withPrefix() : address.get(1));
        } else if (line.startsWith("set service")) {
            List<String> service = groups(line, SERVICE);
            Grammar.define(services, service.get(0), service.get(1) + " " + service.get(2));
        } else {
            rule(groups(line, RULE));
        }
    }

    private void rule(List<String> rule) {
        Grammar.define(rules, rule.get(0), "");
        for (String source : members(rule.get(1))) {
            for (String service : members(rule.get(3))) {
                String[] dialled = Grammar.there(services, service).split(" ");
                permits.add(new Permit(
                        Grammar.there(addresses, source),
                        dialled[0],
                        Grammar.there(addresses, rule.get(2)),
                        Integer.parseInt(dialled[1])));
            }
        }
    }

    private static List<String> members(String text) {
        return Arrays.asList(text.replaceAll("^\\[ | \\]$", "").split(" "));
    }
}
