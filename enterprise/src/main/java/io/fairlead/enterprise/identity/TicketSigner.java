package io.fairlead.enterprise.identity;

import io.fairlead.statements.SignedText;
import io.fairlead.statements.Ticket;
import java.security.PublicKey;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Signs the tickets of remote streams, by a key of its own: its certificate is by the issuer of signers, and its extended key
 * usage is good for no instruction and no checkpoint. A ticket is for one start of this node's relay, so nobody else need
 * know the key. Safe for use by several threads.
 */
public final class TicketSigner {
    /** The extended key usage; an arc of our own below 2.25. */
    public static final String USAGE = "2.25.198713.3";

    private final SigningKey key;
    private final Map<String, PublicKey> signed = new ConcurrentHashMap<>();

    /** Loads the key or makes it; blocks on the disk, as {@link #sign} does when it replaces the key. */
    public TicketSigner(OwnCertificates certificates) {
        this.key = new SigningKey(certificates, certificates::ticketSigner);
    }

    /**
     * Signs a ticket.
     *
     * @param ticket made for the id of the key that signs
     */
    public SignedText sign(Function<String, Ticket> ticket) {
        SigningKey.Current by = key.current();
        PublicKey unusedBefore = signed.put(by.keyId(), by.credential().leaf().getPublicKey());
        byte[] statement = ticket.apply(by.keyId()).statement();
        return new SignedText(statement, by.sign(statement));
    }

    /** The public key of this id; empty when none of this id has signed here. */
    public Optional<PublicKey> key(String id) {
        return Optional.ofNullable(signed.get(id));
    }
}
