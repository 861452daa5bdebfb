package io.fairlead.enterprise.recording;

import static io.fairlead.enterprise.recording.RecordingRig.ID;
import static io.fairlead.enterprise.recording.RecordingRig.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.enterprise.recording.Finding.Kind;
import io.fairlead.enterprise.recording.Rewriter.Edit;
import io.fairlead.enterprise.recording.Verification.Verdict;
import io.fairlead.statements.SignedText;
import io.fairlead.statements.Ticket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is believed of a recording, and what is found in one that somebody changed. */
class VerificationTest {
    private static final int EDITS = 1_000;
    private static final int MINUTES = 2;

    @TempDir
    Path temporary;

    private final Random random = new Random(5);
    private final Tampering tampering = new Tampering(random);
    private RecordingRig rig;
    private SignedText lastWord;
    private Ended ended;

    @BeforeEach
    void record() throws Exception {
        rig = new RecordingRig(temporary.resolve("data"));
        Recording recording = rig.start(Ticket.Kind.RFB);
        for (int minute = 0; minute < MINUTES; minute++) {
            for (int i = 0; i < 6; i++) {
                assertThat(rig.show(recording, bytes(40))).isEqualTo(Recording.Taken.MORE);
                assertThat(rig.type(recording, bytes(10))).isEqualTo(Recording.Taken.MORE);
                rig.pass(Duration.ofSeconds(10));
                rig.settle();
            }
            lastWord = rig.sign(minute == MINUTES - 1);
            assertThat(recording.transcript(lastWord)).isEqualTo(Recording.Taken.MORE);
        }
        ended = await(recording.close("ended"));
    }

