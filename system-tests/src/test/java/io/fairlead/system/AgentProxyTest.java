package io.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * Whole agents behind the proxies and firewalls of a site. The enterprise's name is one that only the proxy knows: who
 * goes a way of his own arrives nowhere.
 */
@EnabledOnOs(OS.LINUX)
class AgentProxyTest {
    private static final String USER = "clinic-agent";
    private static final String PASSWORD = "quite-a-secret-7351";

    private static Folder folder;
    private static Server server;

    @BeforeAll
    static void start() throws Exception {
        folder = Folder.make("proxy");
        server = Server.start(folder.path().resolve("server"), "agents.names = [\"" + Squid.SERVER + "\"]");
    }

    @AfterAll
    static void end() throws Exception {
        try (Folder last = folder;
                Server first = server) {
            assertThat(List.of(last, first)).hasSize(2);
        }
    }

    @Test
    void an_agent_enrols_and_obeys_through_a_proxy_with_a_password_and_keeps_it_to_itself() throws Exception {
        Path password = password(PASSWORD);
        try (Squid proxy = Squid.withPassword("127.0.0.1", folder.path().resolve("squid"), USER, PASSWORD)) {
            String site =
                    """
                    proxy {
                      from = manual
                      use = ["http://PROXY"]
                      credentials = [{ proxy = "PROXY", user = "USER", password-file = "FILE" }]
                    }
                    """.replace("PROXY", proxy.address()).replace("USER", USER).replace("FILE", password.toString());
            Path home = folder.path().resolve("behind-squid");
            try (AgentProcess agent = AgentProcess.enrolled(server, "behind-squid", home, site)) {
                agent.start();
                assertThat(agent.obey("collect").getString("state")).isEqualTo("DONE");
                assertThat(proxy.log()).contains("TCP_TUNNEL/200").contains(USER);

                Files.writeString(password, "another\n");
                agent.killJava();
                agent.await(
                        "the refusal in the customer's audit",
                        () -> agent.audit()
                                .contains("the proxy " + proxy.address() + " refuses the user " + USER
                                        + ": the password"));
                assertThat(agent.audit()).contains("PROXY_PASSWORD");

                Files.writeString(password, PASSWORD + "\n");
                assertThat(agent.obey("collect").getString("state")).isEqualTo("DONE");

                assertThat(agent.audit() + agent.ownLog() + agent.said()).doesNotContain(PASSWORD);
                for (ProcessHandle process : agent.processes()) {
                    assertThat(Files.readString(Path.of("/proc/" + process.pid() + "/cmdline")))
                            .doesNotContain(PASSWORD);
                }
            }
        }
    }

    @Test
    void an_agent_enrols_and_obeys_through_the_proxy_that_the_sites_pac_file_names() throws Exception {
        try (Squid proxy = Squid.open("127.0.0.1", folder.path().resolve("squid-pac"));
                PacServer pac = PacServer.saying("""
                        function FindProxyForURL(url, host) {
                          return url == "https://%s/" && dnsDomainIs(host, ".test") ? "PROXY %s" : "DIRECT";
                        }
                        """.formatted(server(), proxy.address()))) {
            String site = "proxy { from = pac, pac = \"" + pac.address() + "\" }";
            Path home = folder.path().resolve("behind-pac");
            try (AgentProcess agent = AgentProcess.enrolled(server, "behind-pac", home, site)) {
                agent.await("the enrolment's way", () -> proxy.log().contains("CONNECT " + server()));
                assertThat(pac.asked()).isPositive();
                agent.start();
                assertThat(agent.obey("collect").getString("state")).isEqualTo("DONE");
                assertThat(agent.ownLog()).contains("pac=read from=" + pac.address());
            }
        }
    }

    @Test
    void an_agent_enrols_and_obeys_through_the_proxy_that_the_environment_names() throws Exception {
        try (Squid proxy = Squid.open("127.0.0.1", folder.path().resolve("squid-environment"))) {
            Path home = folder.path().resolve("behind-environment");
            try (AgentProcess agent = AgentProcess.enrolled(
                    server,
                    "behind-environment",
                    home,
                    "proxy { from = environment }",
                    Map.of("https_proxy", "http://" + proxy.address(), "no_proxy", "elsewhere.test"))) {
                agent.await("the enrolment's way", () -> proxy.log().contains("CONNECT " + server()));
                agent.start();
                assertThat(agent.obey("collect").getString("state")).isEqualTo("DONE");
            }
        }
    }

    private static String server() {
        return Squid.SERVER + ":" + server.agentsPort();
    }

    /**
     * The customer says eight seconds, so that the search is short: two polls are lost in silence, then four seconds are
     * asked for, and live. The way back is in {@code HoldTest}, where no time has to pass.
     */
    @Test
    void behind_a_firewall_that_forgets_after_five_seconds_polls_become_shorter_and_instructions_arrive()
            throws Exception {
        try (ForgetfulFirewall firewall = ForgetfulFirewall.up();
                Squid proxy = Squid.open(firewall.outside(), folder.path().resolve("squid-outside"))) {
            String site = "proxy { from = manual, use = [\"http://" + proxy.address() + "\"], longest-silence = 8s }";
            Path home = folder.path().resolve("behind-firewall");
            try (AgentProcess agent = AgentProcess.enrolled(server, "behind-firewall", home, site)) {
                agent.within(firewall.within()).start();
                agent.await("a poll", () -> agent.ownLog().contains("loop=poll state=ONLINE"));
                agent.await(
                        "connections forgotten, polls shortened",
                        () -> agent.ownLog().contains("loop=poll hold=4s before=8s"));
                assertThat(firewall.dropped()).isPositive();

                agent.await(
                        "a poll that is held to its end",
                        () -> agent.ownLog().lastIndexOf("loop=poll state=ONLINE")
                                > agent.ownLog().indexOf("hold=4s before=8s"));
                long losses = losses(agent);
                for (int i = 0; i < 3; i++) {
                    assertThat(agent.obey("collect").getString("state")).isEqualTo("DONE");
                }
                assertThat(losses(agent)).isEqualTo(losses);
            }
        }
    }

    private static long losses(AgentProcess agent) throws IOException {
        return agent.audit()
                .lines()
                .filter(line -> line.contains(" link.down ") && line.contains("loop=poll"))
                .count();
    }

    /** As the reference file asks for it: the agent's own, and closed to others. */
    private static Path password(String text) throws IOException {
        Path file = Files.writeString(folder.path().resolve("proxy.password"), text + "\n");
        Path unused = Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        if (AgentProcess.ROOT) {
            Files.setAttribute(file, "unix:uid", AgentProcess.USER, LinkOption.NOFOLLOW_LINKS);
        }
        return file;
    }
}
