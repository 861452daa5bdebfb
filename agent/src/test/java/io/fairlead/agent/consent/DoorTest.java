package io.fairlead.agent.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.agent.kernel.LocalAudit;
import io.fairlead.statements.Receipt;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The door against people who come as they should, and others. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class DoorTest {
    private static final Question QUESTION =
            new Question("receive", "Service\tDesk\nQuestion FAKE", "", "place /in/a", OptionalLong.empty());

    @TempDir
    private Path data;

    private final HeldTime time = new HeldTime();
    private final TestCarried files = new TestCarried();
    private final TestSessions sessions = new TestSessions();
    private volatile Optional<String> refusal = Optional.empty();
    private volatile Person seen = Person.UNVERIFIED;
    private final List<SocketChannel> connections = new ArrayList<>();
    private Path folder;
    private Path audit;
    private Asking asking;
    private Door door;

    @BeforeEach
    void open() throws IOException {
        folder = data.resolve("approve");
        audit = data.resolve("audit.log");
        LocalAudit entries = new LocalAudit(audit, time);
        asking = new Asking(time, time::nanos, new Random(2)::nextInt, folder.resolve("muted"), entries);
        door = door(Optional.empty());
    }

    private Door door(Optional<String> group) throws IOException {
        Approvers approvers = person -> {
            seen = person;
            return refusal;
        };
        return Door.open(folder, group, asking, files, sessions, approvers, time::nanos, new LocalAudit(audit, time));
    }

    @AfterEach
    void close() throws IOException {
        for (SocketChannel each : connections) {
            each.close();
        }
        door.close();
        asking.close();
    }

    private CompletableFuture<Answer> asked() throws InterruptedException {
        CompletableFuture<Answer> answer = CompletableFuture.supplyAsync(() -> {
            try {
                return asking.ask(QUESTION);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        while (asking.open().isEmpty()) {
            Thread.sleep(5);
        }
        return answer;
    }

    private DoorClient client() {
        return new DoorClient(folder);
    }

    private SocketChannel raw(String text) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        connections.add(channel);
        assertThat(channel.connect(UnixDomainSocketAddress.of(folder.resolve("agent.sock"))))
                .isTrue();
        if (!text.isEmpty()) {
            assertThat(channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1))))
                    .isPositive();
        }
        return channel;
    }

    private static String reply(SocketChannel channel) throws IOException {
        StringBuilder reply = new StringBuilder();
        InputStream in = Channels.newInputStream(channel);
        try {
            for (int c = in.read(); c >= 0; c = in.read()) {
                reply.append((char) c);
            }
        } catch (SocketException cut) {
            // What was said and not read: the connection is cut behind the reply.
            assertThat(cut).hasMessage("Connection reset");
        }
        return reply.toString();
    }

    @Test
    void a_person_sees_a_question_whole_and_answers_it_and_the_system_says_who_it_is() throws Exception {
        CompletableFuture<Answer> answer = asked();

        List<Asked> shown = client().questions();
        assertThat(shown).isEqualTo(asking.open());
        assertThat(shown.get(0).question().by()).isEqualTo("Service Desk Question FAKE");
        assertThat(client().answer(shown.get(0).id(), Verdict.APPROVE))
                .isEqualTo(shown.get(0).id() + " approved: receive place /in/a");

        Answer.Approved approved = (Answer.Approved) answer.get();
        assertThat(approved.by()).isEqualTo(seen);
        assertThat(seen).isEqualTo(new Person(System.getProperty("user.name"), Person.Kind.AGENT));
        assertThat(client().questions()).isEmpty();
        assertThat(client().askAgain()).isEqualTo("You will be asked again.");
        assertThatThrownBy(() -> client().answer(shown.get(0).id(), Verdict.DECLINE))
                .isInstanceOfSatisfying(
                        DoorRefused.class, no -> assertThat(no.reason()).isEqualTo(DoorRefused.Reason.NOTHING))
                .hasMessageContaining("has ended: approved at the instrument. This changes nothing.");
    }

    @Test
    void who_may_not_sees_nothing_and_decides_nothing_and_the_audit_names_him_once() throws Exception {
        CompletableFuture<Answer> answer = asked();
        String id = asking.open().get(0).id();
        refusal = Optional.of("not you");

        for (int i = 0; i < 50; i++) {
            assertThatThrownBy(() -> client().questions())
                    .isInstanceOf(DoorRefused.class)
                    .hasMessage("not you");
        }
        assertThatThrownBy(() -> client().answer(id, Verdict.APPROVE)).hasMessage("not you");

        assertThat(asking.open()).hasSize(1);
        assertThat(Files.readAllLines(audit).stream().filter(line -> line.contains("consent.stranger")))
                .singleElement()
                .asString()
                .endsWith("why=\"not you\" since-last-entry=1");
        refusal = Optional.empty();
        assertThat(client().answer(id, Verdict.DECLINE)).contains("declined");
        assertThat(answer.get().approved()).isFalse();
    }

    @Test
    void a_right_that_is_taken_away_while_the_visitor_dawdles_counts_no_more() throws Exception {
        CompletableFuture<Answer> answer = asked();
        SocketChannel slow = raw("approve ");
        assertThat(client().questions()).hasSize(1);
        refusal = Optional.of("no longer");
        assertThat(slow.write(ByteBuffer.wrap((asking.open().get(0).id() + "\n").getBytes(StandardCharsets.US_ASCII))))
                .isPositive();

        assertThat(reply(slow)).startsWith("no NOT_APPROVER no longer\n");
        assertThat(asking.open()).hasSize(1);
        asking.close();
        assertThat(answer.get().approved()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n",
                "approve\n",
                "approve \n",
                "approve *\n",
                "approve ID\n",
                "approve ID view-only\n",
                "approve ID not-today\n",
                "approve ID view-only view-only\n",
                "decline ID view-only\n",
                "approve ID companion 0123456789abcdef\n",
                "approve ID companion 0123\n",
                "watch\n",
                "watch 0123456789abcdef\n",
                "watch 0123456789ABCDEF 1\n",
                "APPROVE\n",
                "questions now\n",
                "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
                "\u0000\u0000\u0000\u0001\n",
                "\u00ff\u00fe\n",
                "questions\nquestions\n",
                "approve ID approve ID approve ID approve ID approve ID approve ID approve ID approve ID approve ID\n",
            })
    void nonsense_is_answered_in_a_line_and_decides_nothing(String nonsense) throws Exception {
        CompletableFuture<Answer> answer = asked();
        String id = asking.open().get(0).id();
        boolean genuine = nonsense.equals("approve ID\n");
        boolean first = nonsense.startsWith("questions\n");

        String reply = reply(raw(nonsense.replace("ID", id)));

        assertThat(reply).startsWith(genuine || first ? "ok " : "no ").endsWith("\nend\n");
        assertThat(asking.open()).hasSize(genuine ? 0 : 1);
        asking.close();
        assertThat(answer.get().approved()).isEqualTo(genuine);
    }

    @Test
    void who_says_half_a_line_is_let_go_after_two_seconds_and_one_who_hangs_up_costs_nothing() throws Exception {
        SocketChannel half = raw("approve AB");
        SocketChannel gone = raw("appr");
        gone.close();
        assertThat(client().questions()).isEmpty();

        time.pass(Door.VISIT);

        assertThat(reply(half)).isEmpty();
        SocketChannel shut = raw("half a line");
        assertThat(shut.shutdownOutput()).isSameAs(shut);
        assertThat(reply(shut)).startsWith("no MALFORMED");
    }

    @Test
    void a_thousand_connections_and_a_flood_of_bytes_keep_nobody_out_for_longer_than_a_visit() throws Exception {
        CompletableFuture<Answer> answer = asked();
        String id = asking.open().get(0).id();
        int told = 0;
        for (int i = 0; i < 1000; i++) {
            SocketChannel each = raw("");
            if (i >= Door.MOST_OF_ONE) {
                told += reply(each).startsWith("no BUSY") ? 1 : 0;
                each.close();
            }
        }
        assertThat(told).isEqualTo(1000 - Door.MOST_OF_ONE);
        assertThatThrownBy(() -> client().answer(id, Verdict.APPROVE)).hasMessage("too many connections at once");

        time.pass(Door.VISIT);
        for (SocketChannel each : connections.subList(0, Door.MOST_OF_ONE)) {
            assertThat(reply(each)).isEmpty();
        }
        flood();

        assertThat(client().answer(id, Verdict.APPROVE)).contains("approved");
        assertThat(answer.get().approved()).isTrue();
    }

    private void flood() throws IOException {
        byte[] megabyte = new byte[1 << 20];
        for (int i = 0; i < 20; i++) {
            SocketChannel each = raw("x");
            try {
                int written = each.write(ByteBuffer.wrap(megabyte));
                assertThat(written).isPositive();
            } catch (IOException hungUp) {
                assertThat(hungUp).hasMessageContaining("pipe");
            }
            each.close();
        }
    }

    @Test
    void only_the_group_may_pass_to_the_socket_and_nobody_may_list_the_folders() throws Exception {
        assertThat(mode(folder)).isEqualTo("rwx------");
        door.close();
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
        String group = String.valueOf(Files.getAttribute(data, "unix:gid"));
        door = door(Optional.of(group));

        assertThat(mode(data)).isEqualTo("rwx--x---");
        assertThat(mode(folder)).isEqualTo("rwx--x---");
        assertThat(mode(folder.resolve("agent.sock"))).isEqualTo("rw-rw----");
        for (Path each : List.of(data, folder, folder.resolve("agent.sock"))) {
            assertThat(String.valueOf(Files.getAttribute(each, "unix:gid"))).isEqualTo(group);
        }
    }

    @Test
    void a_group_that_is_not_there_keeps_the_door_shut() throws Exception {
        door.close();
        assertThatThrownBy(() -> door(Optional.of("no-such-group-here")))
                .hasMessage("this PC has no group \"no-such-group-here\", which site.conf's approvers.group names");
        assertThat(folder.resolve("agent.sock")).doesNotExist();
        assertThat(mode(folder)).isEqualTo("rwx------");
        assertThatThrownBy(() -> client().questions()).hasMessageContaining("no agent answers");
    }

    @Test
    void what_a_killed_agent_left_is_replaced_and_a_link_in_its_place_is_not_followed() throws Exception {
        door.close();
        Path elsewhere = Files.writeString(data.resolve("elsewhere"), "kept");
        Path link = Files.createSymbolicLink(folder.resolve("agent.sock"), elsewhere);
        door = door(Optional.empty());
        assertThat(Files.isSymbolicLink(link)).isFalse();
        assertThat(Files.readString(elsewhere)).isEqualTo("kept");
        assertThat(client().questions()).isEmpty();

        door.close();
        Files.delete(folder);
        Path outside = Files.createDirectory(data.resolve("outside"));
        Path planted = Files.createSymbolicLink(folder, outside);
        assertThatThrownBy(() -> door(Optional.empty())).isInstanceOf(IOException.class);
        assertThat(outside).isEmptyDirectory();
        Files.delete(planted);
        door = door(Optional.empty());
    }

    @Test
    void a_person_sees_the_remote_sessions_and_ends_one() throws Exception {
        OpenSession one = new OpenSession(
                "3f0a77c1" + "0".repeat(24),
                "emil, Acme",
                "ticket 4711",
                "view desktop",
                Optional.empty(),
                1,
                "Bert Kopp (bert)");
        sessions.open.add(one);
        door = door(Optional.empty());
        DoorClient client = new DoorClient(folder);

        assertThat(client.sessions()).containsExactly(one);
        assertThat(client.end("")).isEqualTo("Ended.");
        assertThat(client.sessions()).isEmpty();
        assertThatThrownBy(() -> client.end("3F0A")).hasMessage("There is no such session.");
        assertThatThrownBy(() -> client.end("x")).hasMessage("There is no session of that name.");
    }

    @Test
    void a_question_about_control_says_so_and_each_of_the_answers_comes_through() throws Exception {
        Question question = new Question("session", "emil", "", "control desktop", OptionalLong.empty(), true, true);
        for (Verdict verdict : Verdict.values()) {
            CompletableFuture<Answer> answer = CompletableFuture.supplyAsync(() -> {
                try {
                    return asking.ask(question);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            while (asking.open().isEmpty()) {
                Thread.sleep(5);
            }
            Asked shown = client().questions().get(0);
            assertThat(shown.question()).isEqualTo(question);
            assertThat(client().answer(shown.id(), verdict)).contains(verdict.word());
            Answer expected = verdict.yes()
                    ? new Answer.Approved(
                            seen,
                            verdict == Verdict.VIEW_ONLY,
                            verdict == Verdict.WITH_CLIPBOARD,
                            Receipt.Means.COMMAND_LINE)
                    : new Answer.Declined(seen, verdict == Verdict.NOT_TODAY, Receipt.Means.COMMAND_LINE);
            assertThat(answer.get()).isEqualTo(expected);
        }
        assertThat(client().waiting().note()).contains("until midnight");
    }

    @Test
    void while_somebody_may_type_from_afar_no_yes_is_typed_and_no_new_window_accepts() throws Exception {
        String key = "0123456789abcdef";
        String late = "fedcba9876543210";
        assertThat(client().watch(key, -1).accepts()).isTrue();
        sessions.handsOn = Optional.of("a terminal is open");
        CompletableFuture<Answer> first = asked();
        String id = asking.open().get(0).id();

        assertThatThrownBy(() -> client().answer(id, Verdict.APPROVE)).hasMessage("a terminal is open");
        assertThatThrownBy(() -> client().askAgain()).hasMessage("a terminal is open");
        assertThat(client().watch(late, -1).accepts()).isFalse();
        assertThatThrownBy(() -> client().answer(id, Verdict.APPROVE, late))
                .hasMessage("This window opened too late to accept. a terminal is open");
        assertThat(asking.open()).hasSize(1);
        assertThat(client().answer(id, Verdict.APPROVE, key)).contains("approved");
        assertThat(((Answer.Approved) first.get()).means()).isEqualTo(Receipt.Means.COMPANION);

        // The one that was there goes, and none takes its place meanwhile.
        time.pass(Companions.LONGEST_AWAY);
        CompletableFuture<Answer> second = asked();
        assertThat(client().watch(late, -1).accepts()).isFalse();
        assertThat(client().answer(asking.open().get(0).id(), Verdict.DECLINE, late))
                .contains("declined");
        assertThat(second.get().approved()).isFalse();
        sessions.handsOn = Optional.empty();
        assertThat(client().watch(late, -1).accepts()).isTrue();
    }

    @Test
    void a_path_too_long_for_a_socket_is_named() throws Exception {
        Path deep = Files.createDirectories(data.resolve("a".repeat(100)));
        assertThatThrownBy(() -> Door.open(
                        deep.resolve("approve"),
                        Optional.empty(),
                        asking,
                        files,
                        sessions,
                        person -> refusal,
                        new LocalAudit(audit, time)))
                .hasMessageContaining("cannot listen on " + deep);
    }

    @Test
    void a_person_sees_what_is_on_its_way_with_rate_and_time_left_and_stops_one() throws Exception {
        String id = "3f0a77c1" + "0".repeat(24);
        Underway plain = new Underway(id, "upload", "log.zip", "sending", 5, 10, 3, OptionalLong.of(2));
        Underway odd = new Underway(
                "9".repeat(32), "receive", "a\tb\nc\u202e.exe", "waiting: x", 0, 0, 0, OptionalLong.empty());
        files.files.addAll(List.of(plain, odd));
        assertThat(client().underway())
                .containsExactly(
                        plain,
                        new Underway(odd.id(), "receive", "a b c.exe", "waiting: x", 0, 0, 0, OptionalLong.empty()));

        assertThat(client().stop("3F0A")).isEqualTo("Stopped.");
        assertThat(files.stopped).containsExactly("3f0a by " + seen.name());
        assertThat(client().underway()).hasSize(1);
        for (String nonsense : List.of("", " ", "zz", "9 9", "9\ncancel", "9".repeat(33))) {
            assertThatThrownBy(() -> client().stop(nonsense)).as(nonsense).isInstanceOf(DoorRefused.class);
        }
        assertThat(files.stopped).hasSize(1);

        refusal = Optional.of("you are not named in site.conf");
        assertThatThrownBy(() -> client().underway()).hasMessageContaining("not named");
        assertThatThrownBy(() -> client().stop("9999")).hasMessageContaining("not named");
        assertThat(files.underway()).hasSize(1);
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
