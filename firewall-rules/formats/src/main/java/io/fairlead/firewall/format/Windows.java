package io.fairlead.firewall.format;

import io.fairlead.firewall.Allowlist;
import io.fairlead.firewall.Cidr;
import io.fairlead.firewall.HostName;
import io.fairlead.firewall.Row;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A PowerShell script for the firewall of an instrument's own Windows
 * (learn.microsoft.com/powershell/module/netsecurity/new-netfirewallrule). A rule is named after what is in it, so that
 * running the script twice adds nothing. All text stands between single quotes, where PowerShell expands nothing.
 */
final class Windows implements Format {
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_DESCRIPTION = 500;

    private static final String HOW = """
            For the firewall of the Windows on which the instrument's agent runs. In a PowerShell as administrator:
              powershell -ExecutionPolicy Bypass -File fairlead-allowlist.ps1
            It lets out what is listed, and nothing in. Windows lets everything out as it is installed: these rules matter where outbound
            connections are blocked by default, which is a setting of yours and stays as it is:
              Get-NetFirewallProfile | Select-Object Name, DefaultOutboundAction
            A rule that blocks wins over these. A group policy may forbid local rules: then add them to the policy
            (-PolicyStore).
            Running it again changes nothing; another list stands beside this one. Take it back:
              Remove-NetFirewallRule -Group 'GROUP'
            Addresses are those to which the names led at RESOLVED. Where names are wanted instead: dynamic keywords, which need
            Microsoft Defender Antivirus with network protection (learn.microsoft.com, Windows Firewall dynamic keywords). The
            lines for that are shown where a name led nowhere.""";

    @Override
    public String key() {
        return "windows";
    }

    @Override
    public String title() {
        return "Windows Defender Firewall (PowerShell)";
    }

    @Override
    public String mediaType() {
        return "text/plain; charset=utf-8";
    }

    @Override
    public String fileName() {
        return "fairlead-allowlist.ps1";
    }

    @Override
    public boolean needsAddresses() {
        return true;
    }

    @Override
    public String render(Allowlist list) {
        StringBuilder script = new StringBuilder(
                Preface.of(list, HOW.replace("GROUP", group(list))).text("#"));
        script.append("#Requires -RunAsAdministrator\n$ErrorActionPreference = 'Stop'\n");
        for (Row row : list.rows()) {
            script.append('\n').append(Told.fully(list, row, "#")).append(rule(list, row, true));
            script.append(rule(list, row, false));
            if (row.to() instanceof HostName name && list.addresses().of(name).isEmpty()) {
                script.append(byName(list, row, name));
            }
        }
        return script.toString();
    }

    private static String rule(Allowlist list, Row row, boolean ipv4) {
        Leg leg = Leg.of(list, row, ipv4);
        if (!leg.isRule()) {
            return leg.comment();
        }
        String what = common(list, row, ipv4 ? " IPv4" : " IPv6")
                + (leg.from().isEmpty()
                        ? ""
                        : " -LocalAddress " + quoted(leg.from().stream().map(Windows::range)))
                + " -RemoteAddress " + quoted(leg.to().stream().map(Windows::range));
        String name = "Fairlead-" + list.version() + "-" + row.to().text().replaceAll("[:/]", "_");
        String unique = name.substring(0, Math.min(name.length(), LONGEST_NAME)) + "-" + Fingerprint.of(what);
        return "if (-not (Get-NetFirewallRule -Name '" + unique + "' -ErrorAction SilentlyContinue)) {\n"
                + "    New-NetFirewallRule -Name '" + unique + "'" + what + " | Out-Null\n"
                + "}\n";
    }

    /** Shown as a comment: it needs what not every Windows has, and does not replace an address that is missing. */
    private static String byName(Allowlist list, Row row, HostName name) {
        String id = "{" + UUID.nameUUIDFromBytes(name.value().getBytes(StandardCharsets.UTF_8)) + "}";
        return "# New-NetFirewallDynamicKeywordAddress -Id '" + id + "' -Keyword '" + name + "' -AutoResolve $true\n"
                + "# New-NetFirewallRule" + common(list, row, "") + " -RemoteDynamicKeywordAddresses '" + id + "'\n";
    }

    private static String common(Allowlist list, Row row, String family) {
        return " -DisplayName '" + Fingerprint.shortened("Fairlead: " + row.to().text(), " ", LONGEST_NAME) + family
                + "'"
                + " -Group '" + group(list) + "'"
                + " -Description '" + Told.briefly(list, row, LONGEST_DESCRIPTION) + "'"
                + " -Direction Outbound -Action Allow -Protocol " + row.protocol()
                + " -RemotePort " + quoted(row.allPorts().stream().map(String::valueOf));
    }

    private static String group(Allowlist list) {
        return "Fairlead " + list.version();
    }

    /** A prefix of 0 is none that Windows takes; the range that it means is. */
    private static String range(Cidr network) {
        if (network.prefix() > 0) {
            return network.text();
        }
        return network.isIpv4() ? "0.0.0.0-255.255.255.255" : "::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff";
    }

    private static String quoted(Stream<String> members) {
        return members.map(each -> "'" + each + "'").collect(Collectors.joining(", "));
    }
}
