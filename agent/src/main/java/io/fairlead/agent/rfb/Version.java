package io.fairlead.agent.rfb;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The versions of RFB that differ. Numbers between them, which some programs send, count as the next lower one. */
enum Version {
    V3_3("RFB 003.003\n"),
    V3_7("RFB 003.007\n"),
    V3_8("RFB 003.008\n");

    static final int LENGTH = 12;

    private final String line;

    Version(String line) {
        this.line = line;
    }

    byte[] line() {
        return line.getBytes(StandardCharsets.US_ASCII);
    }

    /** The version to speak with who said this; null for one before 3.3, and for what is not RFB. */
    static @Nullable Version of(ByteBuffer said) {
        String text = StandardCharsets.ISO_8859_1.decode(said).toString();
        if (!text.matches("RFB [0-9]{3}\\.[0-9]{3}\n")) {
            return null;
        }
        int number = Integer.parseInt(text.substring(4, 7)) * 1000 + Integer.parseInt(text.substring(8, 11));
        if (number >= 3008) {
            return V3_8;
        }
        if (number == 3007) {
            return V3_7;
        }
        return number >= 3003 ? V3_3 : null;
    }
}
