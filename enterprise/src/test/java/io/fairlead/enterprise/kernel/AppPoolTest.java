package io.fairlead.enterprise.kernel;

import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AppPoolTest {
    private static final Duration STATEMENT = Duration.ofSeconds(4);

    private final TestDatabase postgres = TestDatabase.start();
    private final Vertx vertx = Vertx.vertx();
    private final NetClient dialer = vertx.createNetClient();
    private final List<NetSocket> sockets = new CopyOnWriteArrayList<>();
    private NetServer proxy;

    @AfterEach
    void close() {
        postgres.close();
        Void unused = await(vertx.close());
    }

    private Pool pool(Duration statement) {
        DatabaseSettings direct = postgres.settings();
        proxy = await(vertx.createNetServer()
                .connectHandler(socket -> {
                    Future<NetSocket> behind = dialer.connect(direct.port(), direct.host());
                    sockets.add(socket);
                    socket.pause();
                    behind.onSuccess(server -> {
                        sockets.add(server);
                        socket.handler(server::write);
                        server.handler(socket::write);
                        socket.closeHandler(gone -> server.close());
                        socket.resume();
                    });
                })
                .listen(0, "127.0.0.1"));
        DatabaseSettings through = new DatabaseSettings(
                "127.0.0.1",
                proxy.actualPort(),
                direct.database(),
                direct.authority(),
                direct.owner(),
                direct.app(),
                direct.sealer());
        return new AppPool(2, statement).open(vertx, through);
    }

    private Pool pool() {
        return pool(STATEMENT);
    }

    private static Integer one(Pool pool) {
        return await(pool.query("SELECT 1")
                .execute()
                .map(rows -> rows.iterator().next().getInteger(0)));
    }

    private static boolean fails(Future<?> future) {
        return await(future.transform(result -> Future.succeededFuture(result.failed())));
    }

    /** Whatever comes is swallowed, and nothing is closed: as of a host that has lost its power. */
    private void vanish() {
        sockets.forEach(socket -> socket.handler(bytes -> {}));
        sockets.clear();
    }

    @Test
    void a_host_that_vanishes_without_a_word_fails_who_waits_and_the_next_gets_another_connection() {
        Pool pool = pool();
        assertThat(one(pool)).isEqualTo(1);
        vanish();
        assertThat(fails(pool.query("SELECT 1").execute())).isTrue();
        // Who waited hears of it a moment before the pool does.
        int tries = 0;
        while (fails(pool.query("SELECT 1").execute())) {
            assertThat(++tries).isLessThan(100);
            LockSupport.parkNanos(1_000_000);
        }
        assertThat(one(pool)).isEqualTo(1);
    }

    @Test
    void a_statement_has_its_whole_time_however_long_its_connection_was_idle_before() {
        Duration statement = Duration.ofSeconds(2);
        Pool pool = pool(statement);
        assertThat(one(pool)).isEqualTo(1);
        Object idle = await(vertx.timer(1_900).map(done -> "idle"));
        assertThat(idle).isEqualTo("idle");
        assertThat(fails(pool.query("SELECT pg_sleep(1.7)").execute())).isFalse();
    }

    @Test
    void a_statement_that_takes_too_long_is_ended_by_postgres_and_the_connection_lives() {
        Pool pool = pool();
        assertThat(fails(pool.query("SELECT pg_sleep(20)").execute())).isTrue();
        assertThat(one(pool)).isEqualTo(1);
    }
}
