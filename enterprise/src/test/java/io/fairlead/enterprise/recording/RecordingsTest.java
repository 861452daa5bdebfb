package io.fairlead.enterprise.recording;

import static io.fairlead.enterprise.recording.RecordingRig.ID;
import static io.fairlead.enterprise.recording.RecordingRig.START;
import static io.fairlead.enterprise.recording.RecordingRig.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.soap.Refusal;
import io.fairlead.statements.Ticket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingsTest {
    private static final Instant OVER = START.plus(Duration.ofDays(90));
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir
    Path temporary;

    private RecordingRig rig;

    @BeforeEach
    void open() throws Exception {
        rig = new RecordingRig(temporary.resolve("data"));
    }

    @AfterEach
    void close() throws Exception {
        rig.close();
    }

    @Test
    void a_recording_is_kept_as_long_as_was_fixed_and_deleted_then() throws Exception {
        assertThat(await(rig.start(Ticket.Kind.RFB).close("ended")).id()).isEqualTo(ID);

        assertThat(rig.recordings.keepUntil(ID)).isEqualTo(OVER);
        assertThat(rig.recordings.over(OVER)).isEmpty();
        assertThatThrownBy(() -> rig.recordings.delete(ID, OVER)).isInstanceOf(Refusal.class);
        Instant later = OVER.plus(MINUTE.multipliedBy(6));
        assertThat(rig.recordings.over(later)).containsExactly(ID);
        rig.recordings.delete(ID, later);
        assertThat(Recordings.any(rig.folder)).isFalse();
        assertThatThrownBy(() -> rig.recordings.open(ID)).hasMessageContaining("not-found");
        assertThatThrownBy(() -> rig.recordings.delete(ID, later)).hasMessageContaining("not-found");
    }

    @Test
    void retention_only_grows() throws Exception {
        assertThat(await(rig.start(Ticket.Kind.RFB).close("ended")).id()).isEqualTo(ID);
        Instant longer = OVER.plus(Duration.ofDays(10));

        assertThatThrownBy(() -> rig.recordings.extend(ID, OVER.minus(MINUTE), START))
                .isInstanceOf(Refusal.class);
        rig.recordings.extend(ID, longer, START);
        assertThat(new Recordings(rig.folder, rig.keys).keepUntil(ID)).isEqualTo(longer);
        assertThatThrownBy(() -> rig.recordings.extend(ID, OVER, START)).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> rig.recordings.extend(ID, longer.plus(MINUTE), longer))
                .as("its time is over")
                .isInstanceOf(Refusal.class);
        assertThat(rig.recordings.over(OVER.plus(Duration.ofDays(1)))).isEmpty();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(rig.file(".keep"))))
                .isEqualTo("rw-------");

        rig.recordings.delete(ID, longer.plus(Duration.ofDays(1)));
        assertThat(Recordings.any(rig.folder)).isFalse();
    }

    @Test
    void a_time_that_cannot_be_read_deletes_nothing() throws Exception {
        assertThat(await(rig.start(Ticket.Kind.RFB).close("ended")).id()).isEqualTo(ID);
        Path spoilt = Files.writeString(rig.file(".keep"), "soon");
        assertThat(spoilt).exists();
        assertThat(rig.recordings.over(OVER.plus(Duration.ofDays(1000)))).isEmpty();
    }

    @Test
    void what_a_crash_left_is_known_at_the_start_and_what_never_began_is_swept() throws Exception {
        Recording running = rig.start(Ticket.Kind.RFB);
        Path torn = Files.write(rig.folder.resolve("ab".repeat(16) + ".new"), new byte[17]);
        Path alien = Files.write(rig.folder.resolve("cd".repeat(16) + ".part"), new byte[17]);
        assertThat(alien).exists();

        Recordings started = new Recordings(rig.folder, rig.keys);
        assertThat(started.unfinished()).singleElement().satisfies(one -> {
            assertThat(one.id()).isEqualTo(ID);
            assertThat(one.started()).isEqualTo(START);
            assertThat(one.ended()).isFalse();
        });
        Instant now = Files.getLastModifiedTime(torn).toInstant();
        assertThat(started.sweep(now)).as("it may be beginning at another node").isZero();
        Path aged = Files.setLastModifiedTime(torn, FileTime.from(now.minus(Duration.ofMinutes(6))));
        assertThat(started.sweep(now)).isEqualTo(1);
        assertThat(aged).doesNotExist();

        assertThat(await(running.close("ended")).id()).isEqualTo(ID);
        assertThat(started.unfinished()).isEmpty();
        assertThat(started.list()).singleElement().satisfies(one -> {
            assertThat(one.ended()).isTrue();
            assertThat(one.keepUntil()).isEqualTo(OVER);
            assertThat(one.bytes()).isEqualTo(Files.size(rig.file(".flr")));
        });
    }

    @Test
    void one_id_has_one_recording() throws Exception {
        Recording running = rig.start(Ticket.Kind.RFB);
        assertThatThrownBy(() -> rig.start(Ticket.Kind.RFB)).hasMessageContaining(ID.value());
        assertThat(await(running.close("ended")).id()).isEqualTo(ID);
        assertThatThrownBy(() -> rig.start(Ticket.Kind.RFB)).hasMessageContaining(ID.value());
        assertThat(rig.recordings.list()).hasSize(1);
        assertThatThrownBy(() -> new RecordingId("../../etc/passwd")).isInstanceOf(Refusal.class);
    }
}
