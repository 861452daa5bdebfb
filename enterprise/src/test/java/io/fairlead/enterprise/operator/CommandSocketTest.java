package io.fairlead.enterprise.operator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.File;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandSocketTest {
    @TempDir
    Path folder;

    private final Queue<String> obeyed = new ConcurrentLinkedQueue<>();
    private final BlockingQueue<Runnable> pending = new LinkedBlockingQueue<>();
    private final Timers standing = (delay, call) -> {
        pending.add(call);
        return () -> pending.remove(call);
    };
    private final Commands commands = new Commands(Map.of(
            "echo",
                    (actor, arguments) -> {
                        String said = arguments.text("say");
                        obeyed.add(said);
                        return Future.succeededFuture(
                                new JsonObject().put("actor", actor.audited()).put("said", said));
                    },
            "refuse", (actor, arguments) -> Future.failedFuture(new Refusal(Fault.UNKNOWN_DEVICE, "device=X")),
            "break",
                    (actor, arguments) -> {
                        throw new IllegalStateException("a secret of the server");
                    }));
    private CommandSocket socket;

    @BeforeEach
    void start() throws IOException {
        socket = new CommandSocket(folder, commands, standing, () -> "c0ffee");
        socket.start();
    }

    @AfterEach
    void stop() throws IOException {
        socket.close();
    }

    @Test
    void a_command_is_answered_and_knows_who_gave_it() throws IOException {
        JsonObject answer = new CommandClient(folder).call("echo", new JsonObject().put("say", "grüß dich"));

        assertThat(answer.getString("said")).isEqualTo("grüß dich");
        assertThat(answer.getString("actor")).isEqualTo("os:" + System.getProperty("user.name"));
    }

    @Test
    void one_connection_may_ask_again_and_again() throws IOException {
        try (SocketChannel raw = connect()) {
            Lines lines = new Lines(raw, raw, Lines.LONGEST);
            for (int i = 0; i < 20; i++) {
                lines.write(request("echo", new JsonObject().put("say", "n" + i)));
                assertThat(lines.next().orElseThrow()).contains("\"said\":\"n" + i + "\"");
            }
        }
    }

    @Test
    void a_refusal_says_key_text_detail_and_the_line_in_the_log() {
        CommandRefused refused = catchThrowableOfType(
                CommandRefused.class, () -> new CommandClient(folder).call("refuse", new JsonObject()));

        assertThat(refused.key()).isEqualTo("unknown-device");
        assertThat(refused.text()).isEqualTo(Fault.UNKNOWN_DEVICE.text());
        assertThat(refused.detail()).isEqualTo("device=X");
        assertThat(refused.correlation()).isEqualTo("c0ffee");
    }

    @Test
    void a_bug_says_nothing_of_itself() {
        CommandRefused refused = catchThrowableOfType(
                CommandRefused.class, () -> new CommandClient(folder).call("break", new JsonObject()));

        assertThat(refused.key()).isEqualTo("internal");
        assertThat(refused.getMessage()).doesNotContain("secret");
    }

    @Test
    void the_socket_is_for_its_owner_alone() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket.path())))
                .isEqualTo("rw-------");
    }

    @Test
    void a_peer_that_is_not_served_is_told_so_and_runs_nothing() throws IOException {
        socket.close();
        socket = new CommandSocket(folder, new Peers(Set.of()), commands, standing, () -> "c0ffee");
        socket.start();

        assertThatThrownBy(() -> new CommandClient(folder).call("echo", new JsonObject().put("say", "x")))
                .isInstanceOf(CommandRefused.class)
                .hasMessageContaining("operator-refused");
        assertThat(obeyed).isEmpty();
    }

    @Test
    void another_user_is_refused_even_where_folder_and_socket_are_open_to_him() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "root is missing to become another user");
        assumeTrue(new File("/usr/bin/setpriv").canExecute(), "setpriv (util-linux) is missing");
        open(folder, "rwxr-xr-x");
        open(socket.path(), "rw-rw-rw-");
        Path classes = Files.createDirectories(folder.resolve("classes/io/fairlead/enterprise/operator"));
        String file = "CommandSocketTest$OtherUser.class";
        Files.copy(Path.of("target/test-classes/io/fairlead/enterprise/operator", file), classes.resolve(file));
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");

        Process other = new ProcessBuilder(List.of(
                        "/usr/bin/setpriv",
                        "--reuid=62001",
                        "--regid=62001",
                        "--clear-groups",
                        java.toString(),
                        "-cp",
                        folder.resolve("classes").toString(),
                        OtherUser.class.getName(),
                        socket.path().toString()))
                .redirectErrorStream(true)
                .start();
        String heard = new String(other.getInputStream().readAllBytes(), UTF_8);

        assertThat(other.waitFor()).isZero();
        assertThat(heard).contains("operator-refused");
        assertThat(obeyed).isEmpty();
    }

    @Test
    void hostile_lines_are_refused_and_the_next_one_is_served() throws IOException {
        List<String> hostile = List.of(
                "",
                "{",
                "null",
                "[]",
                "7",
                "\"echo\"",
                "{}",
                "{\"command\":7}",
                "{\"command\":\"no such\"}",
                "{\"command\":\"echo\",\"arguments\":[]}",
                "{\"command\":\"echo\",\"arguments\":{\"say\":{}}}",
                "{\"command\":\"echo\",\"arguments\":{\"say\":" + "[".repeat(5_000) + "}}",
                "{\"command\":\"echo\",\"arguments\":{\"say\":" + "9".repeat(5_000) + "}}",
                "<Poll/>");
        try (SocketChannel raw = connect()) {
            Lines lines = new Lines(raw, raw, Lines.LONGEST);
            for (String line : hostile) {
                lines.write(line);
                assertThat(lines.next().orElseThrow())
                        .as(line)
                        .startsWith("{\"error\":{")
                        .contains("c0ffee");
            }
            lines.write(request("echo", new JsonObject().put("say", "still here")));
            assertThat(lines.next().orElseThrow()).contains("still here");
        }
        assertThat(obeyed).hasSize(1);
    }

    @Test
    void a_line_that_is_no_text_is_refused() throws IOException {
        try (SocketChannel raw = connect()) {
            write(raw, new byte[] {'{', (byte) 0xC3, (byte) 0x28, '}', '\n'});
            assertThat(new Lines(raw, raw, Lines.LONGEST).next().orElseThrow()).contains("\"invalid\"");
        }
    }

    @Test
    void a_line_of_65_536_bytes_is_served_and_a_longer_one_refused() throws IOException {
        String frame = request("echo", new JsonObject().put("say", ""));
        String largest = "a".repeat(Lines.LONGEST - 1 - frame.length());
        assertThat(new CommandClient(folder)
                        .call("echo", new JsonObject().put("say", largest))
                        .getString("said"))
                .isEqualTo(largest);

        try (SocketChannel raw = connect()) {
            write(raw, "a".repeat(Lines.LONGEST).getBytes(UTF_8));
            Lines lines = new Lines(raw, raw, Lines.LONGEST);
            assertThat(lines.next().orElseThrow()).contains("body-too-large");
            assertThat(lines.next()).isEmpty();
        }
    }

    @Test
    void half_a_line_is_never_run() throws IOException {
        try (SocketChannel raw = connect()) {
            String whole = request("echo", new JsonObject().put("say", "x"));
            write(raw, whole.getBytes(UTF_8));
            raw.shutdownOutput();
            assertThat(new Lines(raw, raw, Lines.LONGEST).next()).isEmpty();
        }
        assertThat(obeyed).isEmpty();
    }

    @Test
    void a_connection_that_idles_is_closed_when_its_time_is_up() throws Exception {
        try (SocketChannel raw = connect()) {
            write(raw, "{\"comm".getBytes(UTF_8));
            Runnable timeIsUp = pending.poll(10, TimeUnit.SECONDS);
            assertThat(timeIsUp).isNotNull();
            timeIsUp.run();
            assertThat(ended(raw)).isTrue();
        }
    }

    @Test
    void the_seventeenth_connection_is_closed_and_the_first_ones_still_served() throws IOException {
        List<SocketChannel> held = new ArrayList<>();
        try {
            for (int i = 0; i < CommandSocket.MOST_CONNECTIONS; i++) {
                SocketChannel raw = connect();
                held.add(raw);
                Lines lines = new Lines(raw, raw, Lines.LONGEST);
                lines.write(request("echo", new JsonObject().put("say", "x")));
                assertThat(lines.next()).isPresent();
            }
            try (SocketChannel late = connect()) {
                assertThat(ended(late)).isTrue();
            }
            Lines first = new Lines(held.get(0), held.get(0), Lines.LONGEST);
            first.write(request("echo", new JsonObject().put("say", "y")));
            assertThat(first.next()).isPresent();
        } finally {
            for (SocketChannel raw : held) {
                raw.close();
            }
        }
    }

    @Test
    void a_second_server_is_refused_and_the_first_one_stays() throws IOException {
        CommandSocket second = new CommandSocket(folder, commands, standing, () -> "second");

        assertThatThrownBy(second::start).isInstanceOf(IOException.class).hasMessageContaining("another server");
        assertThat(new CommandClient(folder).call("echo", new JsonObject().put("say", "x")))
                .isNotEmpty();
    }

    @Test
    void what_a_dead_server_left_is_replaced() throws IOException {
        socket.close();
        try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            assertThat(dead.bind(UnixDomainSocketAddress.of(socket.path())).isOpen())
                    .isTrue();
        }
        assertThat(socket.path()).exists();

        socket = new CommandSocket(folder, commands, standing, () -> "c0ffee");
        socket.start();
        assertThat(new CommandClient(folder).call("echo", new JsonObject().put("say", "x")))
                .isNotEmpty();
    }

    @Test
    void a_file_in_the_way_is_named_and_kept() throws IOException {
        socket.close();
        Files.writeString(socket.path(), "mine");
        CommandSocket blocked = new CommandSocket(folder, commands, standing, () -> "c0ffee");

        assertThatThrownBy(blocked::start).hasMessageContaining("in the way");
        assertThat(socket.path()).hasContent("mine");
    }

    @Test
    void a_path_too_long_for_a_socket_is_said() throws IOException {
        Path deep = Files.createDirectories(folder.resolve("d".repeat(60)).resolve("e".repeat(60)));
        CommandSocket tooLong = new CommandSocket(deep, commands, standing, () -> "c0ffee");

        assertThatThrownBy(tooLong::start).hasMessageContaining("cannot listen on " + deep);
    }

    @Test
    void closing_removes_the_socket() throws IOException {
        socket.close();
        assertThat(socket.path()).doesNotExist();
        assertThatThrownBy(() -> new CommandClient(folder).call("echo", new JsonObject()))
                .isInstanceOf(IOException.class);
    }

    private SocketChannel connect() throws IOException {
        return SocketChannel.open(UnixDomainSocketAddress.of(socket.path()));
    }

    private static String request(String command, JsonObject arguments) {
        return new JsonObject()
                .put("command", command)
                .put("arguments", arguments)
                .encode();
    }

    /** True when the other end has closed; with what we wrote unread there, the system calls that a reset. */
    private static boolean ended(SocketChannel raw) {
        try {
            return raw.read(ByteBuffer.allocate(10)) < 0;
        } catch (IOException reset) {
            return true;
        }
    }

    private static void write(SocketChannel raw, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            assertThat(raw.write(buffer)).isPositive();
        }
    }

    private static void open(Path path, String mode) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }

    /** Runs alone, as another user: needs nothing but the JDK. */
    static final class OtherUser {
        public static void main(String[] args) throws IOException {
            try (SocketChannel raw = SocketChannel.open(UnixDomainSocketAddress.of(args[0]))) {
                ByteBuffer heard = ByteBuffer.allocate(4_096);
                while (raw.read(heard) >= 0 && heard.hasRemaining()) {
                    continue;
                }
                System.out.println(new String(heard.array(), 0, heard.position(), UTF_8));
            }
        }
    }
}
