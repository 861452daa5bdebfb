package io.fairlead.enterprise.audit;

import io.fairlead.enterprise.audit.Finding.Kind;
import io.fairlead.statements.Checkpoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the seals in order of number, with nothing in memory but where it is. What is wrong is noted, and the check
 * goes on from the stored hash, so that one changed row is one finding.
 */
final class ChainCheck {
    private final TrustAnchors anchors;
    private final Function<String, List<byte[]>> signers;
    private final TreeMap<Long, List<SignedCheckpoint>> witnesses = new TreeMap<>();

    private final Backdated backdated = new Backdated();
    private final List<Finding> findings = new ArrayList<>();
    private long wrong;
    private long rows;
    private long last;
    private byte[] hash = ChainRow.beginning();
    /** False behind a hole: the next row's hash cannot be computed. */
    private boolean known = true;

    private @Nullable Checkpoint proved;
    private long signedUpTo;
    private @Nullable Checkpoint witnessed;
    private long agreeing;

    /**
     * @param signers the certificates of a key id, as stored; none for an unknown one
     * @param witnesses checkpoints that others kept, whose signatures the caller has checked
     */
    ChainCheck(TrustAnchors anchors, Function<String, List<byte[]>> signers, List<SignedCheckpoint> witnesses) {
        this.anchors = anchors;
        this.signers = signers;
        witnesses.forEach(one -> this.witnesses
                .computeIfAbsent(one.checkpoint().number(), none -> new ArrayList<>())
                .add(one));
    }

    /** The next seal. */
    void seal(SealedRow seal) {
        rows++;
        if (seal.number() <= last) {
            found(Kind.CHANGED, seal.number(), seal.number(), "the number " + seal.number() + " is there twice");
            return;
        }
        if (seal.number() > last + 1) {
            long to = seal.number() - 1;
            found(Kind.CUT, last + 1, to, "the seals of " + span(last + 1, to) + " are gone");
            missing(last + 1, to);
            known = false;
        }
        content(seal);
        backdated.row(seal.row());
        last = seal.number();
        hash = seal.hash();
        known = hash.length == ChainRow.HASH;
        if (seal.kept() != null) {
            checkpoint(seal.kept());
        }
        witness(witnesses.getOrDefault(last, List.of()));
    }

    private void content(SealedRow seal) {
        long number = seal.number();
        ChainRow row = seal.row();
        if (row == null) {
            found(Kind.DELETED, number, number, "row " + number + " (id " + seal.entry() + ") was deleted");
        } else if (known && !Arrays.equals(row.hash(hash), seal.hash())) {
            found(
                    Kind.CHANGED,
                    number,
                    number,
                    "row " + number + " (id " + row.id() + ", " + row.at() + ", " + row.code()
                            + ") is not what was sealed, or its seal or one before it was changed");
        }
    }

    /** The newest checkpoint, after the last seal. */
    void head(SealedRow.Stored stored) {
        // An older one is caught at the end: then rows are sealed for which nothing is signed.
        if (stored.number() == 0 || stored.number() >= last) {
            checkpoint(stored);
        }
    }

    /** A checkpoint of the server's own for the row that was read last, or for none. */
    void checkpoint(SealedRow.Stored stored) {
        Optional<Checkpoint> read = Checkpoint.of(stored.statement()).filter(one -> one.number() == stored.number());
        if (read.isEmpty()) {
            found(Kind.UNSIGNED, stored.number(), stored.number(), "checkpoint " + stored.number() + " is damaged");
            return;
        }
        Checkpoint checkpoint = read.get();
        SignedCheckpoint signed =
                new SignedCheckpoint(checkpoint, stored.signature(), signers.apply(checkpoint.keyId()));
        Optional<String> fault = anchors.fault(signed);
        if (fault.isPresent()) {
            found(
                    Kind.UNSIGNED,
                    stored.number(),
                    stored.number(),
                    "checkpoint " + stored.number() + " is not this server's: " + fault.get());
        } else if (checkpoint.number() != last) {
            found(
                    Kind.CUT,
                    Math.min(last + 1, checkpoint.number()),
                    checkpoint.number(),
                    "checkpoint " + checkpoint.number() + " of " + checkpoint.at() + " is for a row that is gone");
        } else if (!checkpoint.hash().equals(HexFormat.of().formatHex(hash))) {
            long from = signedUpTo + 1;
            found(
                    Kind.REWRITTEN,
                    from,
                    last,
                    span(from, last) + " are not those that checkpoint " + last + " of " + checkpoint.at()
                            + " was signed for");
            signedUpTo = last;
        } else {
            signedUpTo = last;
            backdated.signed(checkpoint.at());
            if (wrong == 0) {
                proved = checkpoint;
            }
        }
    }

    private void witness(List<SignedCheckpoint> given) {
        for (SignedCheckpoint one : given) {
            Checkpoint checkpoint = one.checkpoint();
            if (checkpoint.hash().equals(HexFormat.of().formatHex(hash))) {
                agreeing++;
                witnessed = checkpoint;
                if (wrong == 0 && (proved == null || proved.number() < checkpoint.number())) {
                    proved = checkpoint;
                }
            } else {
                contradicted(checkpoint, "has another history than this database");
            }
        }
    }

    private void missing(long from, long to) {
        witnesses
                .subMap(from, true, to, true)
                .values()
                .forEach(each -> each.forEach(one -> contradicted(one.checkpoint(), "is for a row that is gone")));
    }

    // Whoever can sign anew can have changed anything since a witness last agreed.
    private void contradicted(Checkpoint checkpoint, String how) {
        long from = witnessed == null ? 1 : witnessed.number() + 1;
        proved = witnessed;
        found(
                Kind.CONTRADICTED,
                from,
                checkpoint.number(),
                "a witness of " + checkpoint.at() + " for row " + checkpoint.number() + " " + how + "; "
                        + span(from, checkpoint.number()) + " are in doubt");
    }

    /** After the last seal: what is signed for more than there is? */
    void end(@Nullable Checkpoint newest) {
        if (last > signedUpTo && (newest == null || newest.number() < last)) {
            found(
                    Kind.UNSIGNED,
                    signedUpTo + 1,
                    last,
                    span(signedUpTo + 1, last) + " are sealed, and no checkpoint is signed for them");
        }
        missing(last + 1, Long.MAX_VALUE);
    }

    /** Something that only the caller can see. */
    void found(Kind kind, long from, long to, String text) {
        wrong++;
        if (findings.size() < Verified.MOST_FINDINGS) {
            findings.add(new Finding(kind, from, to, text));
        }
    }

    long last() {
        return last;
    }

    Verified result(long unsealed, Optional<Instant> oldestUnsealed) {
        return new Verified(
                rows,
                last,
                Optional.ofNullable(proved),
                findings,
                wrong,
                agreeing,
                unsealed,
                oldestUnsealed,
                backdated.count(),
                backdated.first());
    }

    private static String span(long from, long to) {
        return from == to ? "row " + from : "rows " + from + " to " + to;
    }
}
