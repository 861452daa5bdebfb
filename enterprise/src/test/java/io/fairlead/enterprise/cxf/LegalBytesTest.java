package io.fairlead.enterprise.cxf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LegalBytesTest {
    private static final String TEXT =
            "\u0000a\tb\r\n\u001f\ufffe\uffff\ufffd\uefbf\u20ac\uffef\ud83d\ude00\u007f\ufffec";
    private static final String LEGAL =
            "\ufffda\tb\r\n\ufffd\ufffd\ufffd\ufffd\uefbf\u20ac\uffef\ud83d\ude00\u007f\ufffdc";

    @Test
    void each_character_that_xml_has_no_place_for_is_replaced_wherever_a_write_ends() throws IOException {
        byte[] bytes = TEXT.getBytes(StandardCharsets.UTF_8);
        for (int size = 1; size <= bytes.length; size++) {
            ByteArrayOutputStream written = new ByteArrayOutputStream();
            try (LegalBytes out = new LegalBytes(written)) {
                for (int i = 0; i < bytes.length; i += size) {
                    out.write(bytes, i, Math.min(size, bytes.length - i));
                }
            }
            assertThat(written.toString(StandardCharsets.UTF_8))
                    .as("writes of %s", size)
                    .isEqualTo(LEGAL);
        }
    }
}
