package io.fairlead.enterprise.tunnel;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ViewerInputTest {
    private static final String FORMAT = "00000000" + "20".repeat(16);
    private static final String ENCODINGS = "02000002" + "00000007" + "ffffff11";
    private static final String ASKS = "0301000000000400" + "0300";
    private static final String KEY = "0401000000000061";
    private static final String POINTER = "050100100020";
    private static final String CLIPBOARD = "06000000" + "00000003" + "040404";
    private static final String EXTENDED = "06000000" + "fffffffc" + "04040404";

    private final ViewerInput input = new ViewerInput();

    private static Buffer hex(String bytes) {
        return Buffer.buffer(HexFormat.of().parseHex(bytes));
    }

    private static Buffer greeting(String version) {
        return Buffer.buffer("RFB 003.00" + version + "\n", US_ASCII.name())
                .appendBytes(version.equals("3") ? new byte[] {1} : new byte[] {1, 1});
    }

    @ParameterizedTest
    @ValueSource(strings = {"3", "7", "8"})
    void what_a_viewer_does_by_itself_is_nobodys_doing(String version) {
        assertThat(input.isIn(greeting(version))).isFalse();
        for (int i = 0; i < 3; i++) {
            assertThat(input.isIn(hex(FORMAT + ENCODINGS + ASKS + ASKS))).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {KEY, POINTER, CLIPBOARD, EXTENDED})
    void keys_pointer_and_clipboard_are_somebodys_however_the_bytes_are_cut(String message) {
        assertThat(input.isIn(greeting("8"))).isFalse();
        Buffer all = hex(ASKS + message + ASKS + ENCODINGS);
        int seen = 0;
        for (int i = 0; i < all.length(); i++) {
            seen += input.isIn(all.getBuffer(i, i + 1)) ? 1 : 0;
        }
        assertThat(seen).isEqualTo(1);
        assertThat(input.isIn(all)).isTrue();
        assertThat(input.isIn(hex(ASKS))).isFalse();
    }

    @Test
    void what_is_not_known_counts_as_done_from_then_on() {
        assertThat(input.isIn(greeting("8"))).isFalse();
        assertThat(input.isIn(hex("fa"))).isTrue();
        assertThat(input.isIn(hex(ASKS))).isTrue();
    }
}
