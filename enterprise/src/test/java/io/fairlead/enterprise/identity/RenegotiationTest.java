package io.fairlead.enterprise.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RenegotiationTest {
    @TempDir
    Path folder;

    @Test
    void a_client_cannot_renegotiate_with_the_people_listener() throws Exception {
        assertThat(probe(true)).contains("refused");
    }

    /** Else the test above would prove nothing. */
    @Test
    void without_the_property_it_could() throws Exception {
        assertThat(probe(false)).contains("renegotiated");
    }

    private String probe(boolean careful) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        RenegotiationProbe.class.getName(),
                        folder.resolve("data").toString(),
                        String.valueOf(careful))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile())
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return java.nio.file.Files.readString(folder.resolve("out"), StandardCharsets.UTF_8);
    }
}
