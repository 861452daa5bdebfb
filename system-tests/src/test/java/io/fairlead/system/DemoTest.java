package io.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The demo as its user starts it. */
class DemoTest {
    record Run(int exit, String output) {
        String lastLine() {
            return output.lines().reduce("", (before, line) -> line.isBlank() ? before : line);
        }
    }

    @Test
    void the_demo_runs_and_a_second_start_finds_its_data_again() throws Exception {
        try (Folder folder = Folder.make("demo")) {
            Run first = demo(folder.path(), "--agents", "3", "--fleet", "20", "--for", "25s");
            assertThat(first.exit()).as(first.output()).isZero();
            assertThat(first.lastLine()).startsWith("3 agents").contains("beside 20 simulated agents");
            assertThat(first.output()).contains("20 simulated agents are enrolled");

            Run second = demo(folder.path(), "--agents", "3", "--fleet", "20", "--for", "15s");
            assertThat(second.exit()).as(second.output()).isZero();
            assertThat(second.output()).doesNotContain("enrolled");
        }
    }

    private static Run demo(Path folder, String... options) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(Programs.root().resolve("fairlead").toString(), "demo"));
        command.addAll(
                List.of("--data", folder.resolve("data").toString(), "--port", Integer.toString(Server.freePorts(4))));
        command.addAll(List.of(options));
        Path log = folder.resolve("demo.out");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        process.getOutputStream().close();
        if (!process.waitFor(5, TimeUnit.MINUTES)) {
            process.destroyForcibly();
        }
        return new Run(process.waitFor(), java.nio.file.Files.readString(log, StandardCharsets.UTF_8));
    }
}
