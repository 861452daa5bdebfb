package io.fairlead.enterprise.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileNameTest {
    private static String name(String offered) {
        return FileName.of(offered, "file").value();
    }

    @ParameterizedTest
    @CsvSource({
        "app.log, app.log",
        "logs/app.log, app.log",
        "C:\\logs\\app.log, app.log",
        "../../etc/passwd, passwd",
        "..\\..\\boot.ini, boot.ini",
        ".., file",
        "..., file",
        ".bashrc, bashrc",
        "'  ', file",
        "a/, file",
        "a:b*c?d.txt, abcd.txt",
        "Ärzte Ω.pdf, Ärzte Ω.pdf"
    })
    void a_name_has_no_path_and_nothing_odd(String offered, String kept) {
        assertThat(name(offered)).isEqualTo(kept);
    }

    @Test
    void what_a_terminal_or_a_header_would_obey_is_taken_out() {
        assertThat(name("a\r\nSet-Cookie: x=1.log")).isEqualTo("aSet-Cookie x=1.log");
        assertThat(name("\u001b[2Jboom")).isEqualTo("[2Jboom");
        assertThat(name("photo\u202egpj.exe")).isEqualTo("photogpj.exe");
        assertThat(name("a\";x=\"b")).isEqualTo("ax=b");
        assertThat(name("\u2028\u0000\ufeff")).isEqualTo("file");
    }

    @Test
    void a_long_name_is_cut_between_characters() {
        String kept = name("😀".repeat(300));
        assertThat(kept.getBytes(StandardCharsets.UTF_8)).hasSize(180);
        assertThat(kept).isEqualTo("😀".repeat(45));
    }

    @Test
    void a_header_says_it_twice_as_the_rules_have_it() {
        assertThat(FileName.of("Ärzte 100%'s.log", "file").attachment())
                .isEqualTo("attachment; filename=\"_rzte 100's.log\"; filename*=UTF-8''%C3%84rzte%20100%27s.log");
    }
}
