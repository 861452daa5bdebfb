package io.fairlead.firewall.format;

/** Who dials whom in a network of its own, when {@link Lists#all} is let out of 10.1.0.0/16 and fd00::/8. */
final class Netns {
    static final String ADDRESSES = """
            for a in 10.1.0.5/32 10.2.0.5/32 192.0.2.7/32 192.0.2.9/32 203.0.113.77/32; do ip address add $a dev lo; done
            for a in fd00::5/128 2001:db8:1::7/128 2001:db8::77/128; do ip address add $a dev lo nodad; done
            """;
    /** Host and both kinds of ports, network; another port, source, host; the same of IPv6. */
    static final String OUTCOME = """
            10.1.0.5 192.0.2.7 443 passes
            10.1.0.5 192.0.2.7 17002 passes
            10.1.0.5 203.0.113.77 443 passes
            10.1.0.5 192.0.2.7 80 denied
            10.1.0.5 203.0.113.77 17002 denied
            10.2.0.5 192.0.2.7 443 denied
            10.1.0.5 192.0.2.9 443 denied
            fd00::5 2001:db8:1::7 443 passes
            fd00::5 2001:db8::77 8443 passes
            fd00::5 2001:db8:1::7 80 denied
            2001:db8::77 2001:db8:1::7 443 denied""";

    static final String TARGETS =
            " " + OUTCOME.replaceAll(" (passes|denied)", "").replace('\n', ' ');
    static final String ONE = " 10.1.0.5 192.0.2.7 443";

    private Netns() {}
}
