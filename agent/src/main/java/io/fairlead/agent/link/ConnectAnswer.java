package io.fairlead.agent.link;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a proxy says to CONNECT (RFC 9110 section 9.3.6), before its page for people.
 *
 * @param reason the status line's text, fit for a log
 * @param challenges how it would be told who asks, with status 407
 * @param page bytes of the page, {@value #CHUNKED}: in chunks, {@value #TO_THE_END}: as long as the connection
 */
record ConnectAnswer(int status, String reason, List<ProxyChallenge> challenges, int page) {
    private static final int CHUNKED = -1;
    private static final int TO_THE_END = -2;
    private static final int LONGEST_HEAD = 16 << 10;
    private static final int LONGEST_PAGE = 256 << 10;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.([01]) ([0-9]{3})(?: (.*))?");
    private static final String CHALLENGE = "proxy-authenticate:";

    /**
     * Asks for a way.
     *
     * @param who the value of Proxy-Authorization; empty: not a word about who asks
     * @throws IOException when the proxy does not answer, or not in HTTP
     */
    static ConnectAnswer ask(ProxyWire wire, ServerAddress server, String who) throws IOException {
        wire.write(("CONNECT " + server + " HTTP/1.1\r\nHost: " + server + "\r\nUser-Agent: fairlead-agent\r\n"
                        + (who.isEmpty() ? "" : "Proxy-Authorization: " + who + "\r\n") + "\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        List<String> head = List.of(upTo(wire, "\r\n\r\n", LONGEST_HEAD).split("\r\n"));
        Matcher status = STATUS.matcher(head.get(0));
        if (!status.matches()) {
            throw new IOException("an answer that is no HTTP: " + ServerTrust.oneLine(head.get(0), 80));
        }
        int code = Integer.parseInt(status.group(2));
        String reason = status.group(3) == null ? "" : ServerTrust.oneLine(status.group(3), 80);
        boolean closes = status.group(1).equals("0")
                || header(head, "connection:").contains("close")
                || header(head, "proxy-connection:").contains("close");
        return new ConnectAnswer(code, reason, challenges(head), closes ? TO_THE_END : page(head));
    }

    /** Whether the line now leads to the server. */
    boolean open() {
        return status >= 200 && status < 300;
    }

    /** The kinds of password that it would take, fit for a log. */
    List<String> schemes() {
        return challenges.stream()
                .map(challenge -> ServerTrust.oneLine(challenge.scheme(), 20))
                .distinct()
                .limit(8)
                .toList();
    }

    private static List<ProxyChallenge> challenges(List<String> head) {
        List<ProxyChallenge> all = new ArrayList<>();
        for (String line : head) {
            if (line.regionMatches(true, 0, CHALLENGE, 0, CHALLENGE.length())) {
                all.addAll(ProxyChallenge.in(line.substring(CHALLENGE.length())));
            }
        }
        return List.copyOf(all);
    }

    /**
     * Reads its page, after which the same connection takes another request.
     *
     * @throws IOException where it takes none
     */
    void pass(ProxyWire wire) throws IOException {
        if (page == TO_THE_END) {
            throw new IOException("it closes the connection where it has to go on");
        }
        int left = LONGEST_PAGE;
        for (int next = page == CHUNKED ? chunk(wire) : page; next > 0; next = page == CHUNKED ? chunk(wire) : 0) {
            left -= next;
            if (left < 0) {
                throw new IOException("a page without an end");
            }
            int unused = wire.read(page == CHUNKED ? next + 2 : next).length;
        }
        if (page == CHUNKED) {
            String unused = upTo(wire, "\r\n", LONGEST_HEAD);
        }
    }

    private static int page(List<String> head) {
        String length = header(head, "content-length:");
        return header(head, "transfer-encoding:").equals("chunked")
                ? CHUNKED
                : length.matches("[0-9]{1,9}") ? Integer.parseInt(length) : TO_THE_END;
    }

    private static int chunk(ProxyWire wire) throws IOException {
        String size =
                upTo(wire, "\r\n", LONGEST_HEAD).replaceFirst("[ ;\r\n].*", "").strip();
        if (!size.matches("[0-9A-Fa-f]{1,6}")) {
            throw new IOException("a page without an end");
        }
        return Integer.parseInt(size, 16);
    }

    private static String upTo(ProxyWire wire, String end, int most) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.length() < end.length() || text.lastIndexOf(end) != text.length() - end.length()) {
            if (text.length() >= most) {
                throw new IOException("an answer without end");
            }
            text.append((char) wire.read());
        }
        return text.toString();
    }

    private static String header(List<String> head, String name) {
        return head.stream()
                .filter(line -> line.regionMatches(true, 0, name, 0, name.length()))
                .map(line -> line.substring(name.length()).strip().toLowerCase(Locale.ROOT))
                .findFirst()
                .orElse("");
    }
}
