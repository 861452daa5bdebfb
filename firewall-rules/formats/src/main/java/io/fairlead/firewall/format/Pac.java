package io.fairlead.firewall.format;

import io.fairlead.firewall.Allowlist;
import io.fairlead.firewall.Cidr;
import io.fairlead.firewall.Protocol;
import io.fairlead.firewall.Row;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A function for a site's own proxy auto-configuration: whether a host and port are on the list. In ECMAScript 3, which every
 * evaluator of such files knows; it asks no name server.
 */
final class Pac implements Format {
    private static final String HOW = """
            Paste it into your PAC file, and ask it where you decide, for instance:
              function FindProxyForURL(url, host) {
                if (isFairlead(url, host)) { return "PROXY proxy.hospital.example:3128"; }
                ...
              }
            It decides nothing by itself, and asks no name server. Take it back: remove the function and its call.""";

    private static final String FUNCTION = """
            function isFairlead(url, host) {
              var hosts = {HOSTS};
              var networks = [NETWORKS];
              var parts = /^(http|https|ws|wss):\\/\\/([^\\/?#]*@)?(\\[[^\\]]*\\]|[^:\\/?#]*)(:([0-9]+))?([\\/?#]|$)/i.exec(url);
              if (!parts) { return false; }
              var port = parts[5] ? String(Number(parts[5])) : (/^(http|ws)$/i.test(parts[1]) ? "80" : "443");
              var name = String(host).toLowerCase().replace(/^\\[|\\]$/g, "").replace(/\\.$/, "");
              if (Object.prototype.hasOwnProperty.call(hosts, name)) {
                if (hosts[name].indexOf(" " + port + " ") >= 0) { return true; }
              }
              if (/^[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}$/.test(name)) {
                for (var i = 0; i < networks.length; i++) {
                  if (isInNet(name, networks[i][0], networks[i][1]) && networks[i][2].indexOf(" " + port + " ") >= 0) {
                    return true;
                  }
                }
              }
              return false;
            }
            """;

    @Override
    public String key() {
        return "pac";
    }

    @Override
    public String title() {
        return "Proxy auto-configuration (a function for your PAC file)";
    }

    @Override
    public String mediaType() {
        return "application/x-ns-proxy-autoconfig; charset=utf-8";
    }

    @Override
    public String fileName() {
        return "fairlead-allowlist.pac";
    }

    @Override
    public String render(Allowlist list) {
        StringBuilder text = new StringBuilder(Preface.of(list, HOW).text("//"));
        if (!list.sources().isEmpty()) {
            text.append("// Where a connection comes from is not looked at.\n");
        }
        SortedMap<String, SortedSet<Integer>> hosts = new TreeMap<>();
        SortedMap<String, SortedSet<Integer>> networks = new TreeMap<>();
        for (Row row : list.rows()) {
            text.append(Told.fully(list, row, "//"));
            if (row.protocol() != Protocol.TCP) {
                text.append("//   a proxy carries no ").append(row.protocol()).append(": not in the function\n");
            } else if (!(row.to() instanceof Cidr network) || network.isOneAddress()) {
                collect(hosts, "\"" + row.to().text() + "\"", row);
            } else if (network.isIpv4()) {
                collect(networks, "\"" + network.address() + "\", \"" + Masks.of(network.prefix()) + "\"", row);
            } else {
                text.append("//   networks of IPv6 cannot be told here: not in the function\n");
            }
        }
        return text
                + FUNCTION.replace("HOSTS", told(hosts, "", ": ", ""))
                        .replace("NETWORKS", told(networks, "[", ", ", "]"));
    }

    /** A host may have several rows, for several purposes. */
    private static void collect(SortedMap<String, SortedSet<Integer>> all, String key, Row row) {
        boolean unused = all.computeIfAbsent(key, none -> new TreeSet<>()).addAll(row.allPorts());
    }

    private static String told(SortedMap<String, SortedSet<Integer>> all, String open, String between, String close) {
        List<String> members = all.entrySet().stream()
                .map(each ->
                        "\n    " + open + each.getKey() + between + "\" " + Told.ports(each.getValue()) + " \"" + close)
                .toList();
        return members.stream().collect(Collectors.joining(",")) + (members.isEmpty() ? "" : "\n  ");
    }
}
