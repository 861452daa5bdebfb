package io.fairlead.enterprise.notification;

import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where notifications are delivered: {@code https://HOST[:PORT][/PATH][?QUERY]}, or http. Read once, by this grammar alone,
 * so that no two readers can understand it differently: no user, no fragment, no backslash, no blank, no port but in digits.
 *
 * @param text as it was written, at most {@value #LONGEST} characters
 * @param secure whether it is https
 * @param host in lower case
 * @param target path and query
 */
record Endpoint(String text, boolean secure, HostName host, int port, String target) {
    private static final int LONGEST = 500;
    private static final int HTTPS = 443;
    private static final int HTTP = 80;
    /** The ports below belong to services that are no web servers: mail, name servers, directories. */
    private static final int LOWEST_FREE = 1_024;

    private static final int HIGHEST = 65_535;
    private static final String CHARACTERS = "(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})*";
    private static final Pattern FORM = Pattern.compile("(?<scheme>https?)://(?<host>\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9.-]+)"
            + "(?::(?<port>[1-9][0-9]{0,4}))?(?<target>(?:/" + CHARACTERS + ")?(?:\\?(?:" + CHARACTERS + "|\\?)*)?)");

    /** Throws Refusal(ENDPOINT_REFUSED). */
    static Endpoint of(String text) {
        Matcher form = FORM.matcher(text);
        if (text.length() > LONGEST || !form.matches()) {
            throw new Refusal(Fault.ENDPOINT_REFUSED, "no address of the form https://HOST[:PORT]/PATH");
        }
        boolean secure = form.group("scheme").equals("https");
        String said = form.group("port");
        int port = mustBeForUse(said == null ? secure ? HTTPS : HTTP : Integer.parseInt(said));
        String target = form.group("target");
        return new Endpoint(
                text, secure, HostName.of(form.group("host")), port, target.startsWith("/") ? target : "/" + target);
    }

    /** Throws Refusal(ENDPOINT_REFUSED). */
    static int mustBeForUse(int port) {
        if (port > HIGHEST || (port < LOWEST_FREE && port != HTTP && port != HTTPS)) {
            throw new Refusal(
                    Fault.ENDPOINT_REFUSED, "port " + port + ": of those below 1024 only 443 and 80 are for receivers");
        }
        return port;
    }

    /** As an operator names it. */
    String place() {
        return host + ":" + port;
    }

    @Override
    public String toString() {
        return text;
    }
}
