package io.fairlead.agent.instruction;

import io.fairlead.agent.instruction.Verdict.Reason;
import io.fairlead.agent.kernel.Signers;
import io.fairlead.agent.kernel.TrustedTime;
import io.fairlead.contract.agent.Order;
import io.fairlead.contract.agent.SignedInstruction;
import io.fairlead.soap.Documents;
import io.fairlead.statements.EcdsaSignature;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Decides whether an instruction is genuine, for this device and its present enrolment, new and in time. Nothing of it
 * is believed, nor even parsed, before its signature is verified. Thread-safe.
 */
public final class OrderVerifier {
    /** Bytes of an order, at most. */
    public static final int MAX_ORDER = 4096;

    private final Signers signers;
    private final OrderReader reader;
    private final String device;
    private final String enrolment;
    private final TrustedTime time;

    /** With one issuer for good. */
    public OrderVerifier(
            X509Certificate issuer, String device, String enrolment, TrustedTime time, Documents documents) {
        this(() -> List.of(issuer), device, enrolment, time, documents);
    }

    /**
     * @param issuers the issuers of signers that are pinned at the moment
     * @param device this device's id
     * @param enrolment the epoch of its enrolment, 32 hexadecimal digits
     */
    public OrderVerifier(
            Supplier<List<X509Certificate>> issuers,
            String device,
            String enrolment,
            TrustedTime time,
            Documents documents) {
        this.signers = new Signers(issuers, time::now, Signers.INSTRUCTIONS);
        this.reader = new OrderReader(documents);
        this.device = device;
        this.enrolment = enrolment;
        this.time = time;
    }

    /**
     * Judges one instruction.
     *
     * @param certificates the signers' certificates that came with it, DER
     * @param journaled the highest number taken before
     */
    public Verdict verify(SignedInstruction instruction, List<byte[]> certificates, long journaled) {
        byte[] bytes = instruction.getOrder();
        if (bytes == null || bytes.length == 0 || bytes.length > MAX_ORDER) {
            return new Verdict.Refused(Reason.SIZE);
        }
        Optional<X509Certificate> signer = signers.find(String.valueOf(instruction.getKey()), certificates);
        if (signer.isEmpty()) {
            return new Verdict.Refused(Reason.NO_SIGNER);
        }
        if (!signers.trusted(signer.get())) {
            return new Verdict.Refused(Reason.SIGNER);
        }
        byte[] signature = instruction.getSignature();
        if (signature == null
                || !new EcdsaSignature(signature).over(bytes, signer.get().getPublicKey())) {
            return new Verdict.Refused(Reason.SIGNATURE);
        }
        return reader.read(bytes)
                .map(order -> judge(order, bytes, instruction.getSequence(), journaled))
                .orElse(new Verdict.Refused(Reason.MALFORMED));
    }

    private Verdict judge(Order order, byte[] bytes, long hint, long journaled) {
        if (!order.getLabel().equals(OrderReader.LABEL)) {
            return new Verdict.Refused(Reason.LABEL);
        }
        if (!order.getDevice().equals(device)) {
            return new Verdict.Refused(Reason.DEVICE);
        }
        if (!order.getEnrolment().equals(enrolment)) {
            return new Verdict.Refused(Reason.ENROLMENT);
        }
        if (order.getSequence() != hint) {
            return new Verdict.Refused(Reason.SEQUENCE);
        }
        if (order.getSequence() <= journaled) {
            return new Verdict.Refused(Reason.REPLAYED);
        }
        return inTime(order) ? new Verdict.Accepted(order, bytes.clone()) : new Verdict.TooLate(order, bytes.clone());
    }

    /** Whether the order may still be begun. */
    boolean inTime(Order order) {
        return !time.byServer().isAfter(order.getNotAfter());
    }

    /** An order that was verified before it was journaled. */
    Optional<Order> read(byte[] bytes) {
        return reader.read(bytes);
    }
}
