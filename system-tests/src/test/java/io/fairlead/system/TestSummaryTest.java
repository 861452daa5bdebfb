package io.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./fairlead test} says of the reports that surefire writes: a copy of the launcher, and a Maven that only writes them. */
@EnabledOnOs(OS.LINUX)
class TestSummaryTest {
    @TempDir
    private Path folder;

    private Path reports;

    private record Said(int code, List<String> lines) {}

    @BeforeEach
    void copy() throws IOException {
        Path launcher = Files.copy(Programs.root().resolve("fairlead"), folder.resolve("fairlead"));
        assertThat(launcher.toFile().setExecutable(true)).isTrue();
        // The launcher deletes old reports, so these come when Maven is called.
        reports = Files.createDirectories(folder.resolve("ready"));
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Path maven = Files.writeString(
                bin.resolve("mvn"),
                "#!/bin/sh\nmkdir -p module/target/surefire-reports && cp ready/* module/target/surefire-reports\n");
        assertThat(maven.toFile().setExecutable(true)).isTrue();
    }

    private void report(String name, String totals, String cases) throws IOException {
        Path unused = Files.writeString(
                reports.resolve("TEST-" + name + ".xml"),
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"" + name + "\" time=\"0.1\" " + totals
                        + ">\n" + cases + "</testsuite>\n");
    }

    private Said summed() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(folder.resolve("fairlead").toString(), "test")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said.txt").toFile());
        builder.environment().put("CI", "true");
        builder.environment().merge("PATH", "", (path, none) -> folder.resolve("bin") + ":" + path);
        int code = builder.start().waitFor();
        return new Said(code, Files.readAllLines(folder.resolve("said.txt")));
    }

    @Test
    void all_passed() throws Exception {
        report(
                "one.Test",
                "tests=\"2\" errors=\"0\" skipped=\"0\" failures=\"0\"",
                "  <testcase name=\"a\" classname=\"one.Test\"/>\n");
        Said said = summed();
        assertThat(said.code).as("%s", said.lines).isZero();
        assertThat(said.lines).last().isEqualTo("2 passed, 0 failed, 0 skipped");
    }

    @Test
    void a_test_whose_tool_is_missing_is_named_with_its_reason_and_fails_in_CI() throws Exception {
        report("one.Test", "tests=\"3\" errors=\"0\" skipped=\"2\" failures=\"0\"", """
                  <testcase name="a" classname="one.Test">
                    <skipped type="org.opentest4j.TestAbortedException"><![CDATA[org.opentest4j.TestAbortedException: squid is missing
                	at one.Test.a(Test.java:1)
                ]]></skipped>
                  </testcase>
                  <testcase name="b" classname="one.Test">
                    <skipped message="only with &quot;--long&quot;"/>
                  </testcase>
                """);
        Said said = summed();
        assertThat(said.code).isEqualTo(1);
        assertThat(said.lines)
                .contains("SKIPPED one.Test.a: squid is missing", "SKIPPED one.Test.b: only with \"--long\"")
                .last()
                .isEqualTo("1 passed, 0 failed, 2 skipped");
    }

    @Test
    void a_class_that_ended_before_its_first_test_is_named_and_fails_in_CI() throws Exception {
        report("one.Test", "tests=\"1\" errors=\"0\" skipped=\"0\" failures=\"0\"", "");
        report("two.Test", "tests=\"0\" errors=\"0\" skipped=\"0\" failures=\"0\"", "");
        Said said = summed();
        assertThat(said.code).isEqualTo(1);
        assertThat(said.lines).contains("SKIPPED two.Test: whole, before its first test");
    }
}
