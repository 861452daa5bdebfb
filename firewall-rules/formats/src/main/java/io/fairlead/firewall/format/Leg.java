package io.fairlead.firewall.format;

import io.fairlead.firewall.Allowlist;
import io.fairlead.firewall.Cidr;
import io.fairlead.firewall.Row;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * A row in one family of addresses, for firewalls that do not know names.
 *
 * @param from sources of that family, none within another; none for anywhere
 * @param to addresses of that family, none within another
 * @param lacks why a name has no rule; empty when there is one, and for a network of the other family
 */
record Leg(List<Cidr> from, List<Cidr> to, String lacks) {
    private static final Comparator<Cidr> ORDER = (one, other) ->
            Arrays.compareUnsigned(one.network().getAddress(), other.network().getAddress());

    static Leg of(Allowlist list, Row row, boolean ipv4) {
        String family = ipv4 ? "IPv4" : "IPv6";
        List<Cidr> from = ofFamily(list.sources(), ipv4);
        List<Cidr> to = ofFamily(list.addresses().of(row.to()), ipv4);
        if (to.isEmpty() && row.to() instanceof Cidr) {
            return new Leg(from, to, "");
        }
        if (to.isEmpty()) {
            return new Leg(from, to, row.to().text() + " has no " + family + " address: no rule");
        }
        if (from.isEmpty() && !list.sources().isEmpty()) {
            return new Leg(from, to, "no " + family + " network was given as source: no rule");
        }
        return new Leg(from, to, "");
    }

    boolean isRule() {
        return lacks.isEmpty() && !to.isEmpty();
    }

    /** Instead of a rule: a comment line, or nothing. */
    String comment() {
        return lacks.isEmpty() ? "" : "#   " + lacks + "\n";
    }

    /** In the order of addresses, so that the answer of a name server in another order gives the same file. */
    private static List<Cidr> ofFamily(Collection<Cidr> all, boolean ipv4) {
        List<Cidr> some =
                all.stream().filter(each -> each.isIpv4() == ipv4).distinct().toList();
        return some.stream()
                .filter(each -> some.stream().noneMatch(other -> !other.equals(each) && other.contains(each)))
                .sorted(ORDER)
                .toList();
    }
}
