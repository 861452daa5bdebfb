package io.fairlead.enterprise.cxf;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * XML in UTF-8 that every parser takes. XML 1.0 (section 2.2) has no place for control characters, U+FFFE and U+FFFF, not
 * even by their number, but devices' texts may hold them, and JAXB writes what it is given: each becomes U+FFFD, the
 * replacement character.
 */
final class LegalBytes extends FilterOutputStream {
    private static final byte[] REPLACEMENT = {(byte) 0xef, (byte) 0xbf, (byte) 0xbd};
    /** U+FFFE is EF BF BE, U+FFFF is EF BF BF. */
    private static final int FIRST = 0xef;

    private static final int SECOND = 0xbf;

    /** How many bytes of EF BF were the last ones, also of the write before. */
    private int seen;

    LegalBytes(OutputStream out) {
        super(out);
    }

    OutputStream beneath() {
        return out;
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int unwritten = offset;
        int end = offset + length;
        for (int i = offset; i < end; i++) {
            int b = bytes[i] & 0xff;
            if (b < 0x20 && b != '\t' && b != '\n' && b != '\r') {
                out.write(bytes, unwritten, i - unwritten);
                out.write(REPLACEMENT);
                unwritten = i + 1;
            } else if (seen == 2 && b >= 0xbe) {
                out.write(bytes, unwritten, i - unwritten);
                out.write(REPLACEMENT[2]);
                unwritten = i + 1;
            }
            seen = b == FIRST ? 1 : b == SECOND && seen == 1 ? 2 : 0;
        }
        out.write(bytes, unwritten, end - unwritten);
    }
}
