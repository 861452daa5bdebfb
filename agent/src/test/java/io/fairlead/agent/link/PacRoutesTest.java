package io.fairlead.agent.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.fairlead.agent.kernel.Durable;
import io.fairlead.agent.link.LinkException.Kind;
import io.fairlead.agent.pac.PacChild;
import io.fairlead.agent.pac.PacFetch;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PacRoutesTest {
    private static final ServerAddress SERVER = new ServerAddress("agents.example", 8444);

    @TempDir
    private Path folder;

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger asked = new AtomicInteger();
    private HttpServer web;
    private volatile String file = "";
    private volatile int status = 200;

    @BeforeEach
    void serve() throws IOException {
        web = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 5);
        web.createContext("/proxy.pac", exchange -> {
            asked.incrementAndGet();
            byte[] bytes = file.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        web.start();
    }

    @AfterEach
    void close() {
        web.stop(0);
    }

    @Test
    void the_files_ways_are_taken_in_their_order_and_asked_for_every_half_hour() throws IOException {
        answers("PROXY a.example:3128; SOCKS b.example; DIRECT");
        PacRoutes routes = routes();

        assertThat(routes.to(SERVER).toString()).isEqualTo("[http://a.example:3128, socks5://b.example:1080, direct]");
        assertThat(routes.to(SERVER)).hasSize(3);
        assertThat(asked).hasValue(1);

        answers("DIRECT");
        pass(PacRoutes.GOOD);
        assertThat(routes.to(SERVER)).containsExactly(new Route.Direct());
    }

    @Test
    void when_no_way_leads_anywhere_the_file_is_asked_for_sooner() throws IOException {
        answers("PROXY old:3128");
        PacRoutes routes = routes();
        assertThat(routes.to(SERVER)).hasToString("[http://old:3128]");
        answers("PROXY new:3128");

        routes.failed(SERVER);
        assertThat(routes.to(SERVER)).hasToString("[http://old:3128]");
        pass(PacRoutes.REST);
        assertThat(routes.to(SERVER)).hasToString("[http://new:3128]");
    }

    @Test
    void while_the_file_loops_is_broken_or_gone_what_it_said_last_counts_also_after_a_restart() throws IOException {
        answers("PROXY good:3128");
        PacRoutes routes = routes();
        assertThat(routes.to(SERVER)).hasToString("[http://good:3128]");

        for (String broken : new String[] {"while (true) {}", "function FindProxyForURL(", "<html></html>"}) {
            file = broken;
            pass(PacRoutes.GOOD);
            assertThat(routes.to(SERVER)).hasToString("[http://good:3128]");
            assertThat(routes().to(SERVER)).hasToString("[http://good:3128]");
        }
        status = 404;
        pass(PacRoutes.GOOD);
        assertThat(routes.to(SERVER)).hasToString("[http://good:3128]");
        web.stop(0);
        pass(PacRoutes.GOOD);
        assertThat(routes.to(SERVER)).hasToString("[http://good:3128]");
        assertThat(routes().to(SERVER)).hasToString("[http://good:3128]");
    }

    @Test
    void without_a_file_ever_there_is_no_way_and_certainly_not_a_straight_one() {
        status = 500;

        assertThatThrownBy(() -> routes().to(SERVER))
                .isInstanceOfSatisfying(
                        RouteException.class, e -> assertThat(e.kind()).isEqualTo(Kind.PROXY_UNREACHABLE))
                .hasMessage("the proxy configuration " + from() + " cannot be used: HTTP 500 instead of the file");
    }

    @Test
    void a_file_of_more_than_a_megabyte_is_refused() {
        file = "//" + "x".repeat(1 << 20);

        assertThatThrownBy(() -> routes().to(SERVER)).hasMessageContaining("more than 1048576 bytes");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | [direct]",
                "DIRECT | [direct]",
                "proxy a:1 ;; direct; | [http://a:1, direct]",
                "HTTP a:1; SOCKS5 [2001:db8::1]:5 | [http://a:1, socks5://[2001:db8::1]:5]",
                "HTTPS a:1; SOCKS4 b:2; PROXY c | [http://c:80]",
                "PROXY ; PROXY a b; PROXY a:99999; DIRECT | [direct]",
            })
    void answers_are_read_as_browsers_do(String answer, String ways) throws IOException {
        assertThat(PacAnswer.ways(answer)).hasToString(ways);
    }

    @Test
    void an_answer_of_which_nothing_is_known_is_no_way() {
        assertThatThrownBy(() -> PacAnswer.ways("HTTPS a:1; QUIC b:2")).hasMessageContaining("knows no way");
    }

    private PacRoutes routes() {
        return new PacRoutes(new PacFetch(from()), new PacChild(), new Durable(folder.resolve("pac")), nanos::get);
    }

    private URI from() {
        return URI.create("http://127.0.0.1:" + web.getAddress().getPort() + "/proxy.pac");
    }

    private void answers(String ways) {
        file = "function FindProxyForURL(url, host) { return '" + ways + "'; }";
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.plusSeconds(1).toNanos());
    }
}
