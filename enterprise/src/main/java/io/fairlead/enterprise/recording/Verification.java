package io.fairlead.enterprise.recording;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What may be believed of a recording.
 *
 * @param statements of the agent that hold, those kept elsewhere included
 * @param vouched up to when the agent's word holds for each byte in both directions
 * @param length of the recording, as far as it could be read
 * @param torn bytes at the file's end that a crash has torn and that are left away
 * @param marks when in the recording the agent's statements stand that are in it and its own, in their order
 */
public record Verification(
        Verdict verdict,
        List<Finding> findings,
        int statements,
        Duration vouched,
        Duration length,
        long torn,
        List<Duration> marks) {
    /** In one word. */
    public enum Verdict {
        /** The agent vouches for every byte that it sent, to the end. */
        WHOLE,
        /** What the agent vouches for is right; its last word is missing, or bytes at the end are. */
        PARTLY,
        /** The file is in itself as it was written, and no word of the agent is there. */
        UNVOUCHED,
        /** Something is not as it was. */
        FALSE
    }

    public Verification {
        findings = List.copyOf(findings);
        marks = List.copyOf(marks);
    }

    static Verification of(Playback playback, Vouchers vouchers) throws IOException {
        return new Examination(playback, vouchers).result();
    }

    static Verification unreadable(RecordingDamaged damaged) {
        Finding finding = new Finding(Finding.Kind.DAMAGED, "The recording: " + damaged.getMessage() + ".");
        return new Verification(Verdict.FALSE, List.of(finding), 0, Duration.ZERO, Duration.ZERO, 0, List.of());
    }

    /** For people: what was found, and then what holds. */
    public List<String> sentences() {
        List<String> all = new ArrayList<>();
        findings.forEach(each -> all.add((each.kind().wrong() ? "WRONG: " : "Note: ") + each.sentence()));
        if (torn > 0) {
            all.add("Note: A crash has torn the last " + torn + " bytes of the file; they are left away.");
        }
        all.add(
                switch (verdict) {
                    case WHOLE ->
                        "The agent vouches for every byte that it sent, to the end (" + clock(length) + "), by "
                                + count() + ".";
                    case PARTLY ->
                        "The agent vouches for what went through up to " + clock(vouched) + " of " + clock(length)
                                + ", by " + count() + "; for the rest nobody does.";
                    case UNVOUCHED ->
                        "The file is as it was written, but there is no word of the agent: nobody vouches for it.";
                    case FALSE ->
                        "This is not what went through the tunnel. The agent's word holds up to " + clock(vouched)
                                + " of " + clock(length) + ".";
                });
        return all;
    }

    private String count() {
        return statements == 1 ? "one signed statement" : statements + " signed statements";
    }

    static String clock(Duration time) {
        return String.format("%d:%02d:%02d", time.toHours(), time.toMinutesPart(), time.toSecondsPart());
    }
}
