package io.fairlead.enterprise.remote;

import io.fairlead.enterprise.identity.DeviceCertificates;
import io.fairlead.statements.NotAStatement;
import io.fairlead.statements.Receipt;
import io.fairlead.statements.SignedText;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Whether a receipt is what it says: of this session, about exactly what was asked, no wider, and signed by a key of the
 * device as it is enrolled now.
 */
final class ReceiptCheck {
    private final DeviceCertificates certificates;

    ReceiptCheck(DeviceCertificates certificates) {
        this.certificates = certificates;
    }

    /** Exactly one of both: the receipt, or why it is none. */
    record Verdict(@Nullable Receipt receipt, @Nullable String why) {
        static Verdict not(String why) {
            return new Verdict(null, why);
        }
    }

    Future<Verdict> judge(
            SqlConnection connection, RemoteSession one, Receipt.Decision said, @Nullable SignedText text) {
        if (text == null) {
            return Future.succeededFuture(Verdict.not("there is none"));
        }
        Receipt receipt;
        try {
            receipt = Receipt.of(text.statement());
        } catch (NotAStatement e) {
            return Future.succeededFuture(Verdict.not("no receipt: " + e.getMessage()));
        }
        String why = unfit(one, said, receipt);
        return why != null
                ? Future.succeededFuture(Verdict.not(why))
                : certificates
                        .bySha256(connection, one.device().value(), receipt.certificate())
                        .map(found -> found.map(certificate -> text.isBy(certificate.getPublicKey())
                                        ? new Verdict(receipt, null)
                                        : Verdict.not("not signed by this device's key"))
                                .orElseGet(() -> Verdict.not("of a certificate that is none of this device's")));
    }

    /** Whether both say the same, but for the certificate and what is other in each receipt. */
    static boolean isSame(Receipt now, SignedText before) {
        try {
            Receipt then = Receipt.of(before.statement());
            return now.request().equals(then.request())
                    && now.services().equals(then.services())
                    && now.clipboard() == then.clipboard()
                    && now.at().equals(then.at())
                    && now.until().equals(then.until())
                    && now.means() == then.means()
                    && now.approver().equals(then.approver())
                    && now.policy().equals(then.policy())
                    && now.number() > then.number();
        } catch (NotAStatement e) {
            throw new IllegalStateException("a receipt that was taken cannot be read", e);
        }
    }

    private static @Nullable String unfit(RemoteSession one, Receipt.Decision said, Receipt receipt) {
        if (!receipt.device().equals(one.device().value()) || !receipt.session().equals(one.id())) {
            return "of another device or session";
        }
        if (!receipt.request().equals(one.request())) {
            return "of another request than was made";
        }
        if (receipt.decision() != said) {
            return "of another decision than was said";
        }
        if (Duration.between(receipt.at(), receipt.until()).compareTo(Duration.ofMinutes(one.minutes())) > 0) {
            return "longer than was asked for";
        }
        boolean covered = receipt.services().stream()
                .allMatch(given -> one.services().stream().anyMatch(asked -> asked.covers(given)));
        return covered ? null : "wider than was asked for";
    }
}
