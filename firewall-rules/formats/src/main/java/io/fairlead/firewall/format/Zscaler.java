package io.fairlead.firewall.format;

import io.fairlead.firewall.Allowlist;
import io.fairlead.firewall.HostName;
import io.fairlead.firewall.Protocol;
import io.fairlead.firewall.Row;
import java.util.stream.Collectors;

/**
 * URLs of a custom category of Zscaler Internet Access, one a line: exactly these hosts, as no full stop stands in front. One
 * line of another form and the maker refuses all, so there are no comments; names of one label are left out, and networks,
 * which have a field of their own there.
 */
final class Zscaler implements Format {
    @Override
    public String key() {
        return "zscaler";
    }

    @Override
    public String title() {
        return "Zscaler, URLs of a custom category (host names; exempt it from SSL inspection)";
    }

    @Override
    public String mediaType() {
        return "text/plain; charset=utf-8";
    }

    @Override
    public String fileName() {
        return "fairlead-zscaler.txt";
    }

    @Override
    public String render(Allowlist list) {
        return list.rows().stream()
                .filter(row -> row.protocol() == Protocol.TCP)
                .map(Row::to)
                .filter(to -> to instanceof HostName && to.text().indexOf('.') > 0)
                .distinct()
                .map(to -> to.text() + "\n")
                .collect(Collectors.joining());
    }
}
