package io.fairlead.firewall.format;

import io.fairlead.firewall.Allowlist;
import io.fairlead.firewall.Cidr;
import io.fairlead.firewall.HostName;
import io.fairlead.firewall.Row;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a firewall lets out, as a grammar reads it from a file and as a list means it.
 *
 * @param source a network with its prefix, {@code any}, {@code any4} or {@code any6}
 * @param to a host name, or a network with its prefix
 */
record Permit(String source, String protocol, String to, int port) {
    /** Where one rule holds addresses of both kinds. */
    static Set<Permit> of(Allowlist list) {
        return of(list, List.of("any"), true);
    }

    /** Where a rule without sources is one for each kind of addresses. */
    static Set<Permit> ofEachKind(Allowlist list) {
        return of(list, List.of("any4", "any6"), false);
    }

    private static Set<Permit> of(Allowlist list, List<String> any, boolean both) {
        Set<Permit> permits = new HashSet<>();
        for (Row row : list.rows()) {
            for (String source : sources(row, list, any, both)) {
                for (int port : row.allPorts()) {
                    permits.add(new Permit(source, row.protocol().text(), text(row), port));
                }
            }
        }
        return permits;
    }

    private static List<String> sources(Row row, Allowlist list, List<String> any, boolean both) {
        List<String> sources = new ArrayList<>();
        if (list.sources().isEmpty()) {
            any.stream()
                    .filter(each -> both
                            || !(row.to() instanceof Cidr network)
                            || each.equals(network.isIpv4() ? "any4" : "any6"))
                    .forEach(sources::add);
        }
        for (Cidr source : list.sources()) {
            if (!(row.to() instanceof Cidr network) || network.isIpv4() == source.isIpv4()) {
                sources.add(source.withPrefix());
            }
        }
        return sources;
    }

    private static String text(Row row) {
        return row.to() instanceof HostName host ? host.value() : ((Cidr) row.to()).withPrefix();
    }
}
