package io.fairlead.firewall.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.firewall.Allowlist;
import io.fairlead.firewall.Cidr;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script itself, run by bash; {@code mgmt_cli} is played by one that remembers what it was told to add. */
class CheckPointTest {
    private static final String MGMT_CLI = """
            #!/bin/bash
            [ "$1 $2" = "-s session.txt" ] || exit 9
            shift 2
            if [ "$1 $2" = "show session" ]; then exit 0; fi
            if [ "$1" = show ]; then
              [ "$2" = access-rule ] && key="rule $6" || key="$2 $4"
              grep -qxF -- "$key" there 2> /dev/null
            else
              [ "$2" = access-rule ] && key="rule $8" || key="$2 $4"
              echo "$key" >> there
              printf '%s|' "$@" >> added
              echo >> added
            fi
            """;

    @TempDir
    Path folder;

    @Test
    void running_it_twice_adds_everything_once_and_publishes_nothing() throws Exception {
        Allowlist list = Lists.from(Lists.all(), Cidr.of("10.20.0.0/16"), Cidr.of("2001:db8:5::/48"));
        String first = run(new CheckPoint().render(list));
        List<String> added = Files.readAllLines(folder.resolve("added"));
        String second = run(new CheckPoint().render(list));

        assertThat(first).contains("added: rule FL-agents.service.example-443_17001_17002");
        assertThat(second.lines().filter(line -> line.startsWith("added"))).isEmpty();
        assertThat(Files.readAllLines(folder.resolve("added"))).isEqualTo(added);
        assertThat(added)
                .allMatch(line -> line.startsWith("add|"))
                .contains("add|access-rule|layer|Network|position|top|name|FL-new.service.example-udp123"
                        + "|source.1|FLN_10.20.0.0_16|source.2|FLN_2001_db8_5___48|destination.1|.new.service.example"
                        + "|service.1|FLP_udp_123|action|Accept|track.type|Log|comments|2026112201, from 2026-12-01,"
                        + " until 2027-06-30, not required: Time, .from. us . others. Do not inspect. .1+1|");
    }

    @Test
    void no_sentence_becomes_a_command() throws Exception {
        RandomLists lists = new RandomLists(7);
        for (int i = 0; i < 3; i++) {
            Allowlist list = lists.next();
            assertThat(run(new CheckPoint().render(list)).lines())
                    .allMatch(line -> line.startsWith("added: ")
                            || line.startsWith("there already: ")
                            || line.startsWith("Look at it in SmartConsole"));
        }
        try (var left = Files.list(folder)) {
            assertThat(left.map(each -> each.getFileName().toString()))
                    .isSubsetOf("added", "there", "mgmt_cli", "list.sh");
        }
    }

    /** What stands in each script, written down once, for a reader to judge. */
    static List<String> functions() {
        List<String> golden = Golden.read("fairlead-checkpoint.sh").lines().toList();
        return golden.subList(golden.indexOf("set -euo pipefail"), golden.indexOf("cli show session > /dev/null") + 1);
    }

    private String run(String script) throws IOException, InterruptedException {
        Path cli = Files.writeString(folder.resolve("mgmt_cli"), MGMT_CLI);
        assertThat(cli.toFile().setExecutable(true)).isTrue();
        Files.writeString(folder.resolve("list.sh"), script);
        ProcessBuilder bash = new ProcessBuilder("bash", "list.sh").directory(folder.toFile());
        bash.environment().merge("PATH", folder.toString(), (path, ours) -> ours + ":" + path);
        bash.redirectErrorStream(true);
        Process process = bash.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }
}
