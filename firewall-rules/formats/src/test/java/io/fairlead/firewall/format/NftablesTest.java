package io.fairlead.firewall.format;

import static io.fairlead.firewall.format.Tools.shown;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.firewall.Allowlist;
import io.fairlead.firewall.Cidr;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NftablesTest {
    private static final Allowlist LIST = Lists.from(Lists.all(), Cidr.of("10.1.0.0/16"), Cidr.of("fd00::/8"));

    @TempDir
    Path folder;

    @Test
    void a_network_that_denies_everything_lets_out_what_is_listed_until_it_is_taken_back() throws IOException {
        String rules = new Nftables().render(LIST);
        Files.writeString(folder.resolve("fairlead-allowlist.nft"), rules);
        Files.writeString(folder.resolve("own.nft"), """
                table inet filter {
                  chain output {
                    type filter hook output priority 0; policy drop;
                    ct state established,related accept
                    counter drop
                  }
                }
                """);
        String said = Tools.alone(
                folder,
                Netns.ADDRESSES + """
                        nft -f own.nft
                        """ + shown(rules, "nft -c -f") + "\n" + shown(rules, "nft -f") + "\n"
                        + shown(rules, "nft insert").replace("forward", "output") + """

                        nft list ruleset > once.txt
                        ! nft -f fairlead-allowlist.nft
                        nft list ruleset | sed 's/packets.*bytes [0-9]*//' > twice.txt
                        sed -i 's/packets.*bytes [0-9]*//' once.txt
                        cmp once.txt twice.txt
                        """ + Tools.probe() + Netns.TARGETS
                        + "\n"
                        + shown(rules, "(echo flush") + " 2>&1 || echo refused\n"
                        + shown(rules, "nft flush") + "\n"
                        + shown(rules, "nft delete") + "\n"
                        + "echo taken back\n"
                        + Tools.probe() + Netns.ONE,
                "nft");
        assertThat(said).contains("File exists", Netns.OUTCOME + "\n");
        assertThat(said).endsWith("taken back\n" + Netns.ONE.strip() + " denied\n");
    }

    @Test
    void another_list_stands_beside_the_first_and_one_without_rows_is_a_list() throws IOException {
        Files.writeString(folder.resolve("one.nft"), new Nftables().render(LIST));
        Files.writeString(folder.resolve("other.nft"), new Nftables().render(Lists.all()));
        Files.writeString(folder.resolve("none.nft"), new Nftables().render(Lists.of(List.of())));
        Files.writeString(
                folder.resolve("long.nft"),
                new Nftables().render(Lists.from(Lists.of(List.of(Lists.LONGEST)), Cidr.of("0.0.0.0/0"))));
        String said = Tools.alone(
                folder, "nft -f one.nft; nft -f other.nft; nft -f none.nft; nft -f long.nft; nft list ruleset", "nft");
        assertThat(said.lines()
                        .filter(line -> line.contains("jump fairlead_2026112201_"))
                        .distinct())
                .hasSize(4);
        assertThat(said.lines().filter(line -> line.contains("accept"))).hasSize(11);
    }
}
