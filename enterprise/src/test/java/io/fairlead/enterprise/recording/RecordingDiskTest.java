package io.fairlead.enterprise.recording;

import static io.fairlead.enterprise.recording.RecordingRig.ID;
import static io.fairlead.enterprise.recording.RecordingRig.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fairlead.enterprise.recording.Recording.Taken;
import io.fairlead.soap.Refusal;
import io.fairlead.statements.Ticket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is slow, does not answer, or is full. */
class RecordingDiskTest {
    private static final byte[] FRAME = new byte[65_536];

    @TempDir
    Path temporary;

    private final CountDownLatch answers = new CountDownLatch(1);
    private RecordingRig rig;
    private Path mounted;

    @BeforeEach
    void open() throws Exception {
        rig = new RecordingRig(temporary.resolve("data"));
    }

    @AfterEach
    void close() throws Exception {
        answers.countDown();
        rig.close();
        if (mounted != null) {
            run("umount", "--lazy", mounted.toString());
        }
    }

    private static boolean run(String... command) throws Exception {
        return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
    }

    /** From here on the one worker that writes waits. */
    private void halt() {
        rig.blocking
                .call(() -> {
                    answers.await();
                    return "answered";
                })
                .onFailure(interrupted -> rig.heard.add("interrupted"));
    }

    private long played() throws Exception {
        long bytes = 0;
        try (Playback playback = rig.recordings.open(ID)) {
            for (Frame frame = playback.next(); frame != null; frame = playback.next()) {
                bytes += frame.bytes().length;
            }
        }
        return bytes;
    }

    @Test
    void a_slow_disk_makes_the_stream_pause_at_one_mebibyte_and_go_on() throws Exception {
        Recording recording = rig.start(Ticket.Kind.RFB);
        halt();
        int frames = 1;
        while (rig.show(recording, FRAME) == Taken.MORE) {
            frames++;
        }
        assertThat(frames * FRAME.length).isLessThanOrEqualTo(1 << 20);
        assertThat(rig.show(recording, FRAME)).isEqualTo(Taken.FULL);
        assertThat(rig.heard).isEmpty();

        answers.countDown();
        assertThat(rig.hear()).isEqualTo("drained");
        rig.settle();
        assertThat(rig.show(recording, FRAME)).isEqualTo(Taken.MORE);
        assertThat(await(recording.close("ended")).toViewer()).isEqualTo((frames + 2L) * FRAME.length);
        assertThat(played()).isEqualTo((frames + 2L) * FRAME.length);
    }

    @Test
    void nothing_more_is_shown_while_a_few_bytes_wait_for_the_disk() throws Exception {
        Recording recording = rig.start(Ticket.Kind.RFB);
        halt();
        assertThat(rig.show(recording, new byte[1])).isEqualTo(Taken.MORE);
        rig.pass(Duration.ofSeconds(1));
        assertThat(rig.show(recording, new byte[1])).isEqualTo(Taken.MORE);
        rig.pass(Duration.ofSeconds(1));
        assertThat(rig.show(recording, new byte[1])).isEqualTo(Taken.FULL);
        answers.countDown();
        assertThat(rig.hear()).isEqualTo("drained");
    }

    @Test
    void a_disk_that_does_not_answer_ends_the_recording() throws Exception {
        Recording recording = rig.start(Ticket.Kind.RFB);
        halt();
        assertThat(rig.show(recording, new byte[1])).isEqualTo(Taken.MORE);
        rig.pass(Duration.ofSeconds(1));
        rig.pass(Duration.ofSeconds(29));
        assertThat(rig.heard).isEmpty();
        rig.pass(Duration.ofSeconds(1));
        assertThat(rig.hear()).contains("has not answered");
        assertThat(rig.show(recording, new byte[1])).isEqualTo(Taken.LOST);
        assertThatThrownBy(() -> await(recording.close("ended"))).isInstanceOf(ExecutionException.class);
        assertThat(rig.timers).isEmpty();
    }

    @Test
    void who_does_not_pause_fills_no_memory_but_ends_the_recording() throws Exception {
        Recording recording = rig.start(Ticket.Kind.RFB);
        halt();
        int frames = 0;
        while (rig.show(recording, FRAME) != Taken.LOST) {
            frames++;
        }
        assertThat(frames * FRAME.length).isLessThan(4 << 20);
        assertThat(rig.hear()).contains("nobody pauses");
    }

    @Test
    void what_the_floor_leaves_no_room_for_is_not_begun() throws Exception {
        assertThatThrownBy(() ->
                        await(rig.recorder(1L << 60).start(ID, RecordingRig.head(Ticket.Kind.RFB), rig.listener())))
                .hasCauseInstanceOf(Refusal.class)
                .hasMessageContaining("storage-full");
        assertThat(Recordings.any(rig.folder)).isFalse();
    }

    @Test
    void a_disk_that_fills_ends_the_recording_and_what_was_forced_plays() throws Exception {
        mount();
        Recording recording = await(rig.recorder(0).start(ID, RecordingRig.head(Ticket.Kind.RFB), rig.listener()));
        for (int i = 0; i < 8; i++) {
            assertThat(rig.show(recording, FRAME)).isEqualTo(Taken.MORE);
            rig.pass(Duration.ofSeconds(1));
            rig.settle();
        }
        fillBut(100_000);
        assertThat(rig.show(recording, FRAME)).isEqualTo(Taken.MORE);
        rig.pass(Duration.ofSeconds(1));
        rig.settle();
        assertThat(rig.show(recording, FRAME)).as("there is room for one more").isEqualTo(Taken.MORE);
        rig.pass(Duration.ofSeconds(1));
        assertThat(rig.hear()).startsWith("failed");
        assertThat(rig.show(recording, FRAME)).isEqualTo(Taken.LOST);
        assertThat(played()).isEqualTo(9L * FRAME.length);
    }

    @Test
    void the_floor_ends_a_recording_before_the_disk_is_full() throws Exception {
        mount();
        Recording recording =
                await(rig.recorder(1 << 20).start(ID, RecordingRig.head(Ticket.Kind.RFB), rig.listener()));
        fillBut((1 << 20) + 30_000);
        assertThat(rig.show(recording, FRAME)).isEqualTo(Taken.MORE);
        rig.pass(Duration.ofSeconds(1));
        assertThat(rig.hear()).contains("storage-full");
    }

    private void mount() throws Exception {
        boolean done = run("mount", "-t", "tmpfs", "-o", "mode=0700,size=4m", "tmpfs", rig.folder.toString());
        if (!done && Boolean.parseBoolean(System.getenv("CI"))) {
            fail("NOT RUN: a full disk cannot be played here, for want of root or mount");
        }
        assumeTrue(done, "only root mounts a small disk");
        mounted = rig.folder;
    }

    /** Something else takes the disk, but for so many bytes. */
    private void fillBut(long bytes) throws Exception {
        Path filler = rig.folder.resolve("filler");
        Path written = Files.write(filler, new byte[(int) (rig.folder.toFile().getUsableSpace() - bytes)]);
        assertThat(written).exists();
    }
}
