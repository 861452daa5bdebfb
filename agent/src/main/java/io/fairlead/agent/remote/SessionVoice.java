package io.fairlead.agent.remote;

import io.fairlead.agent.link.Link;
import io.fairlead.agent.link.LinkException;
import io.fairlead.contract.agent.Session;
import io.fairlead.contract.agent.SessionResponse;
import io.fairlead.contract.agent.SessionState;
import io.fairlead.contract.agent.SignedReceipt;
import io.fairlead.soap.Fault;
import io.fairlead.statements.SignedText;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says to the enterprise how sessions stand, by the operation Session; what cannot be said is said again each five seconds
 * for an hour, unless there is newer word by then. One thread. Thread-safe.
 */
final class SessionVoice implements AutoCloseable {
    private static final String ACTION = "urn:fairlead:agent-channel:1/Session";
    private static final Duration READ = Duration.ofSeconds(20);
    private static final long PAUSE_SECONDS = 5;
    private static final int MOST_TRIES = 720;
    private static final int MOST_DETAIL = 300;
    private static final long LAST_WORDS_MILLIS = 500;
    /** There is no such session, or not so. */
    private static final Set<Fault> SETTLED = EnumSet.of(
            Fault.NOT_FOUND, Fault.INVALID, Fault.MALFORMED, Fault.XML_LIMIT, Fault.BODY_TOO_LARGE, Fault.WRONG_DEVICE);

    private static final Logger LOG = LoggerFactory.getLogger(SessionVoice.class);

    private final Link link;
    private final Supplier<String> device;
    private final Map<String, Session> newest = new ConcurrentHashMap<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(runnable -> {
        Thread made = new Thread(runnable, "session-voice");
        made.setDaemon(true);
        return made;
    });

    /** Hears that the enterprise regards a session as over, by the close code of its cause. */
    @FunctionalInterface
    interface Over {
        void told(int code);
    }

    SessionVoice(Link link, Supplier<String> device) {
        this.link = link;
        this.device = device;
    }

    /** @param detail for people, without names; cut at 300 characters */
    void say(String session, SessionState state, String detail, Optional<SignedText> receipt, Over over) {
        Session word = new Session();
        word.setDevice(device.get());
        word.setId(session);
        word.setState(state);
        if (!detail.isEmpty()) {
            word.setDetail(detail.substring(0, Math.min(MOST_DETAIL, detail.length())));
        }
        receipt.ifPresent(text -> {
            SignedReceipt signed = new SignedReceipt();
            signed.setStatement(text.statement());
            signed.setSignature(text.signature());
            word.setReceipt(signed);
        });
        newest.put(session, word);
        later(word, over, MOST_TRIES, 0);
    }

    private void later(Session word, Over over, int tries, long seconds) {
        try {
            ScheduledFuture<?> unused = thread.schedule(() -> tried(word, over, tries), seconds, TimeUnit.SECONDS);
        } catch (RejectedExecutionException e) {
            LOG.info("session={} state={} unsaid=true", word.getId(), word.getState());
        }
    }

    private void tried(Session word, Over over, int tries) {
        if (newest.get(word.getId()) != word) {
            return;
        }
        try {
            SessionResponse answer = link.call(ACTION, word, SessionResponse.class, READ);
            LOG.info("session={} state={} said=true", word.getId(), word.getState());
            boolean last = newest.remove(word.getId(), word);
            if (last && answer.getOver() != null) {
                over.told(answer.getOver());
            }
        } catch (LinkException e) {
            LOG.warn(
                    "session={} state={} unsaid=true kind={} cause=\"{}\"",
                    word.getId(),
                    word.getState(),
                    e.kind(),
                    e.getMessage());
            if (tries > 1 && !settled(e)) {
                later(word, over, tries - 1, PAUSE_SECONDS);
            } else {
                boolean last = newest.remove(word.getId(), word);
                LOG.debug("session={} given-up={}", word.getId(), last);
            }
        } catch (RuntimeException e) {
            LOG.error("session={} state={} unsaid=true", word.getId(), word.getState(), e);
        }
    }

    /** Whether the enterprise will say the same whenever it is asked. */
    private static boolean settled(LinkException e) {
        return e.faultKey().flatMap(Fault::ofKey).filter(SETTLED::contains).isPresent();
    }

    /** What waits to be said has half a second. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            boolean done = thread.awaitTermination(LAST_WORDS_MILLIS, TimeUnit.MILLISECONDS);
            LOG.debug("voice=closed done={}", done);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        LOG.debug("voice=closed unsaid={}", thread.shutdownNow().size());
    }
}
