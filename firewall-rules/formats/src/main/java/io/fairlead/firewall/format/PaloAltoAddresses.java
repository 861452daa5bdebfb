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
import java.util.stream.IntStream;

/**
 * An external dynamic list of addresses for PAN-OS: an address or a network on each line, a blank, a comment. A comment stands
 * on the line of an address; so the first line says which names led nowhere.
 */
final class PaloAltoAddresses implements Format {
    private static final int COMMENT = 255;

    @Override
    public String key() {
        return "paloalto-edl";
    }

    @Override
    public String title() {
        return "Palo Alto, external dynamic list of addresses";
    }

    @Override
    public String mediaType() {
        return "text/plain; charset=utf-8";
    }

    @Override
    public String fileName() {
        return "fairlead-edl.txt";
    }

    @Override
    public boolean isDynamic() {
        return true;
    }

    @Override
    public boolean needsAddresses() {
        return true;
    }

    @Override
    public String render(Allowlist list) {
        List<Opening> openings = Opening.of(list.inEffect());
        Map<String, String> lines = new LinkedHashMap<>();
        List<String> lost = new ArrayList<>();
        for (Destination to : openings.stream().map(Opening::to).distinct().toList()) {
            List<Cidr> addresses = list.addresses().of(to);
            addresses.forEach(each ->
                    lines.merge(each.text(), comment(to, openings, list), (one, other) -> one + " and " + other));
            if (addresses.isEmpty()) {
                lost.add(to.text());
            }
        }
        String resolved = "resolved " + list.addresses().at();
        String why = lost.isEmpty() ? "" : ", no address then for " + String.join(" and ", lost);
        if (lines.isEmpty()) {
            return lost.isEmpty() ? "" : "# " + list.version() + ", " + resolved + why + "\n";
        }
        List<String> whole = lines.entrySet().stream()
                .map(each -> each.getKey() + " " + resolved + ", " + each.getValue())
                .toList();
        return IntStream.range(0, whole.size())
                .mapToObj(i -> whole.get(i) + (i == 0 ? why : "") + "\n")
                .collect(Collectors.joining());
    }

    private static String comment(Destination to, List<Opening> openings, Allowlist list) {
        return Comments.plain(
                (to instanceof HostName ? to.text() + ", " : "") + Opening.says(to, openings, list), COMMENT);
    }
}
