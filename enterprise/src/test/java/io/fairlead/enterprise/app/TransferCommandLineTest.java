package io.fairlead.enterprise.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.enterprise.file.TestFiles;
import io.fairlead.enterprise.operator.Command;
import io.fairlead.enterprise.operator.CommandSocket;
import io.fairlead.enterprise.operator.Commands;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Base64;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files on the command line, against a server whose answers are written here. */
class TransferCommandLineTest {
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneId.of("+01:00"));
    private static final String ID = "4f21".repeat(8);

    @TempDir
    Path folder;

    private final Map<String, Command> served = new HashMap<>();
    private final Deque<JsonObject> asked = new ArrayDeque<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private CommandSocket socket;

    @BeforeEach
    void start() throws IOException {
        Map<String, Command> late = new HashMap<>();
        for (String name : List.of(
                "transfers", "transfer", "transfer.cancel", "transfer.read", "transfer.link", "upload", "package")) {
            late.put(name, (actor, arguments) -> {
                asked.add(new JsonObject(arguments.toString()).put("command", name));
                return served.get(name).run(actor, arguments);
            });
        }
        socket = new CommandSocket(folder, new Commands(late), (delay, call) -> () -> {}, () -> "c0ffee");
        socket.start();
        serve("transfers", new JsonObject().put("transfers", new JsonArray().add(one("RUNNING", 50_000_000))));
    }

    @AfterEach
    void stop() throws IOException {
        socket.close();
    }

    private void serve(String command, JsonObject... answers) {
        Deque<JsonObject> left = new ArrayDeque<>(Arrays.asList(answers));
        served.put(
                command,
                (actor, arguments) -> Future.succeededFuture(left.size() > 1 ? left.remove() : left.getFirst()));
    }

    private static JsonObject one(String state, long moved) {
        return new JsonObject()
                .put("id", ID)
                .put("device", "LAB-7")
                .put("direction", "upload")
                .put("asked", "logs/app.log")
                .put("name", "../\u001b[2Japp.log")
                .put("safeName", "[2Japp.log")
                .put("size", 200_000_000L)
                .put("sha256", "00")
                .put("moved", moved)
                .put("rate", moved > 0 && state.equals("RUNNING") ? 1_000_000L : 0L)
                .put("state", state)
                .put("ended", !state.equals("RUNNING") && !state.equals("REQUESTED"))
                .put("instruction", 3)
                .put("requestedBy", "os:anna")
                .put("requestedAt", "2026-11-21T11:00:00Z");
    }

    private int run(String... arguments) {
        String[] all = Stream.concat(Arrays.stream(arguments), Stream.of("--data", folder.toString()))
                .toArray(String[]::new);
        Screen screen = new Screen(new PrintWriter(out, true), new PrintWriter(err, true), NOON);
        return FairleadCommand.commandLine(screen, folder, (config, data, port) -> {})
                .execute(all);
    }

    @Test
    void transfers_are_a_table_with_rate_and_time_left_and_no_escapes() {
        assertThat(run("transfers")).isZero();
        assertThat(out.toString().lines())
                .containsExactly(
                        "ID                                DEVICE  DIRECTION  NAME          SIZE  DONE %      RATE   LEFT"
                                + "  STATE",
                        ID + "  LAB-7   upload     [2Japp.log  200 MB      25  1.0 MB/s  3 min  RUNNING");
        assertThat(run("transfers", "--device", "LAB-7")).isZero();
        assertThat(asked.getLast().getString("device")).isEqualTo("LAB-7");
    }

    @Test
    void first_digits_name_a_transfer_when_only_one_has_them() {
        serve("transfer", one("RUNNING", 1));
        assertThat(run("transfers", "4f")).isZero();
        assertThat(asked.getLast().getString("id")).isEqualTo(ID);
        assertThat(out.toString()).contains("../?[2Japp.log").doesNotContain("\u001b");
        serve(
                "transfers",
                new JsonObject()
                        .put(
                                "transfers",
                                new JsonArray()
                                        .add(one("DONE", 1))
                                        .add(one("DONE", 1).put("id", "4e"))));
        assertThat(run("transfers", "4")).isEqualTo(1);
        assertThat(err.toString()).contains("2 transfers begin with 4; type more of it.");
        served.put("transfer", (actor, arguments) -> Future.failedFuture(new Refusal(Fault.NOT_FOUND, "none")));
        assertThat(run("transfers", "nonsense")).isEqualTo(1);
        assertThat(err.toString()).contains("There is no transfer nonsense. `fairlead transfers` lists them.");
    }

    @Test
    void waiting_ends_with_the_transfer_and_says_how() {
        serve("upload", one("REQUESTED", 0));
        serve("transfer", one("REQUESTED", 0), one("RUNNING", 50_000_000), one("DONE", 200_000_000));
        assertThat(run("instruct", "LAB-7", "upload", "logs/app.log", "--wait", "--reason", "ticket 1"))
                .isZero();
        assertThat(asked.getFirst().getString("reason")).isEqualTo("ticket 1");
        assertThat(out.toString())
                .contains("Transfer " + ID + ": DONE, 200 MB")
                .contains("fairlead transfers save " + ID + " FILE");
        assertThat(err.toString()).contains("Waiting for LAB-7 to begin");

        serve("package", one("REQUESTED", 0));
        serve("transfer", one("REFUSED", 0).put("detail", "no\u001b"));
        assertThat(run("instruct", "LAB-7", "package", "--wait=5")).isEqualTo(1);
        assertThat(out.toString()).contains(": REFUSED, no?");
    }

    @Test
    void progress_says_how_much_how_fast_and_how_long() {
        assertThat(TransferWatch.progress(one("RUNNING", 50_000_000)))
                .isEqualTo("50.0 MB of 200 MB  25 %  1.0 MB/s  3 min left");
        assertThat(Amounts.bytes(0)).isEqualTo("0 B");
        assertThat(Amounts.bytes(999)).isEqualTo("999 B");
        assertThat(Amounts.bytes(999_950)).isEqualTo("1.0 MB");
        assertThat(Amounts.bytes(Long.MAX_VALUE)).isEqualTo("9.2 EB");
        assertThat(Amounts.percent(199_999_999, 200_000_000)).isEqualTo("99");
        assertThat(Amounts.percent(0, 0)).isEqualTo("100");
        assertThat(Amounts.time(1, 0)).isEqualTo("-");
        assertThat(Amounts.time(119, 1)).isEqualTo("119 s");
        assertThat(Amounts.time(7_200, 1)).isEqualTo("2 h");
    }

    @Test
    void what_is_saved_is_what_was_announced_or_nothing() throws IOException {
        byte[] file = TestFiles.bytes(1, 300);
        JsonObject part = new JsonObject().put("bytes", Base64.getEncoder().encodeToString(file));
        JsonObject end = new JsonObject().put("bytes", "");
        serve("transfer", one("DONE", 300).put("size", 300L).put("sha256", TestFiles.sha256(file)));
        serve("transfer.read", part, end);
        Path saved = folder.resolve("saved");
        assertThat(run("transfers", "save", ID, saved.toString())).isZero();
        assertThat(saved).hasBinaryContent(file);
        assertThat(run("transfers", "save", ID, saved.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("is there already");
        assertThat(saved).hasBinaryContent(file);

        Path wrong = folder.resolve("wrong");
        serve("transfer", one("DONE", 300).put("size", 300L));
        serve("transfer.read", part, end);
        assertThat(run("transfers", "save", ID, wrong.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("its SHA-256 differs. Nothing was kept.");
        assertThat(wrong).doesNotExist();
        served.put("transfer.read", (actor, a) -> Future.failedFuture(new Refusal(Fault.CONFLICT, "it is RUNNING")));
        assertThat(run("transfers", "save", ID, wrong.toString())).isEqualTo(1);
        assertThat(Files.exists(wrong)).isFalse();
    }

    @Test
    void wrong_usage_says_what_is_needed() {
        assertThat(run("instruct", "LAB-7", "upload")).isEqualTo(2);
        assertThat(err.toString()).contains("'upload' needs the NAME of a file");
        assertThat(run("instruct", "LAB-7", "collect", "--as", "x")).isEqualTo(2);
        assertThat(err.toString()).contains("--as goes with 'send' only");
        assertThat(run("instruct", "LAB-7", "package", "x")).isEqualTo(2);
        assertThat(run("instruct", "LAB-7", "send", folder.resolve("none").toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("Cannot read the file");
    }
}
