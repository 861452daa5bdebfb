package io.fairlead.agent.reach;

import io.fairlead.agent.link.Obstacle;

/** Why something is not reached, and the sentence that says what is most likely behind it. */
public enum Trouble {
    NAME(
            "name-server",
            "unknown name",
            "The name server that this PC asks does not know the name, or cannot be asked."),
    DROPPED(
            "dropped",
            "no answer",
            "A firewall on the way drops the packets without a word, or the server is switched off."),
    REFUSED(
            "refused",
            "refused",
            "A firewall on the way refuses the connection, or the server is down and nothing listens there."),
    NO_WAY("no-way", "no route", "The network has no way there, or a firewall says that it is forbidden."),
    PROXY_GONE("proxy-unreachable", "no proxy", "The site's proxy, or the file that names it, is not there."),
    PROXY_REFUSES("proxy-refuses", "proxy refuses", "The site's proxy does not allow this host and port."),
    PROXY_PASSWORD("proxy-password", "proxy password", "The site's proxy wants a user and password, or other ones."),
    PROXY_FAILS(
            "proxy-fails",
            "proxy fails",
            "The site's proxy cannot reach the server: its name server, a firewall behind it, or the server is down."),
    CUT(
            "cut",
            "cut",
            "Something on the way lets the connection begin and then cuts it: a firewall that looks into connections, or the"
                    + " server is overloaded."),
    NO_TLS(
            "no-tls",
            "no TLS",
            "Something else than the server answers there, or speaks an old TLS: a proxy or a captive page."),
    INSPECTED(
            "tls-inspection",
            "INSPECTED",
            "TLS is inspected: something of the site answers in the server's place, and instruments refuse it."),
    NOT_VOUCHED(
            "unknown-authority",
            "unknown authority",
            "TLS is inspected by an authority that this PC does not list, or the server has one of its own."),
    WRONG_CERTIFICATE(
            "wrong-certificate",
            "wrong certificate",
            "What answers there is another server than the one of that name."),
    CLOCK(
            "clock",
            "clock",
            "This PC's clock is wrong: certificates are not valid by it. Set it by the site's time server."),
    DEVICE(
            "device-refused",
            "device refused",
            "The server does not take this device's certificate: it expired, was revoked, or is held. Ask the enterprise."),
    NO_WEBSOCKET(
            "websocket",
            "no WebSocket",
            "A proxy or firewall on the way does not let WebSockets through; remote sessions need them."),
    IDLE_CUT(
            "idle",
            "cut when idle",
            "A firewall or proxy on the way forgets connections that are quiet; polls then take the agent's shorter holds."),
    BAD_ANSWER(
            "bad-answer",
            "strange answer",
            "What answers there is not what was expected: another server, or a failing one."),
    UNFINISHED(
            "unfinished",
            "not in time",
            "It took longer than this check may take: packets are dropped on the way, or names are slow.");

    private final String key;
    private final String brief;
    private final String cause;

    Trouble(String key, String brief, String cause) {
        this.key = key;
        this.brief = brief;
        this.cause = cause;
    }

    /** Stable, for programs. */
    String key() {
        return key;
    }

    String brief() {
        return brief;
    }

    /** The likely cause, a fixed sentence. */
    String cause() {
        return cause;
    }

    static Trouble of(Obstacle obstacle) {
        return switch (obstacle) {
            case NAME_UNKNOWN -> NAME;
            case SILENT -> DROPPED;
            case REFUSED -> REFUSED;
            case NO_WAY -> NO_WAY;
            case PROXY_UNREACHABLE -> PROXY_GONE;
            case PROXY_REFUSES -> PROXY_REFUSES;
            case PROXY_PASSWORD -> PROXY_PASSWORD;
            case PROXY_FAILS -> PROXY_FAILS;
            case CUT -> CUT;
            case NO_TLS -> NO_TLS;
            case NOT_BELIEVED -> INSPECTED;
            case DEVICE_REFUSED -> DEVICE;
            case BAD_ANSWER -> BAD_ANSWER;
        };
    }

    /** What IT has to change. */
    String rule(Target target, String way) {
        String at = target.host() + ":" + target.port();
        return switch (this) {
            case NAME ->
                "Let the site's name server answer for " + target.host() + ", and let out " + target.text() + ".";
            case PROXY_GONE -> "Have the proxy that site.conf names answer this PC, or name another.";
            case PROXY_REFUSES, PROXY_FAILS ->
                "Have the proxy " + way + " allow CONNECT to " + at + ", and let it out there.";
            case PROXY_PASSWORD ->
                "Give the agent the proxy's user and password (site.conf, agent proxy-password), or let " + at
                        + " through without.";
            case INSPECTED, NOT_VOUCHED, NO_TLS, CUT ->
                "Except " + at + " from TLS inspection, and let out " + target.text() + " as it is.";
            case CLOCK -> "Set this PC's clock, and let it ask a time server.";
            case DEVICE, WRONG_CERTIFICATE, BAD_ANSWER ->
                "Nothing at the firewall: ask the enterprise about " + at + ".";
            case NO_WEBSOCKET -> "Let WebSockets (HTTP Upgrade) to " + at + " pass.";
            case IDLE_CUT -> "Let quiet connections to " + at + " live for at least 60 s.";
            default -> "Let out " + target.protocol() + " " + target.port() + " from this PC to " + target.host() + ".";
        };
    }
}
