package io.fairlead.firewall.format;

import static io.fairlead.firewall.format.Grammar.check;
import static io.fairlead.firewall.format.Grammar.groups;

import io.fairlead.firewall.Cidr;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Read: FortiOS CLI Reference 6.0 to 7.6, "config firewall address", "address6" (type fqdn and ipprefix, unique names among all
 * addresses, 63 characters there and 79 later, comments of 255), and of its policies names of 35 and comments of 1,023; public
 * configurations for {@code srcaddr6} and {@code dstaddr6} in the one table of policies; Administration Guide 7.4, "Subcommands"
 * ({@code edit 0} takes the next free number; {@code next} and {@code end}); Handbook 6.0, "Policy names" (unique); FortiDB's
 * "Command syntax" (quotes; the characters that most fields refuse). Not confirmed: that a line which begins with a number sign is
 * skipped, as the maker's own backups have it, and what is left of a policy whose name is refused.
 */
final class FortiGateGrammar implements Grammar {
    private static final String NAME = "\"([A-Za-z0-9._-]{1,63})\"";
    private static final String NAMES = "(\"[A-Za-z0-9._-]{1,63}\"(?: \"[A-Za-z0-9._-]{1,63}\")*)";
    private static final String SAYS = "\"([A-Za-z0-9 .,:/+_-]{1,255})\"";
    private static final Pattern COMMENT = Pattern.compile("# .+");
    private static final Pattern EDIT = Pattern.compile("    edit (0|" + NAME + ")");
    private static final Pattern SET = Pattern.compile("        set ([a-z0-9-]+) (.+)");
    private static final Map<String, Map<String, Pattern>> FIELDS = Map.of(
            "firewall address",
            Map.of(
                    "type", Pattern.compile("(fqdn|ipmask)"),
                    "fqdn", Pattern.compile("\"(" + HOST + ")\""),
                    "subnet", Pattern.compile("(" + IPV4 + " " + IPV4 + ")"),
                    "comment", Pattern.compile(SAYS)),
            "firewall address6",
            Map.of(
                    "type", Pattern.compile("(fqdn|ipprefix)"),
                    "fqdn", Pattern.compile("\"(" + HOST + ")\""),
                    "ip6", Pattern.compile("(" + IPV6 + "/[0-9]{1,3})"),
                    "comment", Pattern.compile(SAYS)),
            "firewall service custom",
            Map.of(
                    "tcp-portrange",
                    Pattern.compile("(" + PORT + ")"),
                    "udp-portrange",
                    Pattern.compile("(" + PORT + ")")),
            "firewall policy",
            Map.ofEntries(
                    Map.entry("name", Pattern.compile("\"([A-Za-z0-9._-]{1,35})\"")),
                    Map.entry("srcintf", Pattern.compile("\"(any)\"")),
                    Map.entry("dstintf", Pattern.compile("\"(any)\"")),
                    Map.entry("srcaddr", Pattern.compile(NAMES)),
                    Map.entry("dstaddr", Pattern.compile(NAMES)),
                    Map.entry("srcaddr6", Pattern.compile(NAMES)),
                    Map.entry("dstaddr6", Pattern.compile(NAMES)),
                    Map.entry("action", Pattern.compile("(accept)")),
                    Map.entry("schedule", Pattern.compile("\"(always)\"")),
                    Map.entry("service", Pattern.compile(NAMES)),
                    Map.entry("comments", Pattern.compile("\"([A-Za-z0-9 .,:/+_-]{1,1023})\""))));

    private final Map<String, String> addresses = new HashMap<>();
    private final Map<String, String> addresses6 = new HashMap<>();
    private final Map<String, String> services = new HashMap<>();
    private final Set<String> policies = new HashSet<>();
    private final Set<Permit> permits = new HashSet<>();
    private String table = "";
    private String entry = "";
    private final Map<String, String> fields = new LinkedHashMap<>();

