package io.fairlead.firewall.format;

import java.util.List;
import java.util.Optional;

/** Every way there is, in the order in which people are offered them. */
public final class Formats {
    public static final List<Format> ALL = List.of(
            //
            new Table(), //
            new Html(), //
            new Csv(), //
            new Json(), //
            new Nftables(), //
            new Iptables(true), //
            new Iptables(false), //
            new Windows(), //
            new CiscoAsa(), //
            new CiscoFtd(), //
            new CiscoFtdPorts(), //
            new PaloAlto(), //
            new PaloAltoAddresses(), //
            new PaloAltoUrls(), //
            new FortiGate(), //
            new CheckPoint(), //
            new JuniperSrx(), //
            new Pfsense(), //
            new Squid(), //
            new Pac(), //
            new Zscaler() //
            );

    private Formats() {}

    /** By its key; empty for none of them. */
    public static Optional<Format> of(String key) {
        return ALL.stream().filter(each -> each.key().equals(key)).findFirst();
    }

    /** Of all, in their order. */
    public static List<String> keys() {
        return ALL.stream().map(Format::key).toList();
    }
}
