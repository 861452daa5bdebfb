package io.fairlead.firewall.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.firewall.Cidr;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * There is no Windows here. What is written is held against Microsoft's documents: the parameters and their values against
 * learn.microsoft.com/powershell/module/netsecurity/new-netfirewallrule (addresses: one, a subnet, a range; ports: one; a
 * name is unique), quoting against about_Quoting_Rules (nothing is expanded between single quotes, and only a single quote
 * ends it), comments and requirements against about_Comments and about_Requires.
 */
class WindowsTest {
    private static final String TEXT = "'[A-Za-z0-9 .,:/()+_-]+'";
    private static final String ADDRESS = "'[0-9a-f.:/-]+'";
    private static final String PORT = "'[0-9]{1,5}'";
    private static final Pattern RULE = Pattern.compile("    New-NetFirewallRule -Name (?<name>" + TEXT
            + ") -DisplayName "
            + TEXT + " -Group 'Fairlead 2026112201' -Description " + TEXT
            + " -Direction Outbound -Action Allow -Protocol (?:TCP|UDP) -RemotePort (?<ports>" + PORT + "(?:, " + PORT
            + ")*)(?: -LocalAddress (?<from>" + ADDRESS + "(?:, " + ADDRESS + ")*))? -RemoteAddress (?<to>" + ADDRESS
            + "(?:, " + ADDRESS + ")*) \\| Out-Null");

    @Test
    void each_line_is_of_the_documented_form_and_each_name_is_used_once() {
        String script = new Windows()
                .render(Lists.from(Lists.all(), Cidr.of("10.1.0.0/16"), Cidr.of("10.2.0.0/16"), Cidr.of("fd00::/8")));
        List<String> lines = script.lines()
                .filter(line -> !line.isBlank() && (!line.startsWith("#") || line.startsWith("#Requires")))
                .toList();
        assertThat(lines.subList(0, 2))
                .containsExactly("#Requires -RunAsAdministrator", "$ErrorActionPreference = 'Stop'");
        Set<String> names = new HashSet<>();
        for (int at = 2; at < lines.size(); at += 3) {
            Matcher rule = RULE.matcher(lines.get(at + 1));
            assertThat(rule.matches()).as(lines.get(at + 1)).isTrue();
            assertThat(lines.get(at))
                    .isEqualTo("if (-not (Get-NetFirewallRule -Name " + rule.group("name")
                            + " -ErrorAction SilentlyContinue)) {");
            assertThat(lines.get(at + 2)).isEqualTo("}");
            assertThat(names.add(rule.group("name"))).isTrue();
            // Local and remote addresses of one rule are of one family.
            Set<Boolean> families = new HashSet<>();
            for (String address : (rule.group("from") + ", " + rule.group("to")).split(", ")) {
                families.add(Cidr.of(address.replace("'", "")).isIpv4());
            }
            assertThat(families).hasSize(1);
        }
        assertThat(names).hasSize(5);
    }

    @Test
    void a_name_that_led_nowhere_is_shown_as_a_dynamic_keyword() {
        assertThat(new Windows().render(Lists.all()))
                .contains("#   lost.service.example has no IPv4 address: no rule")
                .containsPattern("# New-NetFirewallDynamicKeywordAddress -Id '\\{[0-9a-f-]{36}}' "
                        + "-Keyword 'lost.service.example' -AutoResolve \\$true");
    }

    @Test
    void everywhere_is_written_as_a_range_and_a_list_without_rows_is_a_script() {
        assertThat(new Windows().render(Lists.of(List.of(Lists.row("0.0.0.0/0", Set.of(443), Set.of())))))
                .contains("-RemoteAddress '0.0.0.0-255.255.255.255' | Out-Null");
        assertThat(new Windows().render(Lists.of(List.of()))).endsWith("$ErrorActionPreference = 'Stop'\n");
    }
}
