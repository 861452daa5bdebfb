package io.fairlead.agent.remote;

import io.fairlead.agent.kernel.Durable;
import io.fairlead.agent.kernel.Ids;
import io.fairlead.agent.link.Identity;
import io.fairlead.agent.link.KeptReceipt;
import io.fairlead.statements.Receipt;
import io.fairlead.statements.SessionRequest;
import io.fairlead.statements.SessionService;
import io.fairlead.statements.SignedText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Makes receipts and keeps a copy of each, {@code NUMBER-SESSION.receipt}, before anybody else sees it. The number rises
 * with each of an enrolment, and is on disk before it is used. Thread-safe.
 */
final class Receipts {
    private final Path folder;
    private final Ids nonces = Ids.random();

    Receipts(Path folder) {
        this.folder = folder;
    }

    /** A receipt, its signed bytes, and whose certificate it names. */
    record Signed(Receipt receipt, SignedText text, Identity by) {}

    /**
     * What was decided, and by whom.
     *
     * @param services that are granted; none in a refusal
     * @param clipboard whether text may be copied to and from desktops that are controlled
     */
    record Decided(
            List<SessionService> services,
            boolean clipboard,
            Instant at,
            Receipt.Means means,
            String approver,
            String policy) {
        boolean granted() {
            return !services.isEmpty();
        }
    }

    /** @throws IOException when it cannot be kept: then nothing is granted */
    synchronized Signed sign(Identity by, SessionRequest request, Decided decided) throws IOException {
        boolean granted = decided.granted();
        return kept(
                new Receipt(
                        by.deviceId(),
                        KeptReceipt.fingerprint(by.certificate()),
                        request.session(),
                        request.hash(),
                        granted ? Receipt.Decision.GRANTED : Receipt.Decision.DECLINED,
                        decided.services(),
                        decided.clipboard(),
                        decided.at(),
                        granted ? decided.at().plus(Duration.ofMinutes(request.minutes())) : decided.at(),
                        decided.means(),
                        decided.approver(),
                        decided.policy(),
                        nonces.next(),
                        next(by)),
                by);
    }

    /** The same decision under a renewed certificate: the old one is good for nothing once the new one is used. */
    synchronized Signed again(Identity by, Receipt same) throws IOException {
        return kept(
                new Receipt(
                        by.deviceId(),
                        KeptReceipt.fingerprint(by.certificate()),
                        same.session(),
                        same.request(),
                        same.decision(),
                        same.services(),
                        same.clipboard(),
                        same.at(),
                        same.until(),
                        same.means(),
                        same.approver(),
                        same.policy(),
                        nonces.next(),
                        next(by)),
                by);
    }

    private Signed kept(Receipt receipt, Identity by) throws IOException {
        SignedText text = new SignedText(receipt.statement(), by.sign(receipt.statement()));
        new Durable(folder.resolve(receipt.number() + "-" + receipt.session() + ".receipt"))
                .replace(new KeptReceipt(text, by.chain()).file());
        return new Signed(receipt, text, by);
    }

    private long next(Identity by) throws IOException {
        Durable.makePrivate(folder);
        Durable last = new Durable(folder.resolve("number-" + by.enrolment()));
        long number = 1 + number(last);
        last.replace(Long.toString(number).getBytes(StandardCharsets.US_ASCII));
        return number;
    }

    private static long number(Durable last) throws IOException {
        try {
            return Long.parseLong(new String(last.read().orElse(new byte[] {'0'}), StandardCharsets.US_ASCII));
        } catch (NumberFormatException e) {
            throw new IOException(last.file() + " holds no number", e);
        }
    }
}
