package io.fairlead.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ChildTest {
    private static final Duration SHORT = Duration.ofMillis(300);

    @TempDir
    Path folder;

    private Path log;
    private Path runs;

    @BeforeEach
    void needsShell() {
        assumeTrue(new File("/bin/sh").canExecute(), "no /bin/sh");
        log = folder.resolve("child.log");
        runs = folder.resolve("runs");
    }

    @Test
    void one_that_fails_is_started_anew_until_it_ends_well() throws Exception {
        Child child = child("echo run >> " + runs + "; test $(wc -l < " + runs + ") -ge 3", true);
        child.start();

        assertThat(ended(child)).isZero();
        assertThat(Files.readAllLines(runs)).hasSize(3);
    }

    @Test
    void one_that_is_not_to_be_restarted_ends_with_its_code_and_last_words() throws Exception {
        Child child = child("echo first; echo the reason >&2; exit 7", false);
        child.start();

        assertThat(ended(child)).isEqualTo(7);
        assertThat(child.lastWords()).contains("the reason").contains(log.toString());
    }

    @Test
    void one_that_is_stopped_stays_stopped() throws Exception {
        Child child = child("echo run >> " + runs + "; sleep 60 & wait", true);
        child.start();
        awaitLines(1);
        child.askToStop();
        child.awaitStop(Duration.ofSeconds(10));

        assertThat(ended(child)).isNotZero();
        assertThat(Files.readAllLines(runs)).hasSize(1);
    }

    @Test
    void one_that_will_not_end_is_killed() throws Exception {
        Child child = child("trap '' TERM; echo run >> " + runs + "; while true; do sleep 0.1; done", true);
        child.start();
        awaitLines(1);
        child.askToStop();
        child.awaitStop(SHORT);

        assertThat(ended(child)).isEqualTo(137);
    }

    @Test
    void a_program_that_is_not_there_is_named() throws Exception {
        Child child = new Child("ghost", List.of("/no/such/program"), log, false);
        child.start();

        assertThat(ended(child)).isEqualTo(-1);
        assertThat(child.lastWords()).contains("ghost cannot be started");
    }

    @Test
    void in_its_session_it_does_not_hear_the_terminal() throws Exception {
        assumeTrue(new File("/usr/bin/setsid").canExecute(), "setsid (util-linux) is missing");
        Child child =
                new Child("own", Session.of(List.of("/bin/sh", "-c", "ps -o pid=,sid= -p $$ >> " + runs)), log, false);
        child.start();

        assertThat(ended(child)).isZero();
        String[] ids = Files.readString(runs).strip().split(" +");
        assertThat(ids[0]).isEqualTo(ids[1]);
    }

    private Child child(String script, boolean restarted) {
        return new Child("child", List.of("/bin/sh", "-c", script), log, restarted);
    }

    private static int ended(Child child) throws InterruptedException {
        while (child.ended() == null) {
            Thread.sleep(20);
        }
        return child.ended();
    }

    private void awaitLines(int count) throws IOException, InterruptedException {
        while (!Files.exists(runs) || Files.readAllLines(runs).size() < count) {
            Thread.sleep(20);
        }
    }
}
