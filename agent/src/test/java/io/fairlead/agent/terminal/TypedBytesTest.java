package io.fairlead.agent.terminal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class TypedBytesTest {
    private final TypedBytes bytes = new TypedBytes();

    private String typed(String piece) {
        return new String(bytes.typed(piece.getBytes(ISO_8859_1), piece.length()), ISO_8859_1);
    }

    @Test
    void a_report_of_the_size_is_not_typed_and_the_last_one_counts() {
        assertThat(typed("ls\u001b[8;40;120t -l\u001b[8;50;132t\r")).isEqualTo("ls -l\r");
        assertThat(bytes.resized()).contains(new WindowSize(50, 132));
        assertThat(bytes.resized()).isEmpty();
    }

    @Test
    void a_report_in_two_pieces_is_one() {
        assertThat(typed("a\u001b[8;4")).isEqualTo("a");
        assertThat(typed("0;12")).isEmpty();
        assertThat(typed("0tb")).isEqualTo("b");
        assertThat(bytes.resized()).contains(new WindowSize(40, 120));
    }

    @Test
    void keys_that_begin_like_it_are_typed_at_once() {
        assertThat(typed("\u001b")).isEqualTo("\u001b");
        assertThat(typed("\u001b[")).isEqualTo("\u001b[");
        assertThat(typed("\u001b[8~\u001b[A\u001b[8;5~")).isEqualTo("\u001b[8~\u001b[A\u001b[8;5~");
        assertThat(typed("\u001b[8;12345;1t")).isEqualTo("\u001b[8;12345;1t");
    }

    @Test
    void a_size_that_no_window_has_is_passed_over() {
        assertThat(typed("\u001b[8;0;80t\u001b[8;501;80t\u001b[8;9999;9999t")).isEmpty();
        assertThat(bytes.resized()).isEmpty();
    }

    @Test
    void whatever_else_is_typed_comes_out_as_it_went_in() {
        Random random = new Random(5);
        for (int round = 0; round < 2_000; round++) {
            byte[] all = new byte[random.nextInt(60)];
            random.nextBytes(all);
            assertThat(bytes.typed(all, all.length)).isEqualTo(all);
        }
    }
}
