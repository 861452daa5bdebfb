package io.fairlead.enterprise.reach;

/** What is in the way of a row, and what is most likely behind it. The names are what the tables keep. */
public enum Trouble {
    NAME_SERVER("unknown name", "The site's name server does not know the name, or cannot be asked."),
    DROPPED("no answer", "A firewall drops the packets without a word, or the server is switched off."),
    REFUSED("refused", "A firewall refuses the connection, or nothing listens there."),
    NO_WAY("no route", "The network has no way there, or a firewall says that it is forbidden."),
    PROXY_UNREACHABLE("no proxy", "The site's proxy, or the file that names it, is not there."),
    PROXY_REFUSES("proxy refuses", "The site's proxy does not allow this host and port."),
    PROXY_PASSWORD("proxy password", "The site's proxy wants a user and password, or other ones."),
    PROXY_FAILS("proxy fails", "The site's proxy cannot reach the server."),
    CUT("cut", "Something lets the connection begin and then cuts it: a firewall that looks into connections."),
    NO_TLS("no TLS", "Something else than the server answers there: a proxy or a captive page."),
    TLS_INSPECTION("TLS inspected", "Something of the site answers in the server's place; instruments refuse it."),
    UNKNOWN_AUTHORITY("unknown authority", "TLS is inspected, or the server has an authority of its own."),
    WRONG_CERTIFICATE("wrong certificate", "Another server answers than the one of that name."),
    CLOCK("clock", "The PC's clock is wrong: certificates are not valid by it."),
    DEVICE_REFUSED("device refused", "The device's certificate is not taken there."),
    WEBSOCKET("no WebSocket", "A proxy or firewall does not let WebSockets through; remote sessions need them."),
    IDLE("cut when idle", "A firewall or proxy forgets quiet connections; polls then take shorter holds."),
    BAD_ANSWER("strange answer", "Another server answers there, or a failing one."),
    UNFINISHED("not in time", "The check did not get through in its time: packets are dropped, or names are slow.");

    private final String brief;
    private final String cause;

    Trouble(String brief, String cause) {
        this.brief = brief;
        this.cause = cause;
    }

    /** In a word or two. */
    public String brief() {
        return brief;
    }

    /** The likely cause, a sentence. */
    public String cause() {
        return cause;
    }
}
