package io.fairlead.enterprise.recording;

import static io.fairlead.enterprise.recording.RecordingRig.ID;
import static io.fairlead.enterprise.recording.RecordingRig.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.statements.SignedText;
import io.fairlead.statements.Ticket;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportTest {
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

    private static byte[] all(Export export) throws Exception {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] next = export.next(); next.length > 0; next = export.next()) {
            all.write(next);
        }
        return all.toByteArray();
    }

    @Test
    void a_terminal_is_an_asciicast_whose_characters_are_whole() throws Exception {
        Recording recording = rig.start(Ticket.Kind.TERMINAL);
        byte[] text = "Größe 5 µl 🧪\r\n".getBytes(StandardCharsets.UTF_8);
        for (byte each : text) {
            assertThat(rig.show(recording, new byte[] {each})).isEqualTo(Recording.Taken.MORE);
            rig.pass(Duration.ofMillis(1));
        }
        rig.type(recording, "\u001b[8;50;132t".getBytes(StandardCharsets.US_ASCII));
        rig.type(recording, "secret\r".getBytes(StandardCharsets.UTF_8));
        rig.show(recording, new byte[] {(byte) 0xff, 'x', 0x1b, '"', (byte) 0xe2, (byte) 0x82});
        assertThat(await(recording.close("ended")).toAgent()).isEqualTo(18);

        String[] lines;
        try (Playback playback = rig.recordings.open(ID)) {
            lines = new String(all(new AsciicastExport(playback)), StandardCharsets.UTF_8).split("\n", -1);
        }
        assertThat(lines[0])
                .isEqualTo("{\"version\":2,\"width\":132,\"height\":50,\"timestamp\":1795251600,"
                        + "\"title\":\"LAB-7 desktop\"}");
        assertThat(lines[1]).isEqualTo("[0.000000,\"o\",\"G\"]");
        assertThat(lines).contains("[0.020000,\"r\",\"132x50\"]", "[0.003000,\"o\",\"ö\"]", "[0.017000,\"o\",\"🧪\"]");
        assertThat(Arrays.asList(lines).subList(lines.length - 3, lines.length))
                .containsExactly("[0.020000,\"o\",\"\uFFFDx\\u001B\\\"\"]", "[0.020000,\"o\",\"\uFFFD\"]", "");
        assertThat(String.join("", lines)).doesNotContain("secret");
    }

    @Test
    void only_a_terminal_is_an_asciicast() throws Exception {
        assertThat(await(rig.start(Ticket.Kind.RFB).close("ended")).id()).isEqualTo(ID);
        try (Playback playback = rig.recordings.open(ID)) {
            assertThatThrownBy(() -> new AsciicastExport(playback)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void the_raw_download_has_all_that_there_is_as_the_documentation_draws_it() throws Exception {
        Recording recording = rig.start(Ticket.Kind.RFB);
        rig.show(recording, "RFB 003.008\n".getBytes(StandardCharsets.US_ASCII));
        rig.pass(Duration.ofMillis(2));
        rig.type(recording, new byte[300_000]);
        SignedText statement = rig.sign(true);
        assertThat(recording.transcript(statement)).isEqualTo(Recording.Taken.MORE);
        assertThat(await(recording.close("done")).toAgent()).isEqualTo(300_000);

        ByteBuffer raw;
        try (Playback playback = rig.recordings.open(ID)) {
            assertThat(playback.next()).as("where it stood does not matter").isNotNull();
            raw = ByteBuffer.wrap(all(new RawExport(playback)));
        }
        byte[] magic = new byte[8];
        raw.get(magic);
        assertThat(new String(magic, StandardCharsets.US_ASCII)).isEqualTo("FLRAW001");
        List<String> frames = new ArrayList<>();
        while (raw.hasRemaining()) {
            String head = raw.get() + " " + raw.getLong() + " ";
            byte[] bytes = new byte[raw.getInt()];
            raw.get(bytes);
            frames.add(head + (bytes.length > 2_000 ? bytes.length : new String(bytes, StandardCharsets.UTF_8)));
        }
        assertThat(frames.get(0)).startsWith("0 0 {\"session\":\"5e5e").contains("\"person\":\"Grüber, Ann <ann>\"");
        assertThat(frames.get(1)).isEqualTo("1 0 RFB 003.008\n");
        assertThat(frames.get(2)).startsWith("2 2000 26");
        assertThat(frames.get(3)).startsWith("2 2000 3");
        assertThat(frames.get(4)).isEqualTo("3 2000 " + statement.header());
        assertThat(frames.get(5)).isEqualTo("4 2000 done");
        assertThat(frames).hasSize(6);
    }
}
