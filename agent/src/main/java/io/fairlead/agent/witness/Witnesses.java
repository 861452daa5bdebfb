package io.fairlead.agent.witness;

import io.fairlead.agent.kernel.LocalAudit;
import io.fairlead.agent.kernel.LocalAuditCode;
import io.fairlead.agent.kernel.RecordLog;
import io.fairlead.agent.kernel.Signers;
import io.fairlead.agent.kernel.StatusLine;
import io.fairlead.contract.agent.SignedCheckpoint;
import io.fairlead.statements.Checkpoint;
import io.fairlead.statements.EcdsaSignature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes checkpoints of the enterprise's audit, proves who signed them, compares each with every one that is held, and keeps
 * them on disk. One that cannot be true beside another is kept as well, and said aloud: in the local audit, in the log, and
 * in the status for as long as the file is there. Thread-safe.
 */
public final class Witnesses implements AutoCloseable {
    /** Between two that are asked for. */
    static final Duration BETWEEN = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(Witnesses.class);

    private final Path file;
    private final Signers signers;
    private final LongSupplier nanos;
    private final Clock clock;
    private final LocalAudit audit;
    private final Map<String, List<byte[]>> certificates = new HashMap<>();
    private final List<KeptCheckpoint> kept = new ArrayList<>();
    private RecordLog log;
    private @Nullable Long heard;
    private String refused = "";

    /**
     * Opens the file, or makes it.
     *
     * @param signers who judges the certificates of {@link Signers#AUDIT}
     * @param nanos a clock that never jumps
     */
    public Witnesses(Path file, Signers signers, LongSupplier nanos, Clock clock, LocalAudit audit) throws IOException {
        this.file = file;
        this.signers = signers;
        this.nanos = nanos;
        this.clock = clock;
        this.audit = audit;
        this.log = RecordLog.open(file, record -> WitnessRecord.read(record, certificates, kept), audit);
    }

    /** The file of an enterprise in a folder: it bears the name of the root under which it was begun. */
    public static Path file(Path folder, Predicate<String> ours, String root) throws IOException {
        if (!Files.isDirectory(folder)) {
            Path unusedMade = Files.createDirectories(folder);
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(each -> ours.test(each.getFileName().toString()))
                    .findFirst()
                    .orElse(folder.resolve(root));
        }
    }

    /** Whether it is time for the next one: after a start, and ten minutes after the last. */
    public synchronized boolean wanted() {
        return heard == null || nanos.getAsLong() - heard >= BETWEEN.toNanos();
    }

    /** Judges one and keeps it. What cannot be written is asked for again. */
    public synchronized void offered(SignedCheckpoint offered) {
        heard = nanos.getAsLong();
        try {
            Optional<String> why = fault(offered);
            if (why.isPresent()) {
                refuse(why.get());
                return;
            }
            refused = "";
            take(offered);
        } catch (IOException full) {
            heard = null;
            LOG.warn("witness=not-kept cause=\"{}\"", full.getMessage());
        }
    }

    private Optional<String> fault(SignedCheckpoint offered) {
        byte[] statement = offered.getStatement();
        byte[] signature = offered.getSignature();
        if (statement == null || signature == null || offered.getCertificate().size() != 2) {
            return Optional.of("it is incomplete");
        }
        Optional<Checkpoint> checkpoint = Checkpoint.of(statement);
        if (checkpoint.isEmpty()) {
            return Optional.of("its statement is none");
        }
        Optional<X509Certificate> signer = signers.find(
                checkpoint.get().keyId(), List.of(offered.getCertificate().get(0)));
        if (signer.isEmpty() || !signers.trusted(signer.get())) {
            return Optional.of("its signer is not one of this enterprise's");
        }
        return new EcdsaSignature(signature).over(statement, signer.get().getPublicKey())
                ? Optional.empty()
                : Optional.of("its signature is wrong");
    }

    // While authorities change, one may come too early; it says nothing of the history. Once for each cause.
    private void refuse(String why) {
        LOG.warn("witness=refused cause=\"{}\"", why);
        if (!why.equals(refused)) {
            audit.record(LocalAuditCode.WITNESS_REFUSED, "cause", why);
        }
        refused = why;
    }