    @AfterEach
    void close() throws Exception {
        rig.close();
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private Verification verified(Vouchers vouchers) throws Exception {
        return rig.recordings.verify(ID, vouchers);
    }

    private Vouchers noted() {
        Vouchers plain = rig.vouchers();
        return new Vouchers(
                plain.session(),
                plain.stream(),
                plain.device(),
                plain.keys(),
                plain.kept(),
                Optional.of(ended.sha256()));
    }

    @Test
    void a_recording_as_it_was_is_vouched_for_to_its_end() throws Exception {
        Verification found = verified(noted());

        assertThat(found.findings()).isEmpty();
        assertThat(found.verdict()).isEqualTo(Verdict.WHOLE);
        assertThat(found.vouched()).isEqualTo(found.length()).isEqualTo(ended.length());
        assertThat(found.sentences())
                .containsExactly(
                        "The agent vouches for every byte that it sent, to the end (0:02:00), by 2 signed statements.");
    }

    @Test
    void a_thousand_edits_of_the_file_are_found() throws Exception {
        byte[] file = Files.readAllBytes(rig.file(".flr"));
        for (int i = 0; i < EDITS; i++) {
            byte[] edited = edit(file);
            Path written = Files.write(rig.file(".flr"), edited);
            Verification found = verified(rig.vouchers());
            assertThat(found.verdict()).as("%s, edit %d", written, i).isEqualTo(Verdict.FALSE);
        }
    }

    private byte[] edit(byte[] file) {
        int at = random.nextInt(file.length);
        byte[] edited = file.clone();
        switch (random.nextInt(4)) {
            case 0 -> edited[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> edited = Arrays.copyOf(file, at);
            case 2 -> System.arraycopy(file, 0, edited, at, file.length - at);
            default -> edited = Arrays.copyOf(file, file.length + 1 + random.nextInt(100));
        }
        return Arrays.equals(edited, file) ? edit(file) : edited;
    }

    @Test
    void a_thousand_edits_with_the_chain_made_anew_are_found_by_the_agents_signature() throws Exception {
        Rewriter rewriter = new Rewriter(rig.file(".flr"), rig.keys);
        try (Playback same = rewriter.rewrite(rig.folder, rewriter.frames())) {
            assertThat(Verification.of(same, rig.vouchers()).verdict())
                    .as("what is only encrypted anew holds")
                    .isEqualTo(Verdict.WHOLE);
        }
        for (int i = 0; i < EDITS; i++) {
            List<Edit> frames = rewriter.frames();
            String what = tampering.edit(frames);
            try (Playback edited = rewriter.rewrite(rig.folder, frames)) {
                Verification found = Verification.of(edited, rig.vouchers());
                // Bytes from the viewer behind all that the agent received: nobody can say where they went.
                boolean unreceived = found.findings().stream().anyMatch(each -> each.kind() == Kind.UNRECEIVED);
                assertThat(unreceived || found.verdict() == Verdict.FALSE)
                        .as("edit %d: %s %s", i, what, found)
                        .isTrue();
            }
        }
    }

    @Test
    void a_missing_tail_is_found_by_the_missing_word_and_by_the_customers_copy() throws Exception {
        Rewriter rewriter = new Rewriter(rig.file(".flr"), rig.keys);
        List<Edit> frames = rewriter.frames();
        int cut = frames.size() - 9;
        try (Playback tail = rewriter.rewrite(rig.folder, frames.subList(0, cut))) {
            Verification alone = Verification.of(tail, rig.vouchers());
            assertThat(alone.verdict()).isEqualTo(Verdict.PARTLY);
            assertThat(alone.vouched()).isEqualTo(Duration.ofSeconds(50));
            assertThat(alone.sentences()).last().asString().contains("up to 0:00:50", "for the rest nobody does");

            Verification kept = Verification.of(tail, rig.vouchers(lastWord));
            assertThat(kept.verdict()).isEqualTo(Verdict.PARTLY);
            assertThat(kept.findings()).extracting(Finding::kind).containsOnly(Kind.MISSING);
            assertThat(Verification.of(tail, noted()).findings())
                    .extracting(Finding::kind)
                    .contains(Kind.EXCHANGED);
        }
        frames.subList(cut, frames.size() - 2).clear();
        try (Playback middle = rewriter.rewrite(rig.folder, frames)) {
            Verification found = Verification.of(middle, rig.vouchers());
            assertThat(found.verdict()).isEqualTo(Verdict.FALSE);
            assertThat(found.findings()).extracting(Finding::kind).contains(Kind.CUT);
        }
    }

    @Test
    void times_that_were_shifted_by_minutes_are_found() throws Exception {
        Rewriter rewriter = new Rewriter(rig.file(".flr"), rig.keys);
        List<Edit> frames = rewriter.frames();
        Collections.reverse(frames);
        frames.replaceAll(each -> each.at(each.micros() < 65_000_000 ? each.micros() : each.micros() + 300_000_000));
        Collections.reverse(frames);
        try (Playback shifted = rewriter.rewrite(rig.folder, frames)) {
            assertThat(Verification.of(shifted, rig.vouchers()).findings())
                    .extracting(Finding::kind)
                    .containsExactly(Kind.TIMES);
        }
    }

    @Test
    void another_devices_key_or_another_stream_vouches_for_nothing() throws Exception {
        Vouchers ours = rig.vouchers();
        Vouchers other = new Vouchers(
                ours.session(),
                ours.stream(),
                ours.device(),
                List.of(RecordingRig.pair().getPublic()),
                List.of(),
                Optional.empty());
        Verification forged = verified(other);
        assertThat(forged.verdict()).isEqualTo(Verdict.FALSE);
        assertThat(forged.statements()).isZero();
        assertThat(forged.findings()).extracting(Finding::kind).containsOnly(Kind.FORGED);

        Vouchers elsewhere = new Vouchers(
                ours.session(), "aa".repeat(16), ours.device(), ours.keys(), List.of(lastWord), Optional.empty());
        Verification foreign = verified(elsewhere);
        assertThat(foreign.verdict()).isEqualTo(Verdict.FALSE);
        assertThat(foreign.findings()).extracting(Finding::kind).containsOnly(Kind.FOREIGN);
    }

    @Test
    void what_the_agent_never_received_is_said() throws Exception {
        Rewriter rewriter = new Rewriter(rig.file(".flr"), rig.keys);
        List<Edit> frames = rewriter.frames();
        Edit end = frames.get(frames.size() - 1);
        frames.add(
                frames.size() - 1,
                new Edit(FrameKind.TO_AGENT, end.micros(), "typed too late".getBytes(StandardCharsets.UTF_8)));
        try (Playback late = rewriter.rewrite(rig.folder, frames)) {
            Verification found = Verification.of(late, rig.vouchers());
            assertThat(found.verdict()).isEqualTo(Verdict.WHOLE);
            assertThat(found.sentences().get(0))
                    .isEqualTo("Note: 14 bytes from the viewer at the end did not reach the agent, or were added.");
        }
        frames.set(frames.size() - 2, frames.get(frames.size() - 2).as(FrameKind.TO_VIEWER));
        try (Playback added = rewriter.rewrite(rig.folder, frames)) {
            assertThat(Verification.of(added, rig.vouchers()).findings())
                    .extracting(Finding::kind)
                    .containsExactly(Kind.ADDED);
        }
    }
}
