package io.fairlead.agent.remote;

import io.fairlead.agent.link.Identity;
import io.fairlead.agent.link.Scribe;
import io.fairlead.statements.SessionService;
import io.fairlead.statements.SignedText;
import io.fairlead.statements.Transcript;
import java.io.IOException;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Signs what one stream carried, by the device's key, and keeps a copy of each statement here. */
final class StreamScribe implements Scribe {
    private static final Logger LOG = LoggerFactory.getLogger(StreamScribe.class);

    private final Transcripts transcripts;
    private final Identity by;
    private final String session;
    private final String stream;
    private final SessionService use;
    private final LongSupplier nanos;
    private final long began;
    private long number;

    StreamScribe(
            Transcripts transcripts,
            Identity by,
            String session,
            String stream,
            SessionService use,
            LongSupplier nanos) {
        this.transcripts = transcripts;
        this.by = by;
        this.session = session;
        this.stream = stream;
        this.use = use;
        this.nanos = nanos;
        this.began = nanos.getAsLong();
    }

    @Override
    public Optional<SignedText> say(boolean last, Transcript.Side sent, Transcript.Side received) {
        number++;
        byte[] statement = new Transcript(
                        by.deviceId(),
                        session,
                        stream,
                        use.name(),
                        use.mode().kind(),
                        number,
                        last,
                        Math.max(0, (nanos.getAsLong() - began) / 1_000_000),
                        sent,
                        received)
                .statement();
        SignedText said = new SignedText(statement, by.sign(statement));
        try {
            transcripts.keep(by, session, stream, said);
        } catch (IOException e) {
            // The enterprise is told all the same: its recording is what the customer would compare it with.
            LOG.error("stream={} transcript=not-kept", stream, e);
        }
        return Optional.of(said);
    }
}
