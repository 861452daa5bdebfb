package io.fairlead.agent.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fairlead.agent.host.Host;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code agent proxy-password}, as the agent's user types it. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ProxyPasswordCommandTest {
    private static final String PASSWORD = "grüße, 7Q2M9KZ4";

    @TempDir
    private Path folder;

    private InstalledAgent agent;
    private Path kept;

    @BeforeEach
    void install() throws IOException {
        agent = new InstalledAgent(folder);
        kept = agent.data.resolve("proxy-password");
        Files.writeString(
                agent.site,
                "proxy { use = [\"http://proxy:3128\"]\n credentials = [{ proxy = \"proxy:3128\", user = me, password-file"
                        + " = \"" + kept + "\" }] }");
    }

    @Test
    void the_first_line_is_kept_where_site_conf_says_and_shown_to_nobody() throws Exception {
        assertThat(type(agent.java(agent.with("proxy-password", "proxy:3128")), PASSWORD + "\r\nmore\n"))
                .as(agent.said())
                .isZero();

        assertThat(Host.ofThisSystem().secret(kept).read())
                .hasValueSatisfying(secret -> assertThat(secret).isEqualTo(PASSWORD.getBytes(StandardCharsets.UTF_8)));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
                .isEqualTo("rw-------");
        assertThat(agent.said())
                .contains("Kept in " + kept + " for me at proxy:3128")
                .doesNotContain("7Q2M9KZ4");
    }

    @Test
    void another_proxy_and_a_line_without_a_password_keep_nothing() throws Exception {
        assertThat(type(agent.java(agent.with("proxy-password", "other:3128")), PASSWORD))
                .isEqualTo(1);
        assertThat(type(agent.java(agent.with("proxy-password", "proxy:3128")), "\n" + PASSWORD))
                .isEqualTo(1);

        assertThat(agent.said())
                .contains("does not name other:3128; it names: [proxy:3128]")
                .contains("standard input has no password on its first line")
                .doesNotContain("7Q2M9KZ4");
        assertThat(kept).doesNotExist();
    }

    @Test
    void root_is_sent_away_because_the_agent_could_not_read_it() throws Exception {
        assumeTrue(Host.ofThisSystem().root(), "this is about root");

        assertThat(type(agent.javaAsTester(agent.with("proxy-password", "proxy:3128")), PASSWORD))
                .isEqualTo(1);

        assertThat(agent.said()).contains("root's files are closed to the agent");
        assertThat(kept).doesNotExist();
    }

    private static int type(Process process, String text) throws Exception {
        try (OutputStream in = process.getOutputStream()) {
            in.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // It ended without reading.
        }
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }
}
