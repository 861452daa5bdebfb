package io.fairlead.agent.pac;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PAC files in the real child process. */
class PacChildTest {
    private final PacChild child = new PacChild();

    @Test
    void a_file_as_hospitals_have_it_is_answered() throws IOException {
        String file = """
                // Proxy configuration; last change: IT
                function FindProxyForURL(url, host) {
                  if (isPlainHostName(host) || dnsDomainIs(host, ".hospital.example")) return "DIRECT";
                  if (shExpMatch(url, "https://agents.*:8444/*")) return "PROXY a.example:3128; SOCKS b.example:1080; DIRECT";
                  return "PROXY other.example:8080";
                }
                """;

        assertThat(ask(file)).isEqualTo("PROXY a.example:3128; SOCKS b.example:1080; DIRECT");
        assertThat(child.ask(file, "https://lims:8444/", "lims")).isEqualTo("DIRECT");
        assertThat(child.ask(file, "https://x.example:8444/", "x.example")).isEqualTo("PROXY other.example:8080");
    }

    @Test
    void a_file_that_loops_is_killed() throws InterruptedException {
        assertWrong("function FindProxyForURL(url, host) { while (true) {} }", "not come to an end within 2 s");
        assertWrong("while (true) {}", "not come to an end within 2 s");
        // A process that was killed is there for a moment more.
        for (int looks = 0; looks < 100 && ours() > 0; looks++) {
            Thread.sleep(50);
        }
        assertThat(ours()).isZero();
    }

    private static long ours() {
        return ProcessHandle.current()
                .descendants()
                .filter(PacChildTest::isOurs)
                .count();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "function FindProxyForURL(url { return 1; } | (line 1)",
                "function FindProxyForURL(url, host) { return nobody; } | \"nobody\" is not defined",
                "function findProxy(url, host) { return 'DIRECT'; } | no function FindProxyForURL",
                "<html>Log in first</html> | (line 1)",
                "'' | no function FindProxyForURL",
                "function FindProxyForURL(u, h) { return FindProxyForURL(u, h); } | stack depth",
                "function FindProxyForURL(u, h) { var a = 'x'; while (true) a += a; } | too much memory",
                "function FindProxyForURL(u, h) { java.lang.System.exit(0); } | \"java\" is not defined",
                "function FindProxyForURL(u, h) { return new Packages.java.io.File('/'); } | \"Packages\" is not defined",
            })
    void what_is_wrong_with_a_file_is_told(String file, String told) {
        assertWrong(file, told);
    }

    @Test
    void the_functions_of_pac_are_there() throws IOException {
        List<String> truths = List.of(
                "isPlainHostName('lims') && !isPlainHostName('a.b')",
                "dnsDomainIs('www.hospital.example', '.hospital.example') && !dnsDomainIs('www.other.example', '.hospital.example')",
                "localHostOrDomainIs('www', 'www.hospital.example') && !localHostOrDomainIs('www.b', 'www.hospital.example')",
                "dnsDomainLevels('a.b.c') === 2",
                "shExpMatch('http://a.b/x+y', '*/x+?') && !shExpMatch('axb', 'a.b')",
                "isInNet('10.1.2.3', '10.0.0.0', '255.0.0.0') && !isInNet('11.1.2.3', '10.0.0.0', '255.0.0.0')",
                "isInNet('192.168.1.1', '192.168.1.1', '255.255.255.255')",
                "isInNetEx('2001:db8::5', '2001:db8::/32') && !isInNetEx('10.1.2.3', '11.0.0.0/8')",
                "isResolvable('localhost') && !isResolvable('no-such-host.invalid')",
                "dnsResolve('localhost') === '127.0.0.1' && dnsResolve('no-such-host.invalid') === null",
                "convert_addr('104.16.41.2') === 1745889538",
                "/^[0-9a-f.:]+$/.test(myIpAddress())",
                "weekdayRange('MON', 'SUN') && weekdayRange('MON', 'SUN', 'GMT') && !weekdayRange('FOO')",
                "timeRange(0, 0, 0, 23, 59, 59) && (timeRange(0, 12) !== timeRange(12, 24))",
                "dateRange('JAN', 'DEC') && dateRange(1, 31) && dateRange(1, 'JAN', 2000, 31, 'DEC', 2999)",
                "dateRange(2000, 2999) && !dateRange(1999) && !dateRange('JAN', 1990, 'DEC', 1999)");
        StringBuilder file = new StringBuilder("function FindProxyForURL(url, host) { var wrong = '';\n");
        for (String truth : truths) {
            file.append("if ((")
                    .append(truth)
                    .append(") !== true) wrong += ' | ' + ")
                    .append(quoted(truth))
                    .append(";\n");
        }

        assertThat(ask(file + "return wrong; }")).isEmpty();
        assertThat(ask(file + "if ((1 === 2) !== true) wrong += 'noticed'; return wrong; }"))
                .isEqualTo("noticed");
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    @Test
    void an_answer_without_end_is_cut_and_none_is_nothing() throws IOException {
        assertThat(ask("function FindProxyForURL(u, h) { return 'PROXY a:1;'.repeat(100000); }"))
                .hasSize(2000);
        assertThat(ask("function FindProxyForURL(u, h) { }")).isEmpty();
        assertThat(ask("function FindProxyForURL(u, h) { return null; }")).isEmpty();
    }

    @Test
    void a_child_that_takes_nothing_is_killed_as_well() {
        // More than any pipe holds.
        String large = "// " + "x".repeat(4 << 20);
        PacChild deaf = new PacChild(List.of("sleep", "4711"), Duration.ofSeconds(1));
        assertThatThrownBy(() -> deaf.ask(large, "u", "h"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("does not start within 1 s");
        assertThat(ProcessHandle.current()
                        .descendants()
                        .filter(process -> process.isAlive()
                                && process.info().commandLine().orElse("").contains("4711")))
                .isEmpty();
    }

    @Test
    void a_child_that_cannot_start_is_told() {
        assertThatThrownBy(() -> new PacChild(List.of("/bin/false")).ask("", "u", "h"))
                .isInstanceOf(IOException.class);
    }

    private String ask(String file) throws IOException {
        return child.ask(file, "https://agents.example:8444/", "agents.example");
    }

    private void assertWrong(String file, String told) {
        assertThatThrownBy(() -> ask(file)).isInstanceOf(IOException.class).hasMessageContaining(told);
    }

    private static boolean isOurs(ProcessHandle process) {
        return process.isAlive() && process.info().commandLine().orElse("").contains("PacMain");
    }
}
