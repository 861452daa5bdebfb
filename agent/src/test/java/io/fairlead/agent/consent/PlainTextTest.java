package io.fairlead.agent.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`Müller & Søn <b>ok</b>`|`Müller & Søn <b>ok</b>`",
                "`  two\nlines\tand\r\na tab  `|`two lines and a tab`",
                "`red \u001b[31m, title \u001b]0;x\u0007`|`red [31m, title ]0;x`",
                "`\u202egnp.exe\u202c \u2066a\u2069 \u200fb`|`gnp.exe a b`",
                "`zero\u200b\u200d\ufeffwidth\u00ad`|`zerowidth`",
                "`line\u2028paragraph\u2029end`|`line paragraph end`",
                "`fill\u3164\u115f\u2800er`|`filler`",
                "`half \ud83d and \ude00, whole \ud83d\ude00`|`half and , whole \ud83d\ude00`",
                "`private \ue000 unassigned \u0378 tag \udb40\udc41`|`private unassigned tag`",
                "`a\u0301\u0302\u0303\u0304\u0305b`|`a\u0301\u0302b`",
                "`\u0301\u0302lone`|`lone`",
                "`\u00a0hard\u3000blanks`|`hard blanks`",
            })
    void nothing_is_left_that_moves_hides_or_turns(String text, String plain) {
        assertThat(PlainText.of(text)).isEqualTo(plain);
        assertThat(PlainText.of(plain)).isEqualTo(plain);
    }

    @ParameterizedTest
    @CsvSource({
        "/in/a.txt, false",
        "/in/Ünï c.txt, false",
        "/in/fdp\u202eexe, true",
        "/in/a\u200b.txt, true",
        "/in/a\u001b[1m, true"
    })
    void a_path_that_hides_something_is_shown_with_a_warning(String path, boolean warned) {
        Question question = new Question("receive", "", "", "place " + path, OptionalLong.empty());

        assertThat(question.what().startsWith("(with characters that cannot be shown) place /in/"))
                .isEqualTo(warned);
        // The other end makes it plain once more, and the warning stays as it is.
        assertThat(new Question("receive", "", "", question.what(), OptionalLong.empty()))
                .isEqualTo(question);
    }

    @Test
    void of_a_long_text_the_beginning_and_the_end_are_shown() {
        String path = "place /in/" + "a/".repeat(300) + "evil.exe";

        String shown = PlainText.of(path);

        assertThat(shown).hasSize(300).startsWith("place /in/a/").contains("…").endsWith("a/evil.exe");
        for (int blanks = 0; blanks < 3; blanks++) {
            String faces = PlainText.of("x".repeat(blanks) + "\ud83d\ude00".repeat(500));
            assertThat(faces).hasSizeLessThanOrEqualTo(300);
            assertThat(faces.codePoints().filter(c -> Character.getType(c) == Character.SURROGATE))
                    .isEmpty();
        }
    }
}
