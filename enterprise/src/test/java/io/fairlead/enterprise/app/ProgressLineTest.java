package io.fairlead.enterprise.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgressLineTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final PrintWriter sink = new PrintWriter(err, true, UTF_8);

    @TempDir
    Path folder;

    private String shown(boolean terminal) {
        ProgressLine line = new ProgressLine(new Screen(sink, sink, Clock.systemUTC()), terminal);
        line.show("10 % of large.bin");
        line.show("100 %");
        line.end();
        return err.toString(UTF_8);
    }

    @Test
    void on_a_terminal_a_line_is_written_over_the_one_before() {
        assertThat(shown(true)).isEqualTo("\r10 % of large.bin\r100 %" + " ".repeat(12) + System.lineSeparator());
    }

    @Test
    void elsewhere_it_is_said_once_and_then_now_and_again() {
        assertThat(shown(false)).contains("10 %").doesNotContain("\r").doesNotContain("100 %");
    }

    @Test
    void the_launcher_says_whether_standard_error_is_a_terminal() throws Exception {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Path launcher = Files.copy(Path.of("src/main/dist/bin/fairlead"), bin.resolve("fairlead"));
        Path java = Files.writeString(folder.resolve("java"), "#!/bin/sh\necho \"$@\"\n");
        Path jar = Files.createFile(folder.resolve("fairlead-enterprise-0.jar"));
        assertThat(jar).exists();
        for (Path each : List.of(launcher, java)) {
            Path ready = Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwxr-xr-x"));
            assertThat(ready).isExecutable();
        }
        String option = "-Dfairlead.terminal=true";
        assertThat(said(java, launcher.toString(), "devices"))
                .endsWith("devices")
                .doesNotContain(option);
        // script (Debian's bsdutils) gives its command a terminal of its own.
        String quiet = launcher + " devices 2>" + folder.resolve("err");
        assertThat(said(java, "script", "-qefc", launcher + " devices", "/dev/null"))
                .contains(option);
        assertThat(said(java, "script", "-qefc", quiet, "/dev/null"))
                .as("only standard output is one")
                .endsWith("devices")
                .doesNotContain(option);
    }

    private static String said(Path java, String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("JAVA", java.toString());
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return output;
    }
}
