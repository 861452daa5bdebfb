package io.fairlead.firewall.format;

import io.fairlead.firewall.Allowlist;
import io.fairlead.firewall.Cidr;
import io.fairlead.firewall.Destination;
import io.fairlead.firewall.HostName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Network objects as Cisco's Secure Firewall Management Center imports them, for Firepower Threat Defense: the columns are
 * the maker's, and there is no place for a head. It imports no rules.
 */
final class CiscoFtd implements Format {
    private static final ObjectNames NAMES = new ObjectNames(64, true);
    private static final int DESCRIPTION = 200;

    @Override
    public String key() {
        return "ftd";
    }

    @Override
    public String title() {
        return "Cisco FTD, network objects to import (CSV)";
    }

    @Override
    public String mediaType() {
        return "text/csv; charset=utf-8";
    }

    @Override
    public String fileName() {
        return "fairlead-ftd-networks.csv";
    }

    @Override
    public String render(Allowlist list) {
        List<Opening> openings = Opening.of(list.rows());
        Map<String, String> rows = new LinkedHashMap<>();
        openings.forEach(each ->
                rows.putIfAbsent(NAMES.of(each.to()), row(each.to(), Opening.says(each.to(), openings, list))));
        list.sources()
                .forEach(each ->
                        rows.putIfAbsent(NAMES.of(each), row(each, list.version() + ", instruments dial from here")));
        List<String> lines = new ArrayList<>(List.of("NAME,DESCRIPTION,TYPE,VALUE,LOOKUP"));
        lines.addAll(rows.values());
        return String.join("\n", lines) + "\n";
    }

    /** Without a comma in any cell: whether the import understands quotes is not written anywhere. */
    private static String row(Destination to, String says) {
        String kind = to instanceof Cidr network ? network.isOneAddress() ? "host" : "network" : "fqdn";
        return String.join(
                ",",
                NAMES.of(to),
                Comments.plain(says.replace(",", " -"), DESCRIPTION),
                kind,
                to.text(),
                to instanceof HostName ? "ipv4_ipv6" : "");
    }
}
