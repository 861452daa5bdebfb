package io.fairlead.agent.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fairlead.agent.link.LinkException.Kind;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A password is told a proxy as seldom as an account allows that locks at the third wrong one. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ProxyLoginTest {
    private static final Duration CONNECT = Duration.ofSeconds(10);

    @TempDir
    private Path folder;

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicReference<String> password = new AtomicReference<>("spring");

    @Test
    void an_ntlm_password_that_ran_out_is_sent_once_and_the_new_one_is_the_only_one_from_then_on() throws Exception {
        try (Recorder server = new Recorder("");
                NtlmProxy proxy = new NtlmProxy("spring")) {
            Dialer dialer = dialer(proxy.address());
            open(dialer, server);
            open(dialer, server);
            proxy.password("summer");

            assertThat(refused(dialer, server).kind()).isEqualTo(Kind.PROXY_PASSWORD);
            assertThat(refused(dialer, server)).hasMessageContaining("refuses the user CLINIC\\agent");
            password.set("summer");
            open(dialer, server);

            assertThat(proxy.told).containsExactly("right agent", "right agent", "wrong agent", "right agent");
        }
    }

    @Test
    void many_that_go_out_at_once_tell_a_wrong_password_once() throws Exception {
        int many = 8;
        ExecutorService threads = Executors.newFixedThreadPool(many);
        try (Recorder server = new Recorder("");
                NtlmProxy proxy = new NtlmProxy("another")) {
            Dialer dialer = dialer(proxy.address());
            CountDownLatch go = new CountDownLatch(1);
            List<Future<Kind>> all = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                all.add(threads.submit(() -> {
                    go.await();
                    return refused(dialer, server).kind();
                }));
            }
            go.countDown();
            for (Future<Kind> one : all) {
                assertThat(one.get()).isEqualTo(Kind.PROXY_PASSWORD);
            }

            assertThat(proxy.told).containsExactly("wrong agent");
        } finally {
            threads.shutdownNow();
        }
    }

    private Dialer dialer(ServerAddress proxy) {
        ProxyAccount account = new ProxyAccount(proxy, "CLINIC\\agent", password::get);
        return new Dialer(Routes.fixed(List.of(new Route.HttpProxy(proxy))), List.of(account), nanos::get);
    }

    private static void open(Dialer dialer, Recorder server) throws IOException {
        Socket way = dialer.open(server.address(), CONNECT);
        way.close();
    }

    private static RouteException refused(Dialer dialer, Recorder server) {
        return catchThrowableOfType(RouteException.class, () -> dialer.open(server.address(), CONNECT));
    }
}
