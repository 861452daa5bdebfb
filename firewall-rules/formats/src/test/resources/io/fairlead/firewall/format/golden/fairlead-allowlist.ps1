# Fairlead allowlist 2026112201, issued 2026-11-22T08:00:00Z: Example Diagnostics remote service.
# This file only adds: it takes nothing away and changes nothing that is not its own.
# For the firewall of the Windows on which the instrument's agent runs. In a PowerShell as administrator:
#   powershell -ExecutionPolicy Bypass -File fairlead-allowlist.ps1
# It lets out what is listed, and nothing in. Windows lets everything out as it is installed: these rules matter where outbound
# connections are blocked by default, which is a setting of yours and stays as it is:
#   Get-NetFirewallProfile | Select-Object Name, DefaultOutboundAction
# A rule that blocks wins over these. A group policy may forbid local rules: then add them to the policy
# (-PolicyStore).
# Running it again changes nothing; another list stands beside this one. Take it back:
#   Remove-NetFirewallRule -Group 'Fairlead 2026112201'
# Addresses are those to which the names led at 2026-11-22T08:00:00Z. Where names are wanted instead: dynamic keywords, which need
# Microsoft Defender Antivirus with network protection (learn.microsoft.com, Windows Firewall dynamic keywords). The
# lines for that are shown where a name led nowhere.

#Requires -RunAsAdministrator
$ErrorActionPreference = 'Stop'

# agents.service.example, TCP 443 17001 17002, required: Status and files
#   nothing needs 17001 17002
if (-not (Get-NetFirewallRule -Name 'Fairlead-2026112201-agents.service.example-a39b0eafed' -ErrorAction SilentlyContinue)) {
    New-NetFirewallRule -Name 'Fairlead-2026112201-agents.service.example-a39b0eafed' -DisplayName 'Fairlead: agents.service.example IPv4' -Group 'Fairlead 2026112201' -Description 'agents.service.example, required, version 2026112201: Status and files' -Direction Outbound -Action Allow -Protocol TCP -RemotePort '443', '17001', '17002' -LocalAddress '10.1.0.0/16' -RemoteAddress '192.0.2.7' | Out-Null
}
if (-not (Get-NetFirewallRule -Name 'Fairlead-2026112201-agents.service.example-8b2570d445' -ErrorAction SilentlyContinue)) {
    New-NetFirewallRule -Name 'Fairlead-2026112201-agents.service.example-8b2570d445' -DisplayName 'Fairlead: agents.service.example IPv6' -Group 'Fairlead 2026112201' -Description 'agents.service.example, required, version 2026112201: Status and files' -Direction Outbound -Action Allow -Protocol TCP -RemotePort '443', '17001', '17002' -LocalAddress 'fd00::/8' -RemoteAddress '2001:db8:1::7' | Out-Null
}

# lost.service.example, TCP 443, required: Status and files
#   lost.service.example has no IPv4 address: no rule
#   lost.service.example has no IPv6 address: no rule
# New-NetFirewallDynamicKeywordAddress -Id '{3b927749-82b4-3164-9734-cebfd954dfe1}' -Keyword 'lost.service.example' -AutoResolve $true
# New-NetFirewallRule -DisplayName 'Fairlead: lost.service.example' -Group 'Fairlead 2026112201' -Description 'lost.service.example, required, version 2026112201: Status and files' -Direction Outbound -Action Allow -Protocol TCP -RemotePort '443' -RemoteDynamicKeywordAddresses '{3b927749-82b4-3164-9734-cebfd954dfe1}'

# new.service.example, UDP 123, optional, from 2026-12-01, until 2027-06-30: Time, .from. us . others
#   Do not inspect
#   .1+1
if (-not (Get-NetFirewallRule -Name 'Fairlead-2026112201-new.service.example-4eb6fe0f3b' -ErrorAction SilentlyContinue)) {
    New-NetFirewallRule -Name 'Fairlead-2026112201-new.service.example-4eb6fe0f3b' -DisplayName 'Fairlead: new.service.example IPv4' -Group 'Fairlead 2026112201' -Description 'new.service.example, optional, from 2026-12-01, until 2027-06-30, version 2026112201: Time, .from. us . others' -Direction Outbound -Action Allow -Protocol UDP -RemotePort '123' -LocalAddress '10.1.0.0/16' -RemoteAddress '192.0.2.8' | Out-Null
}
#   new.service.example has no IPv6 address: no rule

# 203.0.113.0/24, TCP 443, required: Status and files
if (-not (Get-NetFirewallRule -Name 'Fairlead-2026112201-203.0.113.0_24-a3112ba599' -ErrorAction SilentlyContinue)) {
    New-NetFirewallRule -Name 'Fairlead-2026112201-203.0.113.0_24-a3112ba599' -DisplayName 'Fairlead: 203.0.113.0/24 IPv4' -Group 'Fairlead 2026112201' -Description '203.0.113.0/24, required, version 2026112201: Status and files' -Direction Outbound -Action Allow -Protocol TCP -RemotePort '443' -LocalAddress '10.1.0.0/16' -RemoteAddress '203.0.113.0/24' | Out-Null
}

# 2001:db8::/48, TCP 443 8443, required: Status and files
if (-not (Get-NetFirewallRule -Name 'Fairlead-2026112201-2001_db8___48-12c04db62a' -ErrorAction SilentlyContinue)) {
    New-NetFirewallRule -Name 'Fairlead-2026112201-2001_db8___48-12c04db62a' -DisplayName 'Fairlead: 2001:db8::/48 IPv6' -Group 'Fairlead 2026112201' -Description '2001:db8::/48, required, version 2026112201: Status and files' -Direction Outbound -Action Allow -Protocol TCP -RemotePort '443', '8443' -LocalAddress 'fd00::/8' -RemoteAddress '2001:db8::/48' | Out-Null
}
