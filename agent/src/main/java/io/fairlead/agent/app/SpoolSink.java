package io.fairlead.agent.app;

import io.fairlead.agent.outbox.MessageTooLarge;
import io.fairlead.agent.outbox.Outbox;
import io.fairlead.agent.poll.Bell;
import io.fairlead.agent.status.Sink;
import io.fairlead.contract.agent.StatusMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the probes found goes into the spool; what is urgent rings for the report loop, and so does a start's first word. */
final class SpoolSink implements Sink {
    private static final Logger LOG = LoggerFactory.getLogger(SpoolSink.class);

    private final Outbox outbox;
    private final Bell bell;
    private volatile boolean begun;

    SpoolSink(Outbox outbox, Bell bell) {
        this.outbox = outbox;
        this.bell = bell;
    }

    @Override
    public void put(StatusMessage message, boolean urgent) {
        try {
            long sequence = outbox.append(message);
            LOG.debug("spooled={} urgent={}", sequence, urgent);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MessageTooLarge | IllegalArgumentException e) {
            // Kept, it would be tried for ever and hold up what follows.
            LOG.error("message=dropped cause=\"{}\"", e.getMessage());
            return;
        }
        if (urgent || !begun) {
            begun = true;
            bell.ring();
        }
    }
}
