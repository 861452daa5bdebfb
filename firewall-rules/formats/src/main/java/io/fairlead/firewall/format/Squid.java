package io.fairlead.firewall.format;

import io.fairlead.firewall.Allowlist;
import io.fairlead.firewall.Cidr;
import io.fairlead.firewall.HostName;
import io.fairlead.firewall.Protocol;
import io.fairlead.firewall.Row;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An include file for squid.conf (squid-cache.org/Doc/config/acl, http_access). Lines of an acl add up; so each is named after
 * what is in it, and the file may be included twice, or beside another list. Names are compared as they were asked for
 * ({@code -n}): otherwise the owner of an address could name it after one of ours, in the reverse zone that he keeps.
 */
final class Squid implements Format {
    /** Squid looks at no more of a name. */
    private static final int LONGEST_NAME = 31;
    /** On which plain HTTP is spoken; on all others only tunnels are let through. */
    private static final Set<Integer> PLAIN = Set.of(80, 8080);

    private static final String HOW = """
            Include it in squid.conf above the first http_access line: the first that fits decides, and the usual line
            http_access deny CONNECT !SSL_ports would keep ports other than 443 out:
              include /etc/squid/fairlead-allowlist.conf
            Try it, then load it:
              squid -k parse
              squid -k reconfigure
            What it allows needs no password; where it is to need one, add the name of your proxy_auth acl to the http_access
            lines. On ports other than 80 and 8080 only CONNECT is allowed.
            Where TLS is opened (ssl_bump), let the hosts pass whose notes ask for that: ssl_bump splice, and the name of
            their acl.
            Including it twice changes nothing. Take it back: remove the include line, then squid -k reconfigure""";

    @Override
    public String key() {
        return "squid";
    }

    @Override
    public String title() {
        return "Squid (access lists)";
    }

    @Override
    public String mediaType() {
        return "text/plain; charset=utf-8";
    }

    @Override
    public String fileName() {
        return "fairlead-allowlist.conf";
    }

    @Override
    public String render(Allowlist list) {
        StringBuilder text = new StringBuilder(Preface.of(list, HOW).text("#"));
        text.append("acl FL-connect method CONNECT\n");
        String from = "";
        if (!list.sources().isEmpty()) {
            String sources = list.sources().stream().map(Cidr::text).distinct().collect(Collectors.joining(" "));
            from = "FL-from-" + Fingerprint.of(sources);
            text.append("acl ").append(from).append(" src ").append(sources).append('\n');
            from += " ";
        }
        for (Row row : list.rows()) {
            text.append('\n').append(Told.fully(list, row, "#"));
            if (row.protocol() == Protocol.TCP) {
                text.append(allowed(row, from));
            } else {
                text.append("#   a proxy carries no ").append(row.protocol()).append(": no line\n");
            }
        }
        return text.toString();
    }

    private static String allowed(Row row, String from) {
        String host = row.to().text();
        String to = Fingerprint.shortened("FL-to-" + host.replaceAll("[:/]", "_"), "-", LONGEST_NAME);
        Map<Boolean, List<Integer>> ports =
                row.allPorts().stream().collect(Collectors.partitioningBy(PLAIN::contains, Collectors.toList()));
        return "acl " + to + (row.to() instanceof HostName ? " dstdomain -n " : " dst ") + host + "\n"
                + rule(from + "FL-connect " + to, ports.getOrDefault(false, List.of()))
                + rule(from + to, ports.getOrDefault(true, List.of()));
    }

    private static String rule(String acls, List<Integer> ports) {
        if (ports.isEmpty()) {
            return "";
        }
        String some = Told.ports(ports);
        String name = Fingerprint.shortened("FL-port-" + some.replace(' ', '-'), "-", LONGEST_NAME);
        return "acl " + name + " port " + some + "\nhttp_access allow " + acls + " " + name + "\n";
    }
}
