package io.fairlead.perf.simulations;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SimulationsTest {
    private static final int AGENTS = 5;
    private static final List<String> SHORT_LIVED = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");
    private static final Path HOME =
            Path.of(System.getProperty("fairlead.root", "../..")).toAbsolutePath();

    @TempDir
    static Path folder;

    private static OwnServer server;

    @BeforeAll
    static void start() throws Exception {
        assertThat(Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x")))
                .exists();
        server = new OwnServer(HOME, folder, SHORT_LIVED);
        server.awaitReady();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    /** The others take the same ways as these two. */
    static List<Kind> played() {
        return Boolean.getBoolean("fairlead.long")
                ? List.of(Kind.values())
                : List.of(Kind.EVERYTHING, Kind.RECONNECT_STORM);
    }

    @ParameterizedTest
    @MethodSource("played")
    void nothing_fails_and_what_was_sent_is_in_the_server(Kind kind) throws Exception {
        long values = values();
        long files = files();
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said);
        Play play = new Play(
                new Wanted(kind, AGENTS, Duration.ofSeconds(5), Duration.ofSeconds(1)),
                HOME,
                folder.resolve("results"),
                SHORT_LIVED,
                Clock.systemUTC(),
                out);

        Summary.Played played = play.on(server, folder);
        new Summary(out).print(played);

        assertThat(played.faults())
                .as(() -> said + "\n" + text(played.log()) + "\n" + text(server.log()))
                .isEmpty();
        assertThat(played.report()).isPresent();
        // Each instruction's result is a message without values.
        assertThat(values() - values)
                .isEqualTo(played.count(Tally.MESSAGES) - played.count(Tally.INSTRUCTIONS))
                .isGreaterThanOrEqualTo(AGENTS);
        assertThat(files() - files).isEqualTo(played.count(Tally.FILES)).isEqualTo(kind.hasFiles() ? AGENTS : 0);
        assertThat(Statistics.of(played.report().orElseThrow()))
                .extracting(Statistics.Row::name)
                .contains("All Requests", "poll, not held", "report");
        if (kind.hasPeople()) {
            assertThat(said.toString()).contains("console, values", "system, FindHistory", "file, chunk of 128 KiB");
        }
    }

    /** Values of an item that every message has, as the command line counts them. */
    private static long values() throws IOException {
        long sum = 0;
        for (JsonObject device : devices()) {
            JsonObject asked = new JsonObject()
                    .put("device", device.getString("device"))
                    .put("item", Readings.ITEM)
                    .put("limit", 10_000);
            sum += server.commands()
                    .call("history", asked)
                    .getJsonArray("points")
                    .size();
        }
        return sum;
    }

    private static long files() throws IOException {
        JsonArray all = server.commands()
                .call("transfers", new JsonObject().put("limit", 1_000))
                .getJsonArray("transfers");
        return objects(all).filter(one -> one.getString("state").equals("DONE")).count();
    }

    private static List<JsonObject> devices() throws IOException {
        return objects(server.commands().call("devices", new JsonObject()).getJsonArray("devices"))
                .toList();
    }

    private static Stream<JsonObject> objects(JsonArray all) {
        return IntStream.range(0, all.size()).mapToObj(all::getJsonObject);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException missing) {
            return missing.toString();
        }
    }
}
