package io.fairlead.enterprise.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.enterprise.people.RightsTable.Holder;
import io.fairlead.enterprise.people.Role;
import io.fairlead.enterprise.tunnel.Relay;
import io.fairlead.enterprise.tunnel.Stranger;
import io.fairlead.statements.SessionService.Mode;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Thieves who have copied a viewer's ticket, against him whose it is, over the server as it is shipped: they come before,
 * while and after he does, with no log-in, another person's, another one of his own, and as a program.
 */
class TicketRaceTest {
    private static final Holder EMIL = new Holder(Role.SERVICE_ENGINEER, "everywhere", "AU480");
    private static final Holder OTHER = new Holder(Role.OPERATOR, "everywhere", "AU480");
    private static final int TRIES = Boolean.getBoolean("fairlead.long") ? 10_000 : 2_000;
    private static final int TICKETS = TRIES / 500;

    @TempDir
    private Path folder;

    private final List<Stranger> connections = new ArrayList<>();
    private RunningServer server;
    private String token;
    private String session;

    @BeforeEach
    void start() throws IOException {
        server = new RunningServer(folder);
        new Estate(server).prepare(List.of(EMIL, OTHER));
        session = GrantedSession.of(server, EMIL, "here", Mode.CONTROL, "desktop");
        token = browser(EMIL);
    }

    @AfterEach
    void stop() throws IOException {
        for (Stranger each : connections) {
            each.close();
        }
        server.close();
    }

    private String browser(Holder who) {
        return server.session(who.name(), "browser", true, false);
    }

    private Stranger connection() throws IOException {
        Stranger one = new Stranger(
                Integer.parseInt(server.url().replaceFirst(".*:", "")),
                Web.anyServer().getSocketFactory());
        connections.add(one);
        return one;
    }

    private String cookie(String of) {
        return "Origin: " + server.url() + "\r\nCookie: __Host-fairlead=" + of + "\r\n";
    }

    /** As many tries as he has for each ticket, at what is to be stolen now. */
    private record Thief(Stranger connection, String shows, AtomicInteger refused) {
        void tries(String path, String ticket, CountDownLatch halfway) {
            int times = TRIES / TICKETS / 4;
            try {
                for (int i = 0; i < times; i++) {
                    if (i == times / 2) {
                        halfway.countDown();
                    }
                    if (connection.asks(path, shows + ticket) == 403) {
                        int unused = refused.incrementAndGet();
                    }
                }
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void thousands_of_tries_with_a_copied_ticket_let_nobody_in_and_do_not_keep_its_owner_out() throws Exception {
        List<Thief> thieves = new ArrayList<>();
        for (String shows : List.of(
                "Origin: " + server.url() + "\r\n",
                cookie(browser(OTHER)),
                cookie(browser(EMIL)),
                "Fairlead-Proof: " + UUID.randomUUID().toString().replace("-", "") + "\r\n")) {
            thieves.add(new Thief(connection(), shows, new AtomicInteger()));
        }
        for (int round = 0; round < TICKETS; round++) {
            JsonObject made = new JsonObject(server.browser(token)
                    .ask(
                            "POST",
                            "/sessions/" + session + "/streams",
                            new JsonObject().put("service", "control/desktop").encode())
                    .body());
            String path = "/tunnel?stream=" + made.getString("stream");
            String ticket =
                    "Sec-WebSocket-Protocol: binary, " + Relay.TICKET_SUBPROTOCOL + made.getString("ticket") + "\r\n";
            CountDownLatch halfway = new CountDownLatch(thieves.size());
            List<CompletableFuture<Void>> all = thieves.stream()
                    .map(thief -> CompletableFuture.runAsync(
                            () -> thief.tries(path, ticket, halfway), task -> new Thread(task, "thief").start()))
                    .toList();
            halfway.await();
            assertThat(connection().asks(path, cookie(token) + ticket)).isEqualTo(101);
            all.forEach(CompletableFuture::join);
        }

        assertThat(thieves).allSatisfy(each -> assertThat(each.refused()).hasValue(TRIES / 4));
    }
}
