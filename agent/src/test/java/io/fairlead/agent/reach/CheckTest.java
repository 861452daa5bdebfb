package io.fairlead.agent.reach;

import static io.fairlead.agent.reach.TestRows.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.agent.link.Dialer;
import io.fairlead.agent.link.Identity;
import io.fairlead.agent.link.ServerAddress;
import io.fairlead.agent.link.SilentPort;
import io.fairlead.agent.link.Sounder;
import io.fairlead.agent.link.TestAuthority;
import io.fairlead.agent.link.Vouching;
import io.fairlead.firewall.Protocol;
import io.fairlead.firewall.Row;
import io.fairlead.firewall.format.Format;
import io.fairlead.firewall.format.Formats;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a check finds at real sockets: what is open, and for each obstacle its own cause and rule. */
@Timeout(value = 100, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CheckTest {
    private static final TestAuthority OURS = new TestAuthority("ours");
    private static final TestAuthority HOSPITAL = new TestAuthority("of the hospital's inspection");

    private final List<AutoCloseable> open = new ArrayList<>();
    private Clock clock = Clock.systemUTC();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    @Test
    void all_that_the_enterprise_answers_is_open_to_the_last_step() throws Exception {
        ServerAddress server = enterprise(OURS).address();

        Report report = check(List.of(server), row(server, true));

        assertThat(report.good()).isTrue();
        assertThat(steps(report))
                .containsExactly(
                        "name=127.0.0.1",
                        "way=direct",
                        "tls=genuine",
                        "device=known",
                        "clock=right",
                        "websocket=passes",
                        "idle=survives 1 s");
        assertThat(report.text())
                .contains("All that is required is reached (1 of 1).")
                .contains("✓ open")
                .contains("signed by \"CN=Fairlead servers ours");
    }

    @Test
    void a_port_that_refuses_one_that_drops_and_an_unknown_name_are_told_apart_and_each_has_its_rule()
            throws Exception {
        SilentPort silent = kept(new SilentPort());
        int closed;
        try (ServerSocket once = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            closed = once.getLocalPort();
        }
        ServerAddress server = enterprise(OURS).address();

        Report report = check(
                List.of(server),
                row(server, true),
                row(new ServerAddress("127.0.0.1", closed), true),
                row(new ServerAddress("127.0.0.1", silent.port()), true),
                row(new ServerAddress("agents.no-such-host.invalid", 443), false));

        assertThat(report.good()).isFalse();
        assertThat(trouble(report, closed)).isEqualTo(Trouble.REFUSED);
        assertThat(trouble(report, silent.port())).isEqualTo(Trouble.DROPPED);
        assertThat(trouble(report, 443)).isEqualTo(Trouble.NAME);
        assertThat(report.findings().get(3).failed())
                .as("those that failed stand first")
                .isFalse();
        assertThat(report.text())
                .contains("NOT all that is required is reached: 2 of 3 fail. Of what is not required, 1 fail.")
                .contains("Let out TCP " + closed + " from this PC to 127.0.0.1.")
                .contains("drops the packets without a word")
                .contains("Let the site's name server answer for agents.no-such-host.invalid");
        assertThat(report.html()).contains("<td>✗ FAILED</td>").doesNotContain("http");
        assertThat(report.brief(1_000))
                .startsWith("NOT all that is required is reached: 2 of 3 fail.")
                .contains("✗ TCP " + closed + " to 127.0.0.1: refused. Let out TCP " + closed)
                .hasLineCount(4);
        assertThat(report.brief(200)).hasSizeLessThanOrEqualTo(200).endsWith("…\n");
        assertThat(report.json()).contains("\"trouble\" : \"dropped\"").contains("\"good\" : false");
    }

    @Test
    void the_rules_of_what_failed_and_of_nothing_else_are_rendered() throws Exception {
        int closed;
        try (ServerSocket once = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            closed = once.getLocalPort();
        }
        ServerAddress good = enterprise(OURS).address();
        Report report = check(List.of(), row(good, true), row(new ServerAddress("127.0.0.1", closed), true));
        Format nftables = Formats.of("nftables").orElseThrow();

        String rules = report.rules(Source.own(List.of(good), List.of(), "no list"), nftables, clock.instant());

        assertThat(rules).contains("127.0.0.1").contains(String.valueOf(closed));
        assertThat(rules).doesNotContain(String.valueOf(good.port()));
    }

    @Test
    void an_inspector_in_the_place_of_our_own_server_is_named() throws Exception {
        ServerAddress server = enterprise(HOSPITAL).address();

        Report report = check(List.of(server), row(server, true));

        assertThat(trouble(report, server.port())).isEqualTo(Trouble.INSPECTED);
        assertThat(report.text())
                .contains("INSPECTED BY \"CN=Fairlead servers of the hospital's inspection\"")
                .contains("Except localhost:" + server.port() + " from TLS inspection");
        assertThat(report.good()).isFalse();
    }

    @Test
    void of_a_foreign_host_by_an_unknown_authority_no_inspection_is_claimed() throws Exception {
        ServerAddress server = enterprise(HOSPITAL).address();

        Report report = check(List.of(), row(server, true));

        assertThat(trouble(report, server.port())).isEqualTo(Trouble.NOT_VOUCHED);
    }

    @Test
    void a_clock_that_is_wrong_is_said_with_the_seconds_and_one_by_which_no_certificate_is_valid_too()
            throws Exception {
        ServerAddress server = enterprise(OURS).address();
        clock = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(20));

        Report ahead = check(List.of(server), row(server, true));
        clock = Clock.offset(Clock.systemUTC(), Duration.ofDays(-40));
        Report behind = check(List.of(server), row(server, true));

        assertThat(trouble(ahead, server.port())).isEqualTo(Trouble.CLOCK);
        assertThat(ahead.text()).containsPattern("this PC is 1(199|200) s ahead of the server");
        assertThat(trouble(behind, server.port())).isEqualTo(Trouble.CLOCK);
        assertThat(behind.text()).contains("by this PC's clock it is");
    }

    @Test
    void a_way_that_lets_no_websocket_through_and_cuts_what_is_quiet_is_said() throws Exception {
        TestEnterprise enterprise = enterprise(OURS);
        ServerAddress server = enterprise.address();
        enterprise.upgrades = false;
        Report deaf = check(List.of(server), row(server, true));
        enterprise.upgrades = true;
        enterprise.holds = false;
        Report impatient = check(List.of(server), row(server, true));

        assertThat(trouble(deaf, server.port())).isEqualTo(Trouble.NO_WEBSOCKET);
        assertThat(deaf.text()).contains("it answered \"HTTP/1.1 502 x\"");
        assertThat(trouble(impatient, server.port())).isEqualTo(Trouble.IDLE_CUT);
        assertThat(impatient.text()).contains("was cut after 0 s (no proxy on the way)");
    }

    @Test
    void udp_and_networks_are_not_checked_and_say_so() throws Exception {
        Report report = check(List.of(), row("time.example", Protocol.UDP, 123, true), row("192.0.2.0/24", 443, true));

        assertThat(report.findings()).extracting(Finding::result).containsOnly("unchecked");
        assertThat(report.text()).contains("UDP answers nobody").contains("All that is required is reached (0 of 0)");
    }

    private Report check(List<ServerAddress> own, Row... rows) throws InterruptedException {
        Identity identity = OURS.identity(new ServerAddress("localhost", 1), "device-1");
        Check check = new Check(
                new Sounder(Dialer.direct(), clock::instant),
                new Vouching(Optional.of(OURS.cas()), clock::instant),
                Optional.of(identity),
                own,
                1,
                clock);
        return new Report(
                clock.instant(), "pc", Optional.of("device-1"), List.of("a list"), check.of(Arrays.asList(rows)));
    }

    private TestEnterprise enterprise(TestAuthority authority) {
        return kept(new TestEnterprise(authority));
    }

    private static List<String> steps(Report report) {
        return report.findings().get(0).steps().stream()
                .filter(step -> !step.what().equals(Step.TCP))
                .map(step -> step.what() + "=" + step.brief())
                .toList();
    }

    private static Trouble trouble(Report report, int port) {
        return report.findings().stream()
                .filter(each -> each.target().port() == port)
                .findFirst()
                .orElseThrow()
                .trouble()
                .orElseThrow();
    }

    private <T extends AutoCloseable> T kept(T one) {
        open.add(0, one);
        return one;
    }
}