    private void take(SignedCheckpoint offered) throws IOException {
        byte[] statement = offered.getStatement();
        Checkpoint checkpoint = Checkpoint.of(statement).orElseThrow();
        if (kept.stream().anyMatch(one -> one.same(statement))) {
            return;
        }
        Optional<KeptCheckpoint> against = kept.stream()
                .filter(one -> !one.contradicting() && !one.checkpoint().agrees(checkpoint))
                .findFirst();
        if (against.isPresent()) {
            contradicted(checkpoint, offered, against.get().checkpoint());
            return;
        }
        if (newest().filter(one -> one.number() >= checkpoint.number()).isPresent()) {
            // Another node's answer, a moment behind.
            return;
        }
        boolean first = kept.isEmpty();
        keep(checkpoint, offered, false);
        if (first) {
            audit.record(LocalAuditCode.WITNESS_BEGUN, "number", checkpoint.number(), "at", checkpoint.at());
        }
        LOG.debug("witness=kept number={} at={}", checkpoint.number(), checkpoint.at());
    }

    private void contradicted(Checkpoint checkpoint, SignedCheckpoint offered, Checkpoint against) throws IOException {
        long before = kept.stream().filter(KeptCheckpoint::contradicting).count();
        LOG.error(
                "witness=CONTRADICTED number={} at={} held={} held_at={} meaning=\"the enterprise's audit was changed\"",
                checkpoint.number(),
                checkpoint.at(),
                against.number(),
                against.at());
        if (before >= Thinning.MOST_CONTRADICTING) {
            return;
        }
        audit.record(
                LocalAuditCode.WITNESS_CONTRADICTED,
                "meaning",
                "the enterprise's audit is not the one it stated before; keep " + file.getFileName(),
                "number",
                checkpoint.number(),
                "at",
                checkpoint.at(),
                "hash",
                checkpoint.hash(),
                "held",
                against.number(),
                "held-at",
                against.at(),
                "held-hash",
                against.hash());
        keep(checkpoint, offered, true);
    }

    private void keep(Checkpoint checkpoint, SignedCheckpoint offered, boolean contradicting) throws IOException {
        if (!certificates.containsKey(checkpoint.keyId())) {
            log.append(WitnessRecord.of(checkpoint.keyId(), offered.getCertificate()));
            List<byte[]> unusedBefore = certificates.put(checkpoint.keyId(), List.copyOf(offered.getCertificate()));
        }
        KeptCheckpoint one =
                new KeptCheckpoint(checkpoint, offered.getStatement(), offered.getSignature(), contradicting);
        log.append(WitnessRecord.of(one));
        kept.add(one);
        if (kept.size() > Thinning.MOST + 100) {
            thin(checkpoint);
        }
    }

    private void thin(Checkpoint newest) throws IOException {
        List<KeptCheckpoint> left = Thinning.thinned(kept, newest.at());
        List<byte[]> records = new ArrayList<>();
        certificates.forEach((key, chain) -> {
            if (left.stream().anyMatch(one -> one.checkpoint().keyId().equals(key))) {
                records.add(WitnessRecord.of(key, chain));
            }
        });
        left.forEach(one -> records.add(WitnessRecord.of(one)));
        log.close();
        try {
            RecordLog.rewrite(file, records);
        } finally {
            kept.clear();
            certificates.clear();
            log = RecordLog.open(file, record -> WitnessRecord.read(record, certificates, kept), audit);
        }
    }

    private Optional<Checkpoint> newest() {
        for (int i = kept.size() - 1; i >= 0; i--) {
            if (!kept.get(i).contradicting()) {
                return Optional.of(kept.get(i).checkpoint());
            }
        }
        return Optional.empty();
    }

    /** For the status. */
    public synchronized List<StatusLine> status() {
        List<StatusLine> lines = new ArrayList<>();
        lines.add(StatusLine.of("kept", kept.size()));
        newest().ifPresent(one -> {
            lines.add(StatusLine.of("newest-number", one.number()));
            lines.add(StatusLine.of("newest", one.at(), clock.instant()));
        });
        List<KeptCheckpoint> against =
                kept.stream().filter(KeptCheckpoint::contradicting).toList();
        lines.add(
                against.isEmpty()
                        ? StatusLine.of("contradicted", false)
                        : StatusLine.of(
                                "contradicted",
                                true,
                                "YES: the enterprise's audit is not the one it stated before, since "
                                        + against.get(0).checkpoint().at()
                                        + ". Keep this PC's witness: agent audit --witness --out FILE"));
        if (!refused.isEmpty()) {
            lines.add(StatusLine.of("refused", refused));
        }
        return lines;
    }

    @Override
    public synchronized void close() throws IOException {
        log.close();
    }
}