    @Override
    public Set<Permit> read(String file) {
        Grammar.lines(file).forEach(this::line);
        check(table.isEmpty(), table);
        check(Collections.disjoint(addresses.keySet(), addresses6.keySet()), "a name of both kinds");
        return permits;
    }

    private void line(String line) {
        if (line.startsWith("#")) {
            check(COMMENT.matcher(line).matches(), line);
            check(table.isEmpty(), table);
        } else if (line.startsWith("config ")) {
            check(table.isEmpty(), table);
            table = line.substring("config ".length());
            check(FIELDS.containsKey(table), line);
        } else if (line.equals("end")) {
            check(!table.isEmpty(), line);
            check(entry.isEmpty(), entry);
            table = "";
        } else if (line.equals("    next")) {
            check(!entry.isEmpty(), line);
            finish();
            entry = "";
            fields.clear();
        } else if (line.startsWith("    edit")) {
            check(!table.isEmpty(), line);
            check(entry.isEmpty(), entry);
            List<String> edit = groups(line, EDIT);
            entry = table.equals("firewall policy") ? edit.get(0) : edit.get(1);
            check(entry.equals("0") == table.equals("firewall policy"), line);
        } else {
            check(!entry.isEmpty(), line);
            List<String> set = groups(line, SET);
            Pattern form = Grammar.there(FIELDS.get(table), set.get(0));
            Grammar.define(fields, set.get(0), groups(set.get(1), form).get(0));
        }
    }

    private void finish() {
        switch (table) {
            case "firewall address" -> {
                if (fields.get("type").equals("fqdn")) {
                    check(fields.keySet().equals(Set.of("type", "fqdn", "comment")), entry);
                    Grammar.define(addresses, entry, fields.get("fqdn"));
                } else {
                    check(fields.keySet().equals(Set.of("type", "subnet", "comment")), entry);
                    Grammar.define(addresses, entry, network(fields.get("subnet")));
                }
            }
            case "firewall address6" -> {
                boolean named = fields.get("type").equals("fqdn");
                check(fields.keySet().equals(Set.of("type", named ? "fqdn" : "ip6", "comment")), entry);
                Grammar.define(
                        addresses6,
                        entry,
                        named ? fields.get("fqdn") : Cidr.of(fields.get("ip6")).withPrefix());
            }
            case "firewall service custom" -> {
                check(fields.size() == 1, entry);
                fields.forEach((range, port) -> Grammar.define(services, entry, range.substring(0, 3) + " " + port));
            }
            default -> policy();
        }
    }

    private static String network(String subnet) {
        String[] parts = subnet.split(" ");
        int bits = Arrays.stream(parts[1].split("\\."))
                .mapToInt(each -> Integer.bitCount(Integer.parseInt(each)))
                .sum();
        check(parts[1].equals(Masks.of(bits)), subnet);
        return Cidr.of(parts[0] + "/" + bits).withPrefix();
    }

    private void policy() {
        check(policies.add(fields.get("name")), entry);
        Set<String> there = fields.keySet();
        check(
                there.containsAll(Set.of("name", "srcintf", "dstintf", "action", "schedule", "service", "comments"))
                        && there.contains("srcaddr") == there.contains("dstaddr")
                        && there.contains("srcaddr6") == there.contains("dstaddr6")
                        && (there.contains("srcaddr") || there.contains("srcaddr6")),
                there.toString());
        permits(addresses, "any4", "addr");
        permits(addresses6, "any6", "addr6");
    }

    private void permits(Map<String, String> known, String any, String field) {
        for (String source : names("src" + field)) {
            for (String to : names("dst" + field)) {
                for (String service : names("service")) {
                    String[] dialled = Grammar.there(services, service).split(" ");
                    permits.add(new Permit(
                            source.equals("all") ? any : Grammar.there(known, source),
                            dialled[0],
                            Grammar.there(known, to),
                            Integer.parseInt(dialled[1])));
                }
            }
        }
    }

    private List<String> names(String field) {
        return fields.containsKey(field)
                ? Arrays.asList(fields.get(field).replace("\"", "").split(" "))
                : List.of();
    }
}
