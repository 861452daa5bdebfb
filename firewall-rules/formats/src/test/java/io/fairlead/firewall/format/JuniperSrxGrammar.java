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
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Read: "Address Books and Address Sets" (names, prefixes, DNS names of both kinds, the predefined {@code any}), the JUNOS 9.3
 * reference, "address-book" ({@code address NAME (prefix | dns-name NAME)}), "Understanding Address Books" (nothing set behind the
 * prefix), "Using the Junos OS CLI Comment Character # for Operational Mode Commands"; for lengths (63 for names, 900 for
 * descriptions) and alphabets (full stops in names of addresses only) the checks of a well-kept provider of others. Not
 * confirmed by a page of the maker: the words of applications and policies; and that {@code load set} skips lines that begin with a number sign, as the command line does.
 */
final class JuniperSrxGrammar implements Grammar {
    private static final String ADDRESS_NAME = "([A-Za-z0-9:./_-]{1,63})";
    private static final String NAME = "([A-Za-z0-9_-]{1,63})";
    private static final String SAYS = "description \"" + PLAIN + "{1,900}\"";
    private static final Pattern COMMENT = Pattern.compile("# .+");
    private static final Pattern ADDRESS = Pattern.compile("set security address-book global address " + ADDRESS_NAME
            + " (?:" + SAYS + "|dns-name (" + HOST + ")|((?:" + IPV4 + "|" + IPV6 + ")/[0-9]{1,3}))");
    private static final Pattern APPLICATION = Pattern.compile(
            "set applications application " + NAME + " (?:protocol (tcp|udp)|destination-port (" + PORT + "))");
    private static final Pattern POLICY =
            Pattern.compile("set security policies from-zone trust to-zone untrust policy "
                    + NAME + " (?:" + SAYS + "|match (source-address|destination-address) " + ADDRESS_NAME
                    + "|match (application) " + NAME + "|then (permit))");

    private final Map<String, String> addresses = new HashMap<>(Map.of("any", "any"));
    private final Map<String, List<String>> applications = new HashMap<>();
    private final Map<String, Map<String, List<String>>> policies = new HashMap<>();
    private final Set<String> described = new TreeSet<>();

    @Override
    public Set<Permit> read(String file) {
        List<String> lines = Grammar.lines(file);
        check(new TreeSet<>(lines).size() == lines.size(), "the same line twice");
        lines.forEach(this::line);
        Set<Permit> permits = new HashSet<>();
        policies.values().forEach(policy -> permits.addAll(permits(policy)));
        return permits;
    }

    private void line(String line) {
        if (line.startsWith("#")) {
            check(COMMENT.matcher(line).matches(), line);
        } else if (line.startsWith("set security address-book")) {
            List<String> address = groups(line, ADDRESS);
            if (!address.get(1).equals("null")) {
                Grammar.define(addresses, address.get(0), address.get(1));
            } else if (!address.get(2).equals("null")) {
                Grammar.define(
                        addresses, address.get(0), Cidr.of(address.get(2)).withPrefix());
            } else {
                check(described.add(address.get(0)), line);
            }
        } else if (line.startsWith("set applications")) {
            List<String> application = groups(line, APPLICATION);
            applications
                    .computeIfAbsent(application.get(0), name -> new ArrayList<>())
                    .add(application.get(1).equals("null") ? application.get(2) : application.get(1));
        } else {
            List<String> policy = groups(line, POLICY);
            Map<String, List<String>> terms = policies.computeIfAbsent(policy.get(0), name -> new HashMap<>());
            if (!policy.get(1).equals("null")) {
                add(terms, policy.get(1), Grammar.there(addresses, policy.get(2)));
            } else if (!policy.get(3).equals("null")) {
                add(terms, "application", policy.get(4));
            } else {
                add(terms, policy.get(5), "");
            }
        }
    }

    private static void add(Map<String, List<String>> terms, String key, String value) {
        terms.computeIfAbsent(key, name -> new ArrayList<>()).add(value);
    }

    private Set<Permit> permits(Map<String, List<String>> policy) {
        check(
                policy.keySet()
                        .equals(Set.of("null", "source-address", "destination-address", "application", "permit")),
                policy.toString());
        check(
                policy.get("destination-address").size() == 1
                        && policy.get("null").size() == 1,
                policy.toString());
        Set<Permit> permits = new HashSet<>();
        for (String source : policy.get("source-address")) {
            for (String application : policy.get("application")) {
                List<String> dialled = Grammar.there(applications, application);
                check(dialled.size() == 2, application);
                permits.add(new Permit(
                        source,
                        dialled.get(0),
                        policy.get("destination-address").get(0),
                        Integer.parseInt(dialled.get(1))));
            }
        }
        return permits;
    }
}
