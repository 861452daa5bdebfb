package io.fairlead.enterprise.cxf;

import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The head of one part of a multipart message, as far as it matters here.
 *
 * @param type null when the part does not say
 * @param contentId without its angle brackets; empty when the part has none
 */
record PartHead(@Nullable MediaType type, String contentId) {
    /** Bytes of a head. */
    static final int MOST = 8_192;

    private static final int MOST_LINES = 32;
    private static final int LONGEST_ID = 256;
    private static final Set<String> READ = Set.of("content-type", "content-id", "content-transfer-encoding");
    /** Those that change nothing (RFC 2045 section 6.2). */
    private static final Set<String> IDENTITIES = Set.of("binary", "8bit", "7bit");

    private static final Pattern NAME = Pattern.compile("[!-9;-~]{1,64}");
    private static final Pattern ID = Pattern.compile("[!-;=?-~]{1," + LONGEST_ID + "}");

    /** Throws a Refusal: MALFORMED, CONTENT_TYPE. */
    static PartHead parse(byte[] block) {
        String text = new String(block, StandardCharsets.ISO_8859_1).replaceAll("\r\n[ \t]+", " ");
        Map<String, String> said = new HashMap<>();
        String[] lines = text.split("\r\n", -1);
        if (lines.length > MOST_LINES) {
            throw malformed("more than " + MOST_LINES + " lines");
        }
        for (String line : lines) {
            if (!line.isEmpty()) {
                line(line, said);
            }
        }
        String encoding = said.getOrDefault("content-transfer-encoding", "binary");
        if (!IDENTITIES.contains(encoding.toLowerCase(Locale.ROOT))) {
            throw malformed("a transfer encoding");
        }
        String type = said.get("content-type");
        return new PartHead(type == null ? null : MediaType.parse(type), id(said.get("content-id")));
    }

    private static void line(String line, Map<String, String> said) {
        int colon = line.indexOf(':');
        if (colon < 0 || !NAME.matcher(line.substring(0, colon)).matches()) {
            throw malformed("a line that is no header");
        }
        String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
        if (READ.contains(name) && said.put(name, line.substring(colon + 1).strip()) != null) {
            throw malformed(name + " twice");
        }
    }

    private static String id(@Nullable String said) {
        if (said == null) {
            return "";
        }
        boolean bracketed = said.length() > 2 && said.startsWith("<") && said.endsWith(">");
        String id = bracketed ? said.substring(1, said.length() - 1) : said;
        if (!ID.matcher(id).matches()) {
            throw malformed("a content-id that does not read");
        }
        return id;
    }

    private static Refusal malformed(String what) {
        return new Refusal(Fault.MALFORMED, "a part's head has " + what);
    }
}
