package io.fairlead.enterprise.file;

import java.nio.charset.StandardCharsets;

/**
 * A name under which a file may be kept and shown, made of what a device called it: no path, no control characters,
 * nothing that turns writing round, nothing that a file system or a header would take for something else.
 */
public record FileName(String value) {
    private static final int LONGEST_BYTES = 180;
    private static final String ODD = "\"\\/:*?<>|;%";
    private static final String HEX = "0123456789ABCDEF";
    /** RFC 8187 section 3.2.1, attr-char beside letters and digits. */
    private static final String PLAIN = "!#$&+-.^_`|~";

    /** Of whatever was offered; {@code otherwise} when nothing is left of it. */
    public static FileName of(String offered, String otherwise) {
        String last = offered.substring(Math.max(offered.lastIndexOf('/'), offered.lastIndexOf('\\')) + 1);
        StringBuilder kept = new StringBuilder();
        last.codePoints().filter(FileName::harmless).forEach(kept::appendCodePoint);
        String name = kept.toString().strip();
        while (name.startsWith(".")) {
            name = name.substring(1);
        }
        while (name.getBytes(StandardCharsets.UTF_8).length > LONGEST_BYTES) {
            name = name.substring(0, name.offsetByCodePoints(name.length(), -1));
        }
        return new FileName(name.isBlank() ? otherwise : name);
    }

    private static boolean harmless(int c) {
        int type = Character.getType(c);
        return ODD.indexOf(c) < 0
                && type != Character.CONTROL
                && type != Character.FORMAT
                && type != Character.SURROGATE
                && type != Character.UNASSIGNED
                && type != Character.PRIVATE_USE
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR;
    }

    /** The value of Content-Disposition (RFC 6266 section 4): plain for old browsers, exact for others (RFC 8187). */
    public String attachment() {
        StringBuilder ascii = new StringBuilder();
        value.codePoints().forEach(c -> ascii.append(c >= 0x20 && c < 0x7f ? (char) c : '_'));
        StringBuilder exact = new StringBuilder();
        for (byte one : value.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (one & 0xff);
            if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || PLAIN.indexOf(c) >= 0) {
                exact.append(c);
            } else {
                exact.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            }
        }
        return "attachment; filename=\"" + ascii + "\"; filename*=UTF-8''" + exact;
    }
}
