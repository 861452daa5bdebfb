package io.fairlead.firewall.format;

import io.fairlead.firewall.Allowlist;
import io.fairlead.firewall.HostName;
import io.fairlead.firewall.Protocol;
import io.fairlead.firewall.Row;
import java.util.stream.Collectors;

/**
 * An external dynamic list of URLs for PAN-OS: a host name on each line, ended by a slash, without which a list of an older
 * version would also let out to {@code agents.example.evil.example}. There are no comments. Networks and what is not TCP have
 * no URL.
 */
final class PaloAltoUrls implements Format {
    @Override
    public String key() {
        return "paloalto-edl-url";
    }

    @Override
    public String title() {
        return "Palo Alto, external dynamic list of URLs (host names)";
    }

    @Override
    public String mediaType() {
        return "text/plain; charset=utf-8";
    }

    @Override
    public String fileName() {
        return "fairlead-edl-url.txt";
    }

    @Override
    public boolean isDynamic() {
        return true;
    }

    @Override
    public String render(Allowlist list) {
        return list.inEffect().stream()
                .filter(row -> row.protocol() == Protocol.TCP)
                .map(Row::to)
                .filter(HostName.class::isInstance)
                .distinct()
                .map(to -> to.text() + "/\n")
                .collect(Collectors.joining());
    }
}
