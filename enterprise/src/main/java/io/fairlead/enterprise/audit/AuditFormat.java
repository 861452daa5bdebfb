package io.fairlead.enterprise.audit;

import io.fairlead.statements.Checkpoint;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How entries are written for others: one line each. */
public enum AuditFormat {
    /**
     * RFC 4180, a head line first, every field in quotes, lines ended by CR LF, UTF-8. A spreadsheet takes a field for a
     * formula that begins with {@code = + - @}, in their full-width forms too, or with a tab or a line end, blanks before
     * it or not: such a field gets an apostrophe in front, and so does one that begins with an apostrophe. So whoever wants
     * the text back takes one leading apostrophe away.
     */
    CSV("text/csv; charset=utf-8", "\r\n") {
        @Override
        public Optional<String> head() {
            return Optional.of("\"number\",\"id\",\"at\",\"actor\",\"code\",\"subject\",\"detail\",\"hash\"");
        }

        @Override
        public String line(ExportRow each) {
            AuditRow row = each.row();
            return Stream.of(
                            row.number().map(String::valueOf).orElse(""),
                            Long.toString(row.id()),
                            Checkpoint.micros(row.at()),
                            row.actor(),
                            row.code(),
                            row.subject(),
                            row.detail(),
                            each.hash().orElse(""))
                    .map(AuditFormat::cell)
                    .collect(Collectors.joining(","));
        }
    },
    /** One JSON object a line (RFC 8259), UTF-8. */
    JSON("application/x-ndjson", "\n") {
        @Override
        public String line(ExportRow each) {
            AuditRow row = each.row();
            JsonObject json = new JsonObject();
            row.number().ifPresent(number -> json.put("number", number));
            json.put("id", row.id())
                    .put("at", Checkpoint.micros(row.at()))
                    .put("actor", row.actor())
                    .put("code", row.code())
                    .put("subject", row.subject())
                    .put("detail", row.detail());
            each.hash().ifPresent(hash -> json.put("hash", hash));
            return json.encode();
        }
    },
    /** RFC 5424, one message a line: {@link SyslogLine}. */
    SYSLOG("text/plain; charset=utf-8", "\n") {
        @Override
        public String line(ExportRow each) {
            return new SyslogLine("-").of(each);
        }
    };

    private static final Pattern FORMULA =
            Pattern.compile("(?s)[\\s\\u00a0\\ufeff]*['=+\\-@\\uff1d\\uff0b\\uff0d\\uff20].*|[\\t\\r\\n].*");

    private final String mediaType;
    private final String lineEnd;

    AuditFormat(String mediaType, String lineEnd) {
        this.mediaType = mediaType;
        this.lineEnd = lineEnd;
    }

    /** By its word, in upper or lower case; empty for none of them. */
    public static Optional<AuditFormat> of(String word) {
        return Stream.of(values())
                .filter(each -> each.word().equalsIgnoreCase(word))
                .findFirst();
    }

    /** {@code csv}, {@code json} or {@code syslog}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** For HTTP. */
    public String mediaType() {
        return mediaType;
    }

    /** What ends every line. */
    public String lineEnd() {
        return lineEnd;
    }

    /** What stands before the first entry. */
    public Optional<String> head() {
        return Optional.empty();
    }

    /** An entry, without the line's end. */
    public abstract String line(ExportRow row);

    private static String cell(String text) {
        String safe = FORMULA.matcher(text).matches() ? "'" + text : text;
        return '"' + safe.replace("\"", "\"\"") + '"';
    }
}
