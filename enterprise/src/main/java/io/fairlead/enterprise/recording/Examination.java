package io.fairlead.enterprise.recording;

import io.fairlead.enterprise.recording.Finding.Kind;
import io.fairlead.enterprise.recording.Verification.Verdict;
import io.fairlead.statements.NotAStatement;
import io.fairlead.statements.SignedText;
import io.fairlead.statements.Transcript;
import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a recording twice: for the agent's statements, then for the bytes that they speak of. */
final class Examination {
    private final Playback playback;
    private final Vouchers vouchers;
    private final List<Finding> findings = new ArrayList<>();
    private final Set<Transcript> within = new LinkedHashSet<>();
    private final Set<Transcript> statements = new LinkedHashSet<>();
    private final List<Duration> marks = new ArrayList<>();
    private long length;

    Examination(Playback playback, Vouchers vouchers) {
        this.playback = playback;
        this.vouchers = vouchers;
    }

    Verification result() throws IOException {
        Head head = playback.head();
        if (!head.session().equals(vouchers.session())
                || !head.stream().equals(vouchers.stream())
                || !head.device().equals(vouchers.device())) {
            found(Kind.FOREIGN, "It is of another stream: " + head.device() + ", " + head.stream() + ".");
        }
        collect();
        Comparison toViewer = new Comparison(Direction.TO_VIEWER, List.copyOf(statements));
        Comparison toAgent = new Comparison(Direction.TO_AGENT, List.copyOf(statements));
        compare(toViewer, toAgent);
        judge(toViewer, "the agent sent", "to the viewer");
        judge(toAgent, "the agent received", "from the viewer");
        times(toViewer, toAgent);
        boolean told = ends(toViewer, toAgent);
        return new Verification(
                verdict(told),
                findings,
                statements.size(),
                time(told && verdict(true) == Verdict.WHOLE ? length : vouched(toViewer, toAgent)),
                time(length),
                playback.torn(),
                marks);
    }

    /** The first reading. */
    private void collect() throws IOException {
        playback.rewind();
        try {
            for (Piece piece = playback.piece(); piece != null; piece = playback.piece()) {
                length = piece.micros();
                if (piece.kind() == FrameKind.TRANSCRIPT) {
                    Optional<Transcript> said = judged(piece.text());
                    said.ifPresent(within::add);
                    said.ifPresent(good -> marks.add(time(length)));
                }
            }
        } catch (RecordingDamaged damaged) {
            found(Kind.DAMAGED, "Behind " + clock(length) + ": " + damaged.getMessage() + ".");
        }
        vouchers.sha256()
                .filter(noted -> !noted.equals(playback.chunks().hash()))
                .ifPresent(other -> found(Kind.EXCHANGED, "It is not the file that was noted when it ended."));
        statements.addAll(within);
        for (SignedText kept : vouchers.kept()) {
            judged(kept).ifPresent(statements::add);
        }
    }

    private Optional<Transcript> judged(String header) {
        try {
            return judged(SignedText.ofHeader(header, Transcript.MOST_BYTES));
        } catch (NotAStatement none) {
            found(Kind.FORGED, "At " + clock(length) + " stands what is no statement: " + none.getMessage() + ".");
            return Optional.empty();
        }
    }

    private Optional<Transcript> judged(SignedText signed) {
        if (vouchers.keys().stream().noneMatch(signed::isBy)) {
            found(Kind.FORGED, "A statement at " + clock(length) + " is not signed by the device.");
            return Optional.empty();
        }
        try {
            Transcript said = Transcript.of(signed.statement());
            if (ours(said)) {
                return Optional.of(said);
            }
            found(Kind.FOREIGN, "Statement " + said.number() + " is of another stream.");
        } catch (NotAStatement other) {
            found(Kind.FORGED, "What the device signed is no statement on a stream: " + other.getMessage() + ".");
        }
        return Optional.empty();
    }

    private boolean ours(Transcript said) {
        return said.session().equals(vouchers.session())
                && said.stream().equals(vouchers.stream())
                && said.device().equals(vouchers.device())
                && said.kind() == playback.head().kind()
                && said.service().equals(playback.head().service());
    }

    /** The second reading. */
    private void compare(Comparison toViewer, Comparison toAgent) throws IOException {
        playback.rewind();
        try {
            for (Piece piece = playback.piece(); piece != null; piece = playback.piece()) {
                if (piece.kind().streamed()) {
                    (piece.kind() == FrameKind.TO_VIEWER ? toViewer : toAgent).frame(piece);
                }
            }
        } catch (RecordingDamaged known) {
            // Found by the first reading.
        }
    }

    private void judge(Comparison compared, String did, String way) {
        Transcript wrong = compared.wrong();
        if (wrong != null) {
            found(
                    Kind.CHANGED,
                    "Between " + clock(compared.agreed()) + " and statement " + wrong.number() + " bytes " + way
                            + " are not those that " + did + ".");
        } else if (!compared.beyond().isEmpty()) {
            Transcript beyond = compared.beyond().get(compared.beyond().size() - 1);
            boolean cut = compared.beyond().stream().anyMatch(within::contains);
            found(
                    cut ? Kind.CUT : Kind.MISSING,
                    "Statement " + beyond.number() + " speaks of more bytes " + way + " than the " + compared.bytes()
                            + " that are here.");
        }
    }

    private void times(Comparison toViewer, Comparison toAgent) {
        if (Math.max(toViewer.least(), toAgent.least()) > Math.min(toViewer.most(), toAgent.most())) {
            found(Kind.TIMES, "The times differ from the agent's by more than two minutes.");
        }
    }

    /** Whether the agent's last word is there; what is behind it is judged. */
    private boolean ends(Comparison toViewer, Comparison toAgent) {
        Transcript last =
                statements.stream().filter(Transcript::last).findFirst().orElse(null);
        if (last == null) {
            return false;
        }
        long added = toViewer.bytes() - last.sent().bytes();
        if (added > 0) {
            found(Kind.ADDED, added + " bytes to the viewer are here that the agent did not send.");
        }
        long unreceived = toAgent.bytes() - last.received().bytes();
        if (unreceived > 0) {
            found(
                    Kind.UNRECEIVED,
                    unreceived + " bytes from the viewer at the end did not reach the agent, or were added.");
        }
        return true;
    }

    private static long vouched(Comparison toViewer, Comparison toAgent) {
        return Math.max(toViewer.agreed(), toAgent.agreed());
    }

    private Verdict verdict(boolean told) {
        if (findings.stream().anyMatch(each -> each.kind().wrong())) {
            return Verdict.FALSE;
        }
        if (statements.isEmpty()) {
            return Verdict.UNVOUCHED;
        }
        boolean missing = findings.stream().anyMatch(each -> each.kind() == Kind.MISSING);
        return told && !missing ? Verdict.WHOLE : Verdict.PARTLY;
    }

    private void found(Kind kind, String sentence) {
        // A file that was rubbished need not be told line by line.
        if (findings.size() < 20) {
            findings.add(new Finding(kind, sentence));
        }
    }

    private static Duration time(long micros) {
        return Duration.of(micros, ChronoUnit.MICROS);
    }

    private static String clock(long micros) {
        return Verification.clock(time(micros));
    }
}
