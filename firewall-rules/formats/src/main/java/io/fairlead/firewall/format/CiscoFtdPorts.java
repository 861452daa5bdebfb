package io.fairlead.firewall.format;

import io.fairlead.firewall.Allowlist;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Port objects as Cisco's Secure Firewall Management Center imports them: other columns than networks, so another file. */
final class CiscoFtdPorts implements Format {
    private static final ObjectNames NAMES = new ObjectNames(64, true);

    @Override
    public String key() {
        return "ftd-ports";
    }

    @Override
    public String title() {
        return "Cisco FTD, port objects to import (CSV)";
    }

    @Override
    public String mediaType() {
        return "text/csv; charset=utf-8";
    }

    @Override
    public String fileName() {
        return "fairlead-ftd-ports.csv";
    }

    @Override
    public String render(Allowlist list) {
        return Stream.concat(
                        Stream.of("NAME,PROTOCOL,PORT,ICMPCODE,ICMPTYPE"),
                        Opening.of(list.rows()).stream()
                                .flatMap(each -> each.ports().stream()
                                        .map(port -> NAMES.of(each.protocol(), port) + ","
                                                + each.protocol().text() + "," + port + ",,"))
                                .distinct())
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
