package io.fairlead.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.Provider;
import java.security.Security;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** In a Java of its own: this one has its providers already. */
class SecurityProvidersTest {
    @Test
    void an_agent_has_those_that_it_needs_in_their_order_and_no_others() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        String.join(File.pathSeparator, "target/classes", "target/test-classes"),
                        Names.class.getName())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();

        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said)
                .isEqualTo(List.of("SUN", "SunRsaSign", "SunEC", "SunJSSE", "SunJCE", "SunSASL")
                        .toString());
    }

    /** Says the names of what is left. */
    static final class Names {
        private Names() {}

        public static void main(String[] args) {
            SecurityProviders.keepNeeded();
            System.out.println(Arrays.stream(Security.getProviders())
                    .map(Provider::getName)
                    .toList());
        }
    }
}
