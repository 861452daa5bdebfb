package io.fairlead.enterprise.audit;

import io.fairlead.statements.Checkpoint;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Entries and checkpoints as syslog messages (RFC 5424): facility 13 (log audit), severity 5 (notice).
 *
 * <pre>
 *   &lt;109&gt;1 2026-11-21T12:00:00.123456Z HOST fairlead - device.muted [audit@32473 number="7" id="9" actor="os:root"
 *       code="device.muted" subject="LAB-7" hash="9f86…"] detail
 *   &lt;109&gt;1 2026-11-21T12:00:01.000000Z HOST fairlead - audit.checkpoint [checkpoint@32473 number="7" hash="9f86…"
 *       key="0011…" signature="MEUC…"] {a line of a witness file}
 * </pre>
 *
 * 32473 is the enterprise number that RFC 5612 keeps for examples: there is none of our own. Subject and actor stand for
 * what they are; in values {@code " \ ]} have a backslash before them. A message of other than ASCII begins with a BOM, as
 * the RFC wants it.
 *
 * @param host as HOSTNAME; "-" for none
 */
record SyslogLine(String host) {
    private static final int MOST_ID = 32;
    private static final int MOST_HOST = 255;
    private static final String PRIORITY = "<109>1 ";

    SyslogLine {
        host = word(host, MOST_HOST);
    }

    String of(ExportRow each) {
        AuditRow row = each.row();
        StringBuilder line = head(Checkpoint.micros(row.at()), row.code()).append("[audit@32473");
        row.number()
                .ifPresent(number -> line.append(" number=\"").append(number).append('"'));
        line.append(" id=\"").append(row.id()).append('"');
        value(line, "actor", row.actor());
        value(line, "code", row.code());
        value(line, "subject", row.subject());
        each.hash().ifPresent(hash -> value(line, "hash", hash));
        return message(line.append(']'), row.detail());
    }

    String of(SignedCheckpoint signed) {
        Checkpoint checkpoint = signed.checkpoint();
        StringBuilder line = head(Checkpoint.micros(checkpoint.at()), "audit.checkpoint")
                .append("[checkpoint@32473 number=\"")
                .append(checkpoint.number())
                .append('"');
        value(line, "hash", checkpoint.hash());
        value(line, "key", checkpoint.keyId());
        value(line, "signature", Base64.getEncoder().encodeToString(signed.signature()));
        return message(line.append(']'), WitnessFile.line(signed));
    }

    private StringBuilder head(String at, String id) {
        return new StringBuilder(400)
                .append(PRIORITY)
                .append(at)
                .append(' ')
                .append(host)
                .append(" fairlead - ")
                .append(word(id, MOST_ID))
                .append(' ');
    }

    private static String message(StringBuilder line, String text) {
        if (text.isEmpty()) {
            return line.toString();
        }
        boolean ascii = StandardCharsets.US_ASCII.newEncoder().canEncode(text);
        return line.append(ascii ? " " : " \ufeff").append(printable(text)).toString();
    }

    private static void value(StringBuilder line, String name, String value) {
        line.append(' ').append(name).append("=\"");
        for (char c : printable(value).toCharArray()) {
            if (c == '"' || c == '\\' || c == ']') {
                line.append('\\');
            }
            line.append(c);
        }
        line.append('"');
    }

    // Entries have no control characters; a forged row may.
    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }

    /** PRINTUSASCII without blanks; what is not becomes a question mark. */
    private static String word(String text, int most) {
        String plain = text.replaceAll("[^!-~]", "?");
        return plain.isEmpty() ? "-" : plain.substring(0, Math.min(most, plain.length()));
    }
}
