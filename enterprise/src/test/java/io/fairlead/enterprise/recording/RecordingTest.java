package io.fairlead.enterprise.recording;

import static io.fairlead.enterprise.recording.RecordingRig.ID;
import static io.fairlead.enterprise.recording.RecordingRig.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.enterprise.kernel.CannotStart;
import io.fairlead.enterprise.recording.Recording.Taken;
import io.fairlead.soap.Refusal;
import io.fairlead.statements.Ticket;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingTest {
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

    private static byte[] bytes(int seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static List<String> told(List<Frame> frames) {
        return frames.stream()
                .map(each -> each.at().toMillis() + " " + each.direction() + " "
                        + new String(each.bytes(), StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void what_went_through_is_played_in_its_order_with_its_times() throws Exception {
        Recording recording = rig.start(Ticket.Kind.RFB);
        rig.show(recording, "one".getBytes(StandardCharsets.UTF_8));
        rig.pass(Duration.ofMillis(1500));
        rig.type(recording, "two".getBytes(StandardCharsets.UTF_8));
        rig.settle();
        rig.pass(Duration.ofSeconds(60));
        rig.show(recording, "three".getBytes(StandardCharsets.UTF_8));
        rig.pass(Duration.ofMillis(250));
        Ended ended = await(recording.close("the customer stopped it"));

        assertThat(ended.length()).isEqualTo(Duration.ofMillis(61_750));
        assertThat(ended.toViewer()).isEqualTo(8);
        assertThat(ended.toAgent()).isEqualTo(3);
        try (Playback playback = rig.recordings.open(ID)) {
            assertThat(playback.head()).isEqualTo(RecordingRig.head(Ticket.Kind.RFB));
            assertThat(playback.started()).isEqualTo(RecordingRig.START);
            assertThat(playback.length()).isEqualTo(ended.length());
            assertThat(told(playback.until(Duration.ofMillis(1499), 1000))).containsExactly("0 TO_VIEWER one");
            assertThat(playback.until(Duration.ofMillis(1499), 1000)).isEmpty();
            assertThat(told(playback.until(playback.length(), 1000)))
                    .containsExactly("1500 TO_AGENT two", "61500 TO_VIEWER three");
            assertThat(playback.next()).isNull();
            assertThat(playback.cause()).contains("the customer stopped it");
            playback.rewind();
            assertThat(told(playback.until(playback.length(), 4)))
                    .containsExactly("0 TO_VIEWER one", "1500 TO_AGENT two");
        }
        assertThat(recording.append(Direction.TO_VIEWER, Buffer.buffer("late"))).isEqualTo(Taken.LOST);
    }

    @Test
    void a_megabyte_in_frames_of_any_size_comes_back_to_the_byte() throws Exception {
        byte[] all = bytes(1, 3_000_000);
        Recording recording = rig.start(Ticket.Kind.RFB);
        Random sizes = new Random(2);
        for (int at = 0; at < all.length; ) {
            int end = Math.min(all.length, at + 1 + sizes.nextInt(sizes.nextInt(10) == 0 ? 600_000 : 5_000));
            if (rig.show(recording, Arrays.copyOfRange(all, at, end)) == Taken.FULL) {
                assertThat(rig.hear()).isEqualTo("drained");
            }
            at = end;
        }
        Ended ended = await(recording.close("ended"));

        assertThat(ended.toViewer()).isEqualTo(all.length);
        ByteArrayOutputStream played = new ByteArrayOutputStream();
        try (Playback playback = rig.recordings.open(ID)) {
            for (Frame frame = playback.next(); frame != null; frame = playback.next()) {
                played.writeBytes(frame.bytes());
            }
        }
        assertThat(played.toByteArray()).isEqualTo(all);
    }

    @Test
    void nothing_of_it_can_be_read_on_the_disk_and_nobody_else_may_look() throws Exception {
        Recording recording = rig.start(Ticket.Kind.RFB);
        rig.show(recording, "patient Mustermann".repeat(100).getBytes(StandardCharsets.UTF_8));
        assertThat(Files.exists(rig.file(".part"))).isTrue();
        assertThat(await(recording.close("ended")).id()).isEqualTo(ID);

        assertThat(Files.exists(rig.file(".part"))).isFalse();
        String raw = Files.readString(rig.file(".flr"), StandardCharsets.ISO_8859_1);
        assertThat(raw).doesNotContain("Mustermann").doesNotContain("LAB-7").doesNotContain("Ann");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(rig.file(".flr"))))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(rig.folder)))
                .isEqualTo("rwx------");
    }

    @Test
    void a_node_without_the_private_key_records_and_cannot_play() throws Exception {
        Path secret = rig.data.secretPath(RecordingKeys.FILE);
        String both = Files.readString(secret);
        Files.writeString(secret, both.substring(0, both.indexOf("-----BEGIN PRIVATE")));
        RecordingKeys relay = RecordingKeys.open(rig.data, true);
        assertThat(relay.canOpen()).isFalse();
        byte[] sealed = relay.seal(new byte[32]);
        assertThatThrownBy(() -> relay.unseal(sealed)).isInstanceOf(RecordingDamaged.class);
        assertThat(rig.keys.unseal(sealed)).isEqualTo(new byte[32]);

        assertThat(await(rig.start(Ticket.Kind.RFB).close("ended")).id()).isEqualTo(ID);
        assertThatThrownBy(() -> new Recordings(rig.folder, relay).open(ID))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("only records");
    }

    @Test
    void lost_or_spoilt_keys_are_told_before_anything_starts() throws Exception {
        Path secret = rig.data.secretPath(RecordingKeys.FILE);
        Files.writeString(secret, "nonsense\n");
        assertThatThrownBy(() -> RecordingKeys.open(rig.data, true))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("recording.key");
        Files.delete(secret);
        assertThatThrownBy(() -> RecordingKeys.open(rig.data, true))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("Restore it from a backup");
    }

    @Test
    void openssl_opens_the_sealed_key() throws Exception {
        byte[] key = bytes(3, 32);
        Path sealed = Files.write(temporary.resolve("sealed"), rig.keys.seal(key));
        Path opened = temporary.resolve("opened");
        List<String> command = new ArrayList<>(
                List.of("openssl", "cms", "-decrypt", "-binary", "-inform", "DER", "-in", sealed.toString()));
        command.addAll(
                List.of("-inkey", rig.data.secretPath(RecordingKeys.FILE).toString(), "-out", opened.toString()));
        Process openssl = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(openssl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(openssl.waitFor()).as(said).isZero();
        assertThat(Files.readAllBytes(opened)).isEqualTo(key);
    }

    @Test
    void a_recording_that_goes_on_can_be_watched_as_far_as_it_was_forced() throws Exception {
        Recording recording = rig.start(Ticket.Kind.RFB);
        rig.show(recording, "one".getBytes(StandardCharsets.UTF_8));
        try (Playback playback = rig.recordings.open(ID)) {
            assertThat(playback.next()).isNull();
        }
        rig.pass(Duration.ofSeconds(1));
        rig.settle();
        try (Playback playback = rig.recordings.open(ID)) {
            assertThat(told(List.of(playback.next()))).containsExactly("0 TO_VIEWER one");
            assertThat(playback.next()).isNull();
            assertThat(playback.torn()).isZero();
            assertThat(playback.cause()).isEmpty();
        }
        assertThat(await(recording.close("ended")).toViewer()).isEqualTo(3);
    }
}
