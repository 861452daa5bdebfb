package io.fairlead.firewall.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.firewall.Cidr;
import io.fairlead.firewall.Protocol;
import io.fairlead.firewall.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** By pacparser, whose engine knows ECMAScript 3 and little more. */
class PacTest {
    @TempDir
    Path folder;

    @Test
    void a_site_that_asks_the_function_is_told_what_is_listed() throws IOException {
        List<Row> rows = new ArrayList<>(Lists.all().rows());
        rows.add(Lists.row("AGENTS.service.example", Set.of(8443), Set.of()));
        rows.add(Lists.row("web.service.example", Set.of(80, 443), Set.of()));
        rows.add(Lists.row("2001:db8::5", Set.of(443), Set.of()));
        assertThat(decisions(new Pac().render(Lists.from(Lists.of(rows), Cidr.of("10.1.0.0/16"))), """
                https://agents.service.example/ yes
                https://AGENTS.Service.Example./agent yes
                https://agents.service.example:17001/tunnel?x=1 yes
                https://agents.service.example:8443 yes
                wss://agents.service.example/ yes
                http://agents.service.example/ no
                http://agents.service.example:443/ yes
                https://agents.service.example:4430/ no
                https://agents.service.example:44/ no
                https://agents.service.example.evil.example/ no
                https://other.example/agents.service.example:443 no
                https://agents.service.example:443@other.example/ no
                http://web.service.example/ yes
                ftp://web.service.example/ no
                https://lost.service.example/ yes
                https://constructor/ no
                https://new.service.example:123/ no
                https://203.0.113.255/ yes
                https://203.0.114.0/ no
                https://203.0.113.5:8443/ no
                https://[2001:db8::5]/ yes
                """))
                .isEmpty();
    }

    @Test
    void a_list_without_rows_says_no() throws IOException {
        assertThat(decisions(new Pac().render(Lists.of(List.of())), "https://agents.service.example/ no\n"))
                .isEmpty();
    }

    @Test
    void what_a_function_of_this_kind_cannot_say_is_said_in_a_comment() {
        assertThat(new Pac().render(Lists.all()))
                .contains("//   networks of IPv6 cannot be told here: not in the function")
                .contains("//   a proxy carries no UDP: not in the function");
        assertThat(Lists.ANNOUNCED.protocol()).isEqualTo(Protocol.UDP);
    }

    /** Those that were decided otherwise than expected. */
    private List<String> decisions(String function, String expected) throws IOException {
        Tools.need("pactester");
        Path pac = Files.writeString(folder.resolve("site.pac"), function + """
                function FindProxyForURL(url, host) { return isFairlead(url, host) ? "PROXY yes:1" : "PROXY no:1"; }
                """);
        List<String> wrong = new ArrayList<>();
        for (String line : expected.lines().toList()) {
            String url = line.substring(0, line.indexOf(' '));
            String host = Pattern.compile("//([^/]*@)?(\\[[^]]*]|[^/:?]*)")
                    .matcher(url)
                    .results()
                    .findFirst()
                    .orElseThrow()
                    .group(2);
            String said = Tools.run(
                    folder, List.of("pactester", "-p", pac.toString(), "-c", "127.0.0.1", "-u", url, "-h", host));
            if (!said.strip().equals("PROXY " + line.substring(line.indexOf(' ') + 1) + ":1")) {
                wrong.add(line + ", but " + said);
            }
        }
        return wrong;
    }
}
