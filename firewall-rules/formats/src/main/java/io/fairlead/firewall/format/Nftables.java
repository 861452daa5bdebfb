package io.fairlead.firewall.format;

import io.fairlead.firewall.Allowlist;
import io.fairlead.firewall.Cidr;
import io.fairlead.firewall.Row;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Commands for {@code nft -f} (nft(8)): rules in a chain of their own, named after what is in it. An accept counts only in the
 * table whose chain denies, so the chain stands in the administrator's {@code inet filter}, and he jumps to it himself: only
 * he knows where.
 *
 * <p>Everything but a rule may be added twice. {@code create chain} therefore comes first: of a file that was loaded before
 * it refuses the whole (nft loads a file in one transaction), and no rule stands there twice.
 */
final class Nftables implements Format {
    /** What the kernel keeps of a comment is 128 bytes with its end. */
    private static final int LONGEST_COMMENT = 127;

    private static final String HOW = """
            Try it, then load it:
              nft -c -f fairlead-allowlist.nft
              nft -f fairlead-allowlist.nft
            Once, where the packets of the instruments pass (output, on the instrument itself), before anything there denies:
              nft insert rule inet filter forward jump fairlead_out
            Addresses are those to which the names led at RESOLVED.
            It lets out new connections to what is listed, and nothing in. What comes back passes by the rule that you
            have already: ct state established,related accept
            Your table is another than inet filter? Write yours instead, in every line.
            The same file again is refused as a whole (File exists) and changes nothing; another list stands beside this one.
            Take this and every other list of Fairlead's back:
              nft flush chain inet filter fairlead_out
              nft delete chain inet filter CHAIN
            Put it in place of an older list, without a gap:
              (echo flush chain inet filter fairlead_out; cat fairlead-allowlist.nft) | nft -f -""";

    @Override
    public String key() {
        return "nftables";
    }

    @Override
    public String title() {
        return "Linux: nftables";
    }

    @Override
    public String mediaType() {
        return "text/plain; charset=utf-8";
    }

    @Override
    public String fileName() {
        return "fairlead-allowlist.nft";
    }

    @Override
    public boolean needsAddresses() {
        return true;
    }

    @Override
    public String render(Allowlist list) {
        String chain = "fairlead_" + list.version().value().replace('-', '_') + "_" + Fingerprint.of(rules(list, ""));
        return Preface.of(list, HOW.replace("CHAIN", chain)).text("#")
                + "add table inet filter\n"
                + "create chain inet filter " + chain + "\n"
                + "add chain inet filter fairlead_out\n"
                + "add rule inet filter fairlead_out jump " + chain + " comment \""
                + Comments.plain(list.title().value(), LONGEST_COMMENT) + "\"\n"
                + rules(list, "add rule inet filter " + chain + " ");
    }

    private static String rules(Allowlist list, String add) {
        return list.rows().stream()
                .map(row ->
                        "\n" + Told.fully(list, row, "#") + rule(list, row, true, add) + rule(list, row, false, add))
                .collect(Collectors.joining());
    }

    private static String rule(Allowlist list, Row row, boolean ipv4, String add) {
        Leg leg = Leg.of(list, row, ipv4);
        if (!leg.isRule()) {
            return leg.comment();
        }
        String ip = ipv4 ? "ip " : "ip6 ";
        return add
                + (leg.from().isEmpty() ? "" : ip + "saddr " + set(texts(leg.from())) + " ")
                + ip + "daddr " + set(texts(leg.to()))
                + " " + row.protocol().text() + " dport " + set(row.allPorts())
                + " ct state new accept comment \"" + Told.briefly(list, row, LONGEST_COMMENT) + "\"\n";
    }

    private static List<String> texts(List<Cidr> networks) {
        return networks.stream().map(Cidr::text).toList();
    }

    private static String set(Collection<?> members) {
        return members.stream().map(String::valueOf).collect(Collectors.joining(", ", "{ ", " }"));
    }
}
