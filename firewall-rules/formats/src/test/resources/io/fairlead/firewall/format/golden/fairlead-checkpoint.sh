#!/bin/bash
# Fairlead allowlist 2026112201, issued 2026-11-22T08:00:00Z: Example Diagnostics remote service.
# This file only adds: it takes nothing away and changes nothing that is not its own.
# On the management server (R80.10 or later): mgmt_cli login -r true > session.txt; bash this file.
# Then look at it in SmartConsole and: mgmt_cli publish -s session.txt (or discard). Nothing is installed.
# LAYER is the access layer, POSITION where new rules go: above a rule that drops.
# Run twice, what is there already stays as it is.
# To take it back before publishing: mgmt_cli discard -s session.txt. Later, delete the rules, then the
# services and addresses, whose names begin with FL, and the domains that nothing else uses.
set -euo pipefail
SESSION="${SESSION:-session.txt}"
LAYER="${LAYER:-Network}"
POSITION="${POSITION:-top}"

cli() { mgmt_cli -s "$SESSION" "$@"; }

object() {
  if cli show "$1" name "$2" > /dev/null 2>&1; then
    echo "there already: $1 $2"
  else
    cli add "$1" name "${@:2}" > /dev/null
    echo "added: $1 $2"
  fi
}

rule() {
  if cli show access-rule layer "$LAYER" name "$1" > /dev/null 2>&1; then
    echo "there already: rule $1"
  else
    cli add access-rule layer "$LAYER" position "$POSITION" name "$@" > /dev/null
    echo "added: rule $1"
  fi
}

cli show session > /dev/null
object dns-domain '.agents.service.example' is-sub-domain false comments '2026112201, tcp 443 17001 17002: Status and files'
object dns-domain '.lost.service.example' is-sub-domain false comments '2026112201, tcp 443: Status and files'
object dns-domain '.new.service.example' is-sub-domain false comments '2026112201, udp 123, from 2026-12-01, until 2027-06-30, not required: Time, .from. us . others. Do not inspect. .1+1'
object network 'FLN_203.0.113.0_24' subnet '203.0.113.0' mask-length 24 ignore-warnings true comments '2026112201, tcp 443: Status and files'
object network 'FLN_2001_db8___48' subnet '2001:db8::' mask-length 48 ignore-warnings true comments '2026112201, no rule: none of the source networks is of this kind of addresses, tcp 443 8443: Status and files'
object network 'FLN_10.20.0.0_16' subnet '10.20.0.0' mask-length 16 ignore-warnings true comments '2026112201, instruments dial from here'
object service-tcp 'FLP_tcp_443' port 443 match-for-any false
object service-tcp 'FLP_tcp_17001' port 17001 match-for-any false
object service-tcp 'FLP_tcp_17002' port 17002 match-for-any false
object service-udp 'FLP_udp_123' port 123 match-for-any false
object service-tcp 'FLP_tcp_8443' port 8443 match-for-any false
rule 'FL-agents.service.example-443_17001_17002' source.1 'FLN_10.20.0.0_16' destination.1 '.agents.service.example' service.1 'FLP_tcp_443' service.2 'FLP_tcp_17001' service.3 'FLP_tcp_17002' action Accept track.type Log comments '2026112201: Status and files'
rule 'FL-lost.service.example-443' source.1 'FLN_10.20.0.0_16' destination.1 '.lost.service.example' service.1 'FLP_tcp_443' action Accept track.type Log comments '2026112201: Status and files'
rule 'FL-new.service.example-udp123' source.1 'FLN_10.20.0.0_16' destination.1 '.new.service.example' service.1 'FLP_udp_123' action Accept track.type Log comments '2026112201, from 2026-12-01, until 2027-06-30, not required: Time, .from. us . others. Do not inspect. .1+1'
rule 'FLN-203.0.113.0_24-443' source.1 'FLN_10.20.0.0_16' destination.1 'FLN_203.0.113.0_24' service.1 'FLP_tcp_443' action Accept track.type Log comments '2026112201: Status and files'
echo "Look at it in SmartConsole, then: mgmt_cli publish -s $SESSION"
