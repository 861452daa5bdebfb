package io.fairlead.perf.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetTest {
    @TempDir
    static Path folder;

    private static ServerProcess server;

    @BeforeAll
    static void start() throws Exception {
        server = new ServerProcess(folder);
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    private static List<Registration> devices(String name, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> Registration.plain(name + "-" + number))
                .toList();
    }

    @Test
    void devices_enrol_over_the_wire_and_are_kept_for_the_next_run() throws Exception {
        Path kept = folder.resolve("enrolled");
        List<String> told = new ArrayList<>();
        CommandSocket codes = new CommandSocket(server.data());
        Identities first = Identities.enrolled(
                kept, devices("KEPT", 3), codes, (done, all) -> told.add(done + "/" + all), Clock.systemUTC());

        assertThat(told).containsExactly("1/3", "2/3", "3/3");
        assertThat(server.device("KEPT-2").getBoolean("enrolled")).isTrue();
        assertThat(first.all().get(1).chain()).hasSize(2);

        Files.writeString(kept.resolve("devices"), Files.readString(kept.resolve("devices")) + "KEPT-4 torn");
        Identities second = Identities.enrolled(
                kept, devices("KEPT", 5), codes, (done, all) -> told.add(done + "/" + all), Clock.systemUTC());

        assertThat(told).containsExactly("1/3", "2/3", "3/3", "4/5", "5/5");
        assertThat(second.all())
                .extracting(Identity::device)
                .containsExactly("KEPT-1", "KEPT-2", "KEPT-3", "KEPT-4", "KEPT-5");
        assertThat(second.all().get(0).certificate())
                .isEqualTo(first.all().get(0).certificate());
        assertThat(Identities.kept(kept).all()).hasSize(5);
    }

    @Test
    void agents_park_report_obey_and_come_back_as_themselves() throws Exception {
        Identities identities = Identities.enrolled(
                folder.resolve("fleet"),
                devices("FLEET", 12),
                new CommandSocket(server.data()),
                Progress.silent(),
                Clock.systemUTC());
        FleetSettings settings =
                new FleetSettings(Duration.ofMillis(500), Duration.ofSeconds(2), Duration.ofSeconds(50), 2, 4);
        WakeTimes wakes = new WakeTimes();
        try (Fleet fleet = new Fleet(identities, settings, wakes, Clock.systemUTC())) {
            until(() -> fleet.figures().parked() == 12 && fleet.figures().messages() >= 12, fleet);
            order(wakes, "collect");
            until(() -> wakes.micros().getTotalCount() == 12, fleet);
            until(() -> results("DONE") == 12, fleet);

            JsonObject session = server.call(
                    "sessions.request",
                    new JsonObject()
                            .put("device", "FLEET-3")
                            .put("services", "terminal/shell")
                            .put("reason", "to be refused"));
            until(
                    () -> "REFUSED"
                            .equals(server.call("session", new JsonObject().put("id", session.getString("id")))
                                    .getString("state")),
                    fleet);

            assertThat(fleet.figures().refused()).isEmpty();
            assertThat(fleet.figures().strange()).isZero();
            assertThat(fleet.figures().lost()).isZero();
            assertThat(fleet.figures().instructions()).isEqualTo(13);
            assertThat(server.device("FLEET-7").getJsonArray("latest")).hasSizeGreaterThan(10);
        }
        // Another process would find no more than the folder.
        Identities again = Identities.kept(folder.resolve("fleet"));
        try (Fleet fleet = new Fleet(again, settings, Arrivals.ignored(), Clock.systemUTC())) {
            until(() -> fleet.figures().parked() == 12 && fleet.figures().messages() >= 12, fleet);

            assertThat(fleet.figures().refused()).isEmpty();
            assertThat(fleet.figures().instructions()).isZero();
        }
        assertThat(server.log()).doesNotContain("identity-held");
    }

    private static void order(WakeTimes wakes, String action) throws IOException {
        for (int number = 1; number <= 12; number++) {
            String device = "FLEET-" + number;
            long begun = System.nanoTime();
            JsonObject ordered = server.call(
                    "instruct", new JsonObject().put("device", device).put("action", action));
            wakes.ordered(device, ordered.getLong("number"), begun);
        }
    }

    private static long results(String state) throws IOException {
        long count = 0;
        for (int number = 1; number <= 12; number++) {
            JsonArray instructions = server.device("FLEET-" + number).getJsonArray("instructions");
            if (state.equals(instructions.getJsonObject(0).getString("state"))) {
                count++;
            }
        }
        return count;
    }

    private static void until(Callable<Boolean> there, Fleet fleet) throws Exception {
        Instant end = Instant.now().plusSeconds(30);
        while (!there.call()) {
            assertThat(Instant.now()).as(fleet.figures().toString()).isBefore(end);
            Thread.sleep(50);
        }
    }
}
