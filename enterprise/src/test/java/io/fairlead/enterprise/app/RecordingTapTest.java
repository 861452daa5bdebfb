package io.fairlead.enterprise.app;

import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.enterprise.kernel.Blocking;
import io.fairlead.enterprise.kernel.DataFolder;
import io.fairlead.enterprise.kernel.Ids;
import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.enterprise.recording.Frame;
import io.fairlead.enterprise.recording.Playback;
import io.fairlead.enterprise.recording.RecordingId;
import io.fairlead.enterprise.recording.RecordingKeys;
import io.fairlead.enterprise.recording.Recordings;
import io.fairlead.enterprise.tunnel.StreamTap;
import io.fairlead.enterprise.tunnel.TapFailed;
import io.fairlead.statements.SessionService;
import io.fairlead.statements.SessionService.Mode;
import io.fairlead.statements.StreamCause;
import io.fairlead.statements.Ticket;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams are recorded, or end. */
class RecordingTapTest {
    @TempDir
    private Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final Ids ids = Ids.random();
    private final List<String> noted = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        Void unused = await(vertx.close());
    }

    private RecordingRoom room(int floorMegabytes) throws Exception {
        return RecordingRoom.open(
                new DataFolder(folder.resolve("data")),
                new EnterpriseConfig.Files(30, floorMegabytes, 400),
                stream -> Future.succeededFuture("Emil Sommer (emil)"),
                (ticket, ended) -> {
                    noted.add(ticket.stream() + " " + ended.sha256());
                    return Future.succeededFuture();
                },
                new Blocking(vertx),
                Timers.of(vertx),
                Clock.systemUTC(),
                new SecureRandom());
    }

    private Ticket ticket() {
        Clock clock = Clock.systemUTC();
        return new Ticket(
                ids.next(),
                ids.next(),
                ids.next(),
                "LAB-7",
                Ticket.Side.AGENT,
                "aa".repeat(32),
                new SessionService("shell", Mode.USE),
                Ticket.Kind.RAW,
                ids.next(),
                0,
                true,
                clock.instant().plus(Ticket.LIFE),
                clock.instant().plusSeconds(600),
                ids.next());
    }

    @Test
    void what_goes_through_is_there_to_be_played_from_the_first_byte_on() throws Exception {
        Ticket ticket = ticket();
        StreamTap tap = room(0).tap(ticket);
        List<Future<Void>> kept = new ArrayList<>();
        // The first come before the file is there; they are shown when it is.
        for (String said : List.of("login: ", "root", "# ")) {
            kept.add(tap.take(!said.equals("root"), Buffer.buffer(said)));
        }
        for (Future<Void> each : kept) {
            Void unused = await(each);
        }
        Void unused = await(tap.close(StreamCause.ENDED_BY_ENGINEER));

        assertThat(noted).hasSize(1).first().asString().matches(ticket.stream() + " [0-9a-f]{64}");
        DataFolder data = new DataFolder(folder.resolve("data"));
        Recordings recordings = new Recordings(data.recordings(), RecordingKeys.open(data, true));
        List<String> played = new ArrayList<>();
        try (Playback playback = recordings.open(new RecordingId(ticket.stream()))) {
            for (Frame frame = playback.next(); frame != null; frame = playback.next()) {
                played.add(frame.direction() + " " + new String(frame.bytes(), StandardCharsets.UTF_8));
            }
            assertThat(playback.cause()).contains(StreamCause.ENDED_BY_ENGINEER.words());
            assertThat(playback.head().person()).isEqualTo("Emil Sommer (emil)");
            assertThat(playback.head().session()).isEqualTo(ticket.session());
        }
        assertThat(played).containsExactly("TO_VIEWER login: ", "TO_AGENT root", "TO_VIEWER # ");
    }

    @Test
    void where_nothing_can_be_kept_nothing_is_taken() throws Exception {
        StreamTap tap = room(Integer.MAX_VALUE).tap(ticket());
        assertThat(failure(tap.take(true, Buffer.buffer("early")))).isInstanceOf(TapFailed.class);
        assertThat(failure(tap.take(true, Buffer.buffer("late")))).isInstanceOf(TapFailed.class);
    }

    private static Throwable failure(Future<Void> taken) {
        Throwable failure = await(taken.transform(done -> Future.succeededFuture(done.cause())));
        return failure;
    }
}
