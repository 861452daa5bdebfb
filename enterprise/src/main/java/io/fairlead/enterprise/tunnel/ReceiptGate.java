package io.fairlead.enterprise.tunnel;

import io.fairlead.statements.NotAStatement;
import io.fairlead.statements.Receipt;
import io.fairlead.statements.SignedText;
import io.fairlead.statements.Ticket;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.HexFormat;

/**
 * Whether the customer has said yes to a stream. It is judged by the key of the TLS peer that carries the stream, and by
 * nothing that a database says: who changes the database opens nothing.
 */
final class ReceiptGate {
    private final Clock clock;

    ReceiptGate(Clock clock) {
        this.clock = clock;
    }

    void require(String header, Ticket ticket, X509Certificate peer) throws NotAdmitted {
        try {
            SignedText text = SignedText.ofHeader(header, Receipt.MOST_BYTES);
            if (!text.isBy(peer.getPublicKey())) {
                throw new NotAdmitted("a receipt that this device did not sign");
            }
            Receipt receipt = Receipt.of(text.statement());
            if (!receipt.device().equals(ticket.device())
                    || !receipt.session().equals(ticket.session())
                    || !receipt.certificate().equals(fingerprint(peer))) {
                throw new NotAdmitted("a receipt of another session, device or certificate");
            }
            if (!receipt.grants(ticket.service(), clock.instant())) {
                throw new NotAdmitted("a receipt that does not grant this, or no longer");
            }
        } catch (NotAStatement e) {
            throw new NotAdmitted("no receipt: " + e.getMessage());
        }
    }

    /** SHA-256 of a certificate, 64 hexadecimal digits: how tickets and receipts name a device's. */
    static String fingerprint(X509Certificate certificate) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was read can be written", e);
        }
    }
}
