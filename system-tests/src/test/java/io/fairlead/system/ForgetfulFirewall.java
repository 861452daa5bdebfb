package io.fairlead.system;

import java.io.IOException;
import java.util.List;

/**
 * A network of its own whose firewall forgets a connection after five silent seconds, and then drops what belongs to it
 * without a word: the kernel's connection tracking, as firewalls have it. {@link #outside()} is this machine's end.
 */
final class ForgetfulFirewall implements AutoCloseable {
    private static final int FORGETS_SECONDS = 5;

    private final OwnNetwork network;
    private final String net = "10.213." + ProcessHandle.current().pid() % 250;

    private ForgetfulFirewall(OwnNetwork network) {
        this.network = network;
    }

    static ForgetfulFirewall up() throws IOException {
        ForgetfulFirewall firewall = new ForgetfulFirewall(OwnNetwork.up("nft"));
        try {
            firewall.build();
        } catch (IOException e) {
            firewall.close();
            throw e;
        }
        return firewall;
    }

    private void build() throws IOException {
        network.address(outside() + "/30", net + ".2/30");
        network.inside("nft", """
                table inet firewall {
                  chain out {
                    type filter hook output priority 0; policy accept;
                    oif lo accept
                    ct state invalid counter drop
                  }
                  chain in {
                    type filter hook input priority 0; policy drop;
                    iif lo accept
                    ct state established counter accept
                  }
                }""");
        String settings = "/proc/sys/net/netfilter/nf_conntrack_tcp_";
        network.inside("sh", "-c", "echo " + FORGETS_SECONDS + " > " + settings + "timeout_established");
        network.inside("sh", "-c", "echo 0 > " + settings + "loose");
    }

    /** The address of this machine as it is seen from within. */
    String outside() {
        return net + ".1";
    }

    /** Drops from now on what goes to this port, without a word. */
    void drops(int port) throws IOException {
        network.inside("nft", "insert rule inet firewall out tcp dport " + port + " drop");
    }

    /** Words that go before a command, so that it runs within. */
    List<String> within() {
        return network.within();
    }

    /** How many packets it has dropped as belonging to nothing that it knows. */
    int dropped() throws IOException {
        String table = network.saidInside("nft", "list", "chain", "inet", "firewall", "out");
        return Integer.parseInt(table.replaceAll("(?s).*invalid counter packets (\\d+).*", "$1"));
    }

    @Override
    public void close() throws IOException {
        network.close();
    }
}
