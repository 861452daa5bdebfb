package io.fairlead.enterprise.audit;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * A row as the chain hashes it: SHA-256 over this text in UTF-8, where every line ends with one line feed (0A) and a
 * length counts bytes. So that no two rows have the same text, whatever stands in them.
 *
 * <pre>
 *   fairlead audit row 1
 *   the hash before, 64 hexadecimal digits; zeros before the first row
 *   number             1, 2, 3 …: the order of sealing
 *   id                 audit_entry.id
 *   at                 2026-11-21T12:00:00.123456Z, always with six digits
 *   length:actor
 *   length:code
 *   length:subject
 *   length:detail
 * </pre>
 *
 * @param at as text, because a forged row may hold what is no time
 */
record ChainRow(long number, long id, String at, String actor, String code, String subject, String detail) {
    /** Bytes of a hash. */
    static final int HASH = 32;

    private static final String LABEL = "fairlead audit row 1\n";

    /** What stands before the first row. */
    static byte[] beginning() {
        return new byte[HASH];
    }

    /** The chain's hash after this row. */
    byte[] hash(byte[] before) {
        StringBuilder text = new StringBuilder(160 + detail.length());
        text.append(LABEL).append(HexFormat.of().formatHex(before)).append('\n');
        text.append(number).append('\n').append(id).append('\n').append(at).append('\n');
        for (String field : new String[] {actor, code, subject, detail}) {
            text.append(bytes(field)).append(':').append(field).append('\n');
        }
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    private static int bytes(String field) {
        int bytes = 0;
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            // A pair of surrogates is one character of four bytes.
            bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : Character.isSurrogate(c) ? 2 : 3;
        }
        return bytes;
    }
}
