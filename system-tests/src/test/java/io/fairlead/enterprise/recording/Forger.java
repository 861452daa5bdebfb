package io.fairlead.enterprise.recording;

import io.fairlead.enterprise.kernel.DataFolder;
import io.fairlead.enterprise.recording.Finding.Kind;
import io.fairlead.enterprise.recording.Rewriter.Edit;
import io.fairlead.statements.NotAStatement;
import io.fairlead.statements.SignedText;
import io.fairlead.statements.Transcript;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * Somebody who owns all of a server's keys, and rewrites what a stream left there: each time he encrypts and chains the
 * recording anew. Beside him the customer, with the agent's transcript.
 */
public final class Forger {
    private static final String CERTIFICATE = "-----END CERTIFICATE-----";

    private final Path folder;
    private final Rewriter rewriter;
    private final Vouchers vouchers;
    private final List<SignedText> kept;
    private final Random random = new Random(4711);
    private final Tampering tampering = new Tampering(random);

    /** @param transcript the customer's copy, by whose certificate all is judged */
    public Forger(Path data, String device, String session, String stream, Path transcript)
            throws IOException, GeneralSecurityException {
        DataFolder owned = new DataFolder(data);
        this.folder = owned.recordings();
        this.rewriter = new Rewriter(folder.resolve(stream + Places.ENDED), RecordingKeys.open(owned, true));
        String text = Files.readString(transcript);
        this.kept = text.lines()
                .filter(line -> line.indexOf('.') > 0)
                .map(Forger::statement)
                .toList();
        this.vouchers = new Vouchers(session, stream, device, List.of(key(text)), List.of(), Optional.empty());
    }

    /** Of the first certificate, the device's. */
    private static PublicKey key(String text) throws GeneralSecurityException {
        String first = text.substring(0, text.indexOf(CERTIFICATE) + CERTIFICATE.length());
        return CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(first.getBytes(StandardCharsets.US_ASCII)))
                .getPublicKey();
    }

    private static SignedText statement(String line) {
        try {
            return SignedText.ofHeader(line, Transcript.MOST_BYTES);
        } catch (NotAStatement e) {
            throw new IllegalStateException(e);
        }
    }

    private Verification judged(List<Edit> frames, boolean withCopy) throws IOException {
        try (Playback playback = rewriter.rewrite(folder, frames)) {
            Vouchers by = new Vouchers(
                    vouchers.session(),
                    vouchers.stream(),
                    vouchers.device(),
                    vouchers.keys(),
                    withCopy ? kept : List.of(),
                    Optional.empty());
            return Verification.of(playback, by);
        }
    }

    /** What is said of the recording when he changes nothing, and only writes it anew. */
    public String unchanged() throws IOException {
        return judged(rewriter.frames(), true).verdict().name();
    }

    /** So many changes, one at a time; answers those that were not found by what the recording itself says. */
    public List<String> unnoticed(int edits) throws IOException {
        List<String> unnoticed = new ArrayList<>();
        for (int i = 0; i < edits; i++) {
            List<Edit> frames = rewriter.frames();
            String what = tampering.edit(frames);
            Verification found = judged(frames, false);
            boolean unreceived = found.findings().stream().anyMatch(each -> each.kind() == Kind.UNRECEIVED);
            if (found.verdict() != Verification.Verdict.FALSE && !unreceived) {
                unnoticed.add(what + ": " + found.sentences());
            }
        }
        return unnoticed;
    }

    /** Every end cut off, and the agent's last word with it; answers those cuts that the customer's copy did not tell. */
    public List<String> unnoticedCuts() throws IOException {
        List<String> unnoticed = new ArrayList<>();
        int all = rewriter.frames().size();
        for (int left = 1; left < all - 2; left++) {
            Verification found = judged(rewriter.frames().subList(0, left), true);
            if (found.verdict() == Verification.Verdict.WHOLE
                    || found.findings().stream().noneMatch(each -> each.kind() == Kind.MISSING)) {
                unnoticed.add(left + " of " + all + " frames left: " + found.sentences());
            }
        }
        return unnoticed;
    }

    /**
     * Neighbouring runs of frames that change their places, so that the order of what one side sent is another; answers those
     * that were not found.
     */
    public List<String> unnoticedExchanges(int edits) throws IOException {
        List<String> unnoticed = new ArrayList<>();
        int done = 0;
        while (done < edits) {
            List<Edit> frames = rewriter.frames();
            int from = 1 + random.nextInt(frames.size() - 4);
            int middle = from + 1 + random.nextInt(3);
            int to = middle + 1 + random.nextInt(3);
            if (to > frames.size() - 2) {
                continue;
            }
            String before = directions(frames);
            List<Edit> first = new ArrayList<>(frames.subList(from, middle));
            List<Edit> second = new ArrayList<>(frames.subList(middle, to));
            second.addAll(first);
            for (int i = from; i < to; i++) {
                frames.set(i, second.get(i - from).at(frames.get(i).micros()));
            }
            // How the two directions lie between each other nobody has signed.
            if (!directions(frames).equals(before)) {
                done++;
                Verification found = judged(frames, false);
                if (found.verdict() != Verification.Verdict.FALSE) {
                    unnoticed.add(from + " " + middle + " " + to + ": " + found.sentences());
                }
            }
        }
        return unnoticed;
    }

    private static String directions(List<Edit> frames) {
        return List.of(FrameKind.TO_VIEWER, FrameKind.TO_AGENT).stream()
                .map(kind -> {
                    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                    frames.stream().filter(each -> each.kind() == kind).forEach(each -> bytes.writeBytes(each.bytes()));
                    return HexFormat.of().formatHex(bytes.toByteArray());
                })
                .collect(Collectors.joining("/"));
    }

    /** Leaves one changed recording where the server has it. */
    public void leavesOne() throws IOException {
        List<Edit> frames = rewriter.frames();
        for (int i = 0; i < frames.size(); i++) {
            Edit each = frames.get(i);
            if (each.kind() == FrameKind.TO_VIEWER && each.bytes().length > 0) {
                byte[] other = each.bytes().clone();
                other[0] ^= 1;
                frames.set(i, each.of(other));
                break;
            }
        }
        rewriter.rewrite(folder, frames).close();
    }
}
