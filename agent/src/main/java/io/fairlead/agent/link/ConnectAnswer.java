package io.fairlead.agent.link;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a proxy says to CONNECT without a word about who asks (RFC 9110 section 9.3.6).
 *
 * @param reason the status line's text, fit for a log
 * @param schemes the kinds of password that it would take, with status 407
 */
record ConnectAnswer(int status, String reason, List<String> schemes) {
    private static final int LONGEST_HEAD = 16 << 10;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([0-9]{3})(?: (.*))?");
    private static final Pattern SCHEME = Pattern.compile("(?i)proxy-authenticate:\\s*([A-Za-z0-9_-]+).*");

    /** @throws IOException when the proxy does not answer, or not in HTTP */
    static ConnectAnswer ask(ProxyWire wire, ServerAddress server) throws IOException {
        wire.write(("CONNECT " + server + " HTTP/1.1\r\nHost: " + server + "\r\nUser-Agent: fairlead-agent\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        return read(head(wire));
    }

    /** Whether the line now leads to the server. */
    boolean open() {
        return status >= 200 && status < 300;
    }

    private static String head(ProxyWire wire) throws IOException {
        StringBuilder head = new StringBuilder();
        while (!ended(head)) {
            if (head.length() >= LONGEST_HEAD) {
                throw new IOException("an answer without end");
            }
            head.append((char) wire.read());
        }
        return head.toString();
    }

    private static boolean ended(StringBuilder head) {
        int length = head.length();
        return length >= 4 && head.lastIndexOf("\r\n\r\n") == length - 4;
    }

    private static ConnectAnswer read(String head) throws IOException {
        String[] lines = head.split("\r\n", -1);
        Matcher status = STATUS.matcher(lines[0]);
        if (!status.matches()) {
            throw new IOException("an answer that is no HTTP: " + ServerTrust.oneLine(lines[0], 80));
        }
        List<String> schemes = new ArrayList<>();
        for (String line : lines) {
            Matcher scheme = SCHEME.matcher(line);
            if (scheme.matches() && schemes.size() < 8) {
                schemes.add(ServerTrust.oneLine(scheme.group(1).toLowerCase(Locale.ROOT), 20));
            }
        }
        String reason = status.group(2) == null ? "" : ServerTrust.oneLine(status.group(2), 80);
        return new ConnectAnswer(Integer.parseInt(status.group(1)), reason, List.copyOf(schemes));
    }
}
