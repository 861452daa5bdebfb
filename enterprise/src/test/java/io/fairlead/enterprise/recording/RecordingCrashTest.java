package io.fairlead.enterprise.recording;

import static io.fairlead.enterprise.recording.RecordingRig.ID;
import static io.fairlead.enterprise.recording.RecordingRig.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.statements.SignedText;
import io.fairlead.statements.Ticket;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a crash, a power cut or a small memory leaves of a recording. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RecordingCrashTest {
    /** The forced second, half a second of a slow write, and what a busy machine adds to both. */
    private static final long LOST_MILLIS = 2_500;

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

    private Process program(String heap, long bytes, int frame, int pause) throws IOException {
        List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java", heap));
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:MaxDirectMemorySize=16m"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), RecordingProcess.class.getName()));
        command.addAll(List.of(rig.data.path().toString(), "" + bytes, "" + frame, "" + pause));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static boolean progress(String line) {
        return line.matches("[0-9]+ [0-9]+");
    }

    @Test
    void a_kill_loses_the_last_second_at_most_and_the_rest_plays() throws Exception {
        Process writer = program("-Xmx64m", Long.MAX_VALUE, 3_000, 5);
        TreeMap<Long, Long> said = new TreeMap<>();
        try (BufferedReader lines = writer.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (progress(line)) {
                    String[] words = line.split(" ", -1);
                    said.put(Long.parseLong(words[0]), Long.parseLong(words[1]));
                    if (said.lastKey() > 4_000) {
                        // By its handle: the process itself would close what is still to be read.
                        assertThat(writer.toHandle().destroyForcibly()).isTrue();
                    }
                }
            }
        }
        assertThat(writer.waitFor()).isEqualTo(137);

        long bytes = 0;
        try (Playback playback = rig.recordings.open(ID)) {
            for (Frame frame = playback.next(); frame != null; frame = playback.next()) {
                bytes += frame.bytes().length;
            }
            assertThat(playback.cause()).isEmpty();
        }
        Map.Entry<Long, Long> least = said.floorEntry(said.lastKey() - LOST_MILLIS);
        assertThat(bytes).isGreaterThanOrEqualTo(least.getValue());
        assertThat(rig.recordings.unfinished()).extracting(Stored::id).containsExactly(ID);
    }

    @Test
    void a_hundred_megabytes_go_through_a_small_memory() throws Exception {
        long bytes = 100_000_000 / 65_536 * 65_536;
        Process writer = program("-Xmx24m", bytes, 65_536, 0);
        String said = new String(writer.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(writer.waitFor()).as(said).isZero();
        assertThat(said.lines().filter(RecordingCrashTest::progress).toList())
                .singleElement()
                .asString()
                .endsWith(" " + bytes);
        assertThat(Files.size(rig.file(".flr"))).isGreaterThan(bytes);
    }

    @Test
    void a_file_torn_at_any_byte_of_its_last_chunk_plays_up_to_there() throws Exception {
        Recording recording = rig.start(Ticket.Kind.RFB);
        rig.show(recording, "first".getBytes(StandardCharsets.UTF_8));
        rig.pass(Duration.ofSeconds(1));
        rig.settle();
        SignedText statement = rig.sign(false);
        assertThat(recording.transcript(statement)).isEqualTo(Recording.Taken.MORE);
        rig.pass(Duration.ofSeconds(1));
        rig.settle();
        long whole = Files.size(rig.file(".part"));
        rig.show(recording, new byte[300]);
        assertThat(await(recording.close("ended")).toViewer()).isEqualTo(305);
        byte[] file = Files.readAllBytes(rig.file(".flr"));
        Files.move(rig.file(".flr"), rig.file(".part"));

        for (int length = (int) whole; length < file.length; length++) {
            write(Arrays.copyOf(file, length));
            Verification found = rig.recordings.verify(ID, rig.vouchers());
            assertThat(found.verdict()).isEqualTo(Verification.Verdict.PARTLY);
            assertThat(found.findings()).isEmpty();
            assertThat(found.torn()).isEqualTo(length - whole);
            assertThat(found.length()).isEqualTo(Duration.ofSeconds(1));
            // A file system may have made the file long before the bytes were there.
            write(Arrays.copyOf(Arrays.copyOf(file, length), file.length));
            plays();
        }
    }

    private void write(byte[] file) throws IOException {
        try (RandomAccessFile part = new RandomAccessFile(rig.file(".part").toFile(), "rw")) {
            part.setLength(0);
            part.write(file);
        }
    }

    private void plays() throws IOException {
        try (Playback playback = rig.recordings.open(ID)) {
            assertThat(playback.length()).isEqualTo(Duration.ofSeconds(1));
            assertThat(new String(playback.next().bytes(), StandardCharsets.UTF_8))
                    .isEqualTo("first");
            assertThat(playback.next()).isNull();
            assertThat(playback.torn()).isPositive();
        }
    }
}
