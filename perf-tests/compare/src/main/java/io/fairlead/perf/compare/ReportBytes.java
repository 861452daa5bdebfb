package io.fairlead.perf.compare;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;

/**
 * One device's report as bytes on the wire, head and envelope, that is made once: only the sequence is written over. The
 * envelope has 1 KB, as an agent's has with {@value #ITEMS} items.
 */
final class ReportBytes {
    private static final int ITEMS = 9;
    /** Of ten digits, and so are all that follow it. Gaps are legal. */
    private static final long FIRST = 1_000_000_000L;

    private static final String MARK = "\"0000000000\"";

    private final byte[] request;
    private final int at;
    private long sequence = FIRST;

    ReportBytes(String device, String epoch, int port) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        StringBuilder text = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?><s:Envelope xmlns:s=\""
                + "http://schemas.xmlsoap.org/soap/envelope/\"><s:Body><Report xmlns=\"urn:fairlead:agent-channel:1\">"
                + "<device>" + device + "</device><epoch>" + epoch + "</epoch><sentAt>" + now
                + "</sentAt><message sequence=" + MARK + "><observedAt>" + now + "</observedAt>");
        for (int i = 1; i <= ITEMS; i++) {
            text.append("<item name=\"analyser.value.")
                    .append(i)
                    .append("\" unit=\"Cel\"><number>")
                    .append(20 + i * 1.25)
                    .append("</number></item>");
        }
        text.append("</message></Report></s:Body></s:Envelope>");
        request = ("POST /agent HTTP/1.1\r\nHost: localhost:" + port
                        + "\r\nContent-Type: text/xml; charset=utf-8\r\nSOAPAction: \"urn:fairlead:agent-channel:1/Report\""
                        + "\r\nContent-Length: " + text.length() + "\r\n\r\n" + text)
                .getBytes(StandardCharsets.US_ASCII);
        at = new String(request, StandardCharsets.US_ASCII).indexOf(MARK) + 1;
    }

    /** The next report's bytes; ours to give away. */
    byte[] next() {
        sequence++;
        return again();
    }

    /** The last one's bytes once more. */
    byte[] again() {
        long rest = sequence;
        for (int i = at + MARK.length() - 3; i >= at; i--) {
            request[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return Arrays.copyOf(request, request.length);
    }

    /** Of the last one, as an answer names it. */
    String sequence() {
        return Long.toString(sequence);
    }
}
