package io.fairlead.agent.poll;

/** What a person at the instrument may do about a state of {@link Standing}. */
final class Advice {
    private Advice() {}

    /** @param state the state's name, and a fault's key where there is one */
    static String on(String state) {
        String[] words = state.split(" ", 2);
        return switch (words[0]) {
            case "STARTING" -> "starting: no answer yet";
            case "ONLINE" -> "connected: nothing to do";
            case "UNREACHABLE" ->
                "not reachable: check the network, the proxy and the firewall on the way to the server."
                        + " Messages are kept and sent when the way is open";
            case "PROXY_UNREACHABLE" ->
                "the site's proxy is not there: check section proxy of site.conf, or ask IT. Messages are kept and"
                        + " sent when the way is open";
            case "PROXY_REFUSED" ->
                "the site's proxy does not let this PC to the server: ask IT to allow what the cause below names."
                        + " Messages are kept";
            case "PROXY_PASSWORD" ->
                "the site's proxy wants a password, or another one: see proxy.credentials in site.conf."
                        + " Messages are kept";
            case "TLS_REFUSED" ->
                "refused: what answers is not the enterprise's server. If a proxy inspects TLS, ask IT to"
                        + " exempt the server; the cause below names who answered. If this PC was off while the enterprise"
                        + " replaced its authorities, ask the enterprise for a new enrolment string. Messages are kept";
            case "ENROLMENT_NEEDED" -> enrol(words.length > 1 ? words[1] : "");
            case "BAD_ANSWER" ->
                "something answers that is not the enterprise's server, or another version of it. Messages"
                        + " are kept; tell the enterprise if it lasts";
            case "HELD" ->
                "held: two programs use this device's identity, perhaps after a disk was copied. The enterprise"
                        + " decides which is the genuine one; nothing is lost and nothing runs meanwhile";
            case "FAULT" -> fault(words.length > 1 ? words[1] : "");
            default -> state;
        };
    }

    private static String enrol(String key) {
        if (key.equals("certificate-expired")) {
            return "this device's certificate has ended, as after a long time off. Ask the enterprise for a new enrolment"
                    + " string, then run: fairlead-agent enrol -. Messages are kept and sent then";
        }
        String refused = "refused: the enterprise does not take this device any more. Ask it for a new"
                + " enrolment string, then run: fairlead-agent enrol -";
        return key.equals("certificate-revoked")
                ? refused
                        + ". If this PC's disk is a copy of another's, the enterprise has kept that one: ask for a string of"
                        + " a device of its own, and run: fairlead-agent enrol - --new-device"
                : refused;
    }

    private static String fault(String key) {
        return "the enterprise answers with the fault " + key + "; messages are kept. Tell the enterprise if it lasts";
    }
}
