package io.fairlead.enterprise.tunnel;

import io.fairlead.statements.NotAStatement;
import io.fairlead.statements.SignedText;
import io.fairlead.statements.Ticket;
import io.fairlead.statements.Transcript;
import java.security.PublicKey;

/**
 * Whether what an agent says of its stream is taken: signed by the key of the TLS peer that carries the stream, about this
 * stream, and each statement once and in its order. Whether the sums are right is judged by whoever verifies the recording.
 * For one event loop.
 */
final class TranscriptGate {
    private final Ticket ticket;
    private final PublicKey key;
    private long number;
    private boolean last;

    /** @param key of the TLS peer */
    TranscriptGate(Ticket ticket, PublicKey key) {
        this.ticket = ticket;
        this.key = key;
    }

    SignedText require(String header) throws NotAdmitted {
        SignedText text;
        Transcript said;
        try {
            text = SignedText.ofHeader(header, Transcript.MOST_BYTES);
            said = Transcript.of(text.statement());
        } catch (NotAStatement e) {
            throw new NotAdmitted("no transcript: " + e.getMessage());
        }
        if (!text.isBy(key)) {
            throw new NotAdmitted("a transcript that this device did not sign");
        }
        if (!said.stream().equals(ticket.stream())
                || !said.session().equals(ticket.session())
                || !said.device().equals(ticket.device())
                || !said.service().equals(ticket.service().name())
                || said.kind() != ticket.kind()) {
            throw new NotAdmitted("a transcript of another stream");
        }
        if (last || said.number() != number + 1) {
            throw new NotAdmitted("a transcript that does not follow the one before");
        }
        number = said.number();
        last = said.last();
        return text;
    }
}
