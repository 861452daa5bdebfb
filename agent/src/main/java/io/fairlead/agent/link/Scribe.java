package io.fairlead.agent.link;

import io.fairlead.statements.SignedText;
import io.fairlead.statements.Transcript;
import java.util.Optional;

/**
 * Says, signed, what a stream has carried so far. Called by one thread at a time, in the order in which it is sent: what it
 * says stands in the stream behind exactly the bytes that it counts.
 */
public interface Scribe {
    /**
     * One more statement.
     *
     * @param last whether nothing follows
     * @param sent for the viewer
     * @param received from the viewer, and handed on
     * @return empty when nothing can be said
     */
    Optional<SignedText> say(boolean last, Transcript.Side sent, Transcript.Side received);
}
