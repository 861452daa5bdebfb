package io.fairlead.statements;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TranscriptTest {
    private static final String ID = "00112233445566778899aabbccddeeff";

    private static Transcript transcript() {
        RunningHash sent = new RunningHash();
        sent.add(ByteBuffer.wrap("abc".getBytes(StandardCharsets.US_ASCII)));
        Transcript.Side received = new RunningHash().now();
        return new Transcript(
                "analyser-7", ID, ID, "desktop", Ticket.Kind.RFB, 3, false, 180_000, sent.now(), received);
    }

    @Test
    void bytes_are_hashed_whatever_the_frames_were() throws Exception {
        byte[] bytes = new byte[10_000];
        new Random(1).nextBytes(bytes);
        RunningHash many = new RunningHash();
        for (int at = 0; at < bytes.length; at += 7) {
            ByteBuffer frame = ByteBuffer.wrap(bytes, at, Math.min(7, bytes.length - at));
            many.add(frame);
            assertThat(frame.position()).isEqualTo(at);
            assertThat(many.now().bytes()).isEqualTo(frame.limit());
        }

        String sha256 =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        assertThat(many.now()).isEqualTo(new Transcript.Side(bytes.length, sha256));
    }

    @Test
    void a_transcript_reads_as_it_was_written() throws Exception {
        assertThat(new String(transcript().statement(), StandardCharsets.UTF_8)).isEqualTo("""
                fairlead transcript 1
                device analyser-7
                session 00112233445566778899aabbccddeeff
                stream 00112233445566778899aabbccddeeff
                service desktop
                kind rfb
                number 3
                last no
                millis 180000
                sent 3 ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad
                received 0 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
                """);
        assertThat(Transcript.of(transcript().statement())).isEqualTo(transcript());
    }

    @Test
    void a_second_way_to_write_it_is_refused() {
        String text = new String(transcript().statement(), StandardCharsets.UTF_8);
        for (String other : List.of(
                text + "last no\n",
                text.replace("number 3", "number 03"),
                text.replace("number 3", "number 0"),
                text.replace("millis 180000", "millis -1"),
                text.replace("last no", "last maybe"),
                text.replace("last no\n", ""),
                text.replace("kind rfb", "kind RFB"),
                text.replace("sent 3 ba", "sent 3  ba"),
                text.replace("sent 3 ba", "sent 3 BA"),
                text.replace("sent 3 ", "sent "),
                text.replace("desktop", "desk\ttop"))) {
            assertThatThrownBy(() -> Transcript.of(other.getBytes(StandardCharsets.UTF_8)))
                    .as(other)
                    .isInstanceOf(NotAStatement.class);
        }
    }
}
