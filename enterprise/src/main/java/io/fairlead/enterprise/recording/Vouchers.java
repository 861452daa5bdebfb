package io.fairlead.enterprise.recording;

import io.fairlead.statements.SignedText;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a stream from elsewhere than its recording: a recording is judged by it.
 *
 * @param session which session, stream and device it must be of, as the agent names them
 * @param keys of the device, each that it had while the stream ran
 * @param kept signed transcripts that did not come with the recording, such as the customer's copies
 * @param sha256 {@link Ended#sha256} as it was noted; empty when it was not
 */
public record Vouchers(
        String session,
        String stream,
        String device,
        List<PublicKey> keys,
        List<SignedText> kept,
        Optional<String> sha256) {
    public Vouchers {
        keys = List.copyOf(keys);
        kept = List.copyOf(kept);
    }
}
