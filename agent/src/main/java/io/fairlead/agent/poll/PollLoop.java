package io.fairlead.agent.poll;

import io.fairlead.agent.kernel.Backoff;
import io.fairlead.agent.kernel.LocalAudit;
import io.fairlead.agent.kernel.StatusLine;
import io.fairlead.agent.kernel.TrustedTime;
import io.fairlead.agent.link.Link;
import io.fairlead.agent.link.LinkException;
import io.fairlead.contract.agent.Poll;
import io.fairlead.contract.agent.PollResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one poll parked at the enterprise, in a thread of its own. Each answer is taken in this order: the time, the
 * token (forced to disk before it can be used), new authorities, what the enterprise states of its audit, the instructions. Ends when stopping is asked for.
 */
public final class PollLoop implements Runnable {
    static final String ACTION = "urn:fairlead:agent-channel:1/Poll";
    /** What the network may take on top of the time a poll is held. */
    private static final Duration MARGIN = Duration.ofSeconds(10);
    /** An answer without anything new that comes sooner is not what a poll is for. */
    private static final Duration SOON = Duration.ofSeconds(1);

    private static final int MOST_DOUBTS = 2;

    private static final Logger LOG = LoggerFactory.getLogger(PollLoop.class);

    /** What came of a poll. */
    private enum Outcome {
        /** Something new, or it was held. */
        WORTH,
        /** Nothing, at once. */
        EARLY,
        /** What came was not taken; it comes again. */
        NOT_TAKEN
    }

    private final Link link;
    private final String device;
    private final String version;
    private final RollingToken token;
    private final Credentials credentials;
    private final Inbox inbox;
    private final TrustedTime time;
    private final Backoff backoff;
    private final Standing standing;
    private final Rhythm rhythm;
    private Hold hold = new Hold(Hold.MOST_SECONDS);
    private volatile int holdSeconds = hold.seconds();
    /**
     * Polls that are not held: after a start or a loss the token has to show first that nobody else holds this identity, and
     * the enterprise answers at once and with nothing. Until then nothing is reported either.
     */
    private int doubts = MOST_DOUBTS;

    /** A token that is not on disk yet: nothing is polled until it is. */
    private @Nullable String unwritten;

    private Runnable whenOnline = () -> {};
    private Optional<Witness> witness = Optional.empty();

    public PollLoop(
            Link link,
            String device,
            String version,
            RollingToken token,
            Credentials credentials,
            Inbox inbox,
            TrustedTime time,
            LocalAudit audit,
            Rhythm rhythm) {
        this.link = link;
        this.device = device;
        this.version = version;
        this.token = token;
        this.credentials = credentials;
        this.inbox = inbox;
        this.time = time;
        this.backoff = new Backoff(rhythm.random());
        this.standing = new Standing("poll", audit, rhythm.nanos());
        this.rhythm = rhythm;
    }

    /**
     * Never asks to be held for longer. Before the first poll.
     *
     * @param most 3 to 50 s
     */
    public void holdAtMost(Duration most) {
        hold = new Hold((int) most.toSeconds());
        holdSeconds = hold.seconds();
    }

    /** For how long its polls ask to be held, in seconds; any thread may ask. */
    public int holdSeconds() {
        return holdSeconds;
    }

    /** How it stands with the enterprise; any thread may ask. */
    public List<StatusLine> status() {
        List<StatusLine> lines = standing.lines();
        lines.add(StatusLine.of("poll-hold-seconds", holdSeconds, holdSeconds + " s"));
        return lines;
    }

    /** Who is told each time that the enterprise answers a poll again, and the first time. Before the loop runs. */
    public void whenOnline(Runnable listener) {
        whenOnline = listener;
    }

    /** Who keeps what the enterprise states of its audit; nobody unless said. Before the loop runs. */
    public void witness(Witness keeper) {
        witness = Optional.of(keeper);
    }

    @Override
    public void run() {
        try {
            while (!rhythm.stop().requested()) {
                rhythm.pulse().run();
                Duration wait = turn();
                if (!wait.isZero()) {
                    rhythm.pause().pause(wait);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        LOG.info("loop=poll state=ENDED");
    }

    /** One poll; returns how long to wait before the next. */
    private Duration turn() {
        try {
            credentials.betweenPolls();
            Outcome outcome = poll();
            if (standing.online()) {
                whenOnline.run();
            }
            boolean doubtful = doubts > 0;
            doubts = Math.max(0, doubts - 1);
            token.show(doubts == 0);
            if (outcome == Outcome.WORTH) {
                backoff.reset();
                return Duration.ZERO;
            }
            if (outcome == Outcome.EARLY && doubtful) {
                return Duration.ZERO;
            }
            return backoff.next(Optional.of(SOON));
        } catch (LinkException e) {
            standing.failed(e);
            token.show(e.faultKey().isPresent() && !Standing.ofTwo(e));
            return Standing.patience(e, backoff);
        } catch (IOException e) {
            LOG.warn("loop=poll storage=failed cause=\"{}\"", e.getMessage());
        } catch (RuntimeException | Error e) {
            LOG.error("loop=poll bug=\"{}\"", e.toString(), e);
        }
        return backoff.next(Optional.empty());
    }

    private Outcome poll() throws LinkException, IOException {
        if (unwritten != null) {
            keep(unwritten);
        }
        long begun = rhythm.nanos().getAsLong();
        int asked = doubts > 0 ? 0 : hold.seconds();
        PollResponse answer;
        try {
            holdSeconds = hold.seconds();
            Duration read = Duration.ofSeconds(asked).plus(MARGIN);
            answer = link.call(ACTION, request(asked), PollResponse.class, read);
        } catch (LinkException e) {
            if (asked > 0) {
                e.loss().ifPresent(loss -> hold.lost(since(begun), loss));
                tellHold();
            }
            doubts = MOST_DOUBTS;
            throw e;
        }
        Duration held = since(begun);
        boolean early = held.compareTo(SOON) < 0;
        if (asked > 0) {
            hold.answered(held);
            tellHold();
        }
        if (answer.getServerTime() == null || answer.getToken() == null) {
            throw LinkException.badAnswer("an answer to a poll without time or token");
        }
        if (!RollingToken.isOne(answer.getToken())) {
            throw LinkException.badAnswer("an answer to a poll with a token that is none");
        }
        time.heard(answer.getServerTime());
        keep(answer.getToken());
        if (answer.getAnchors() != null) {
            credentials.offered(answer.getAnchors());
        }
        if (Boolean.TRUE.equals(answer.isRenew())) {
            credentials.renewNow();
        }
        if (answer.getCheckpoint() != null) {
            witness.ifPresent(keeper -> keeper.offered(answer.getCheckpoint()));
        }
        if (answer.getInstruction().isEmpty()) {
            return early ? Outcome.EARLY : Outcome.WORTH;
        }
        int taken = inbox.accept(answer.getInstruction(), answer.getSigner());
        LOG.info("loop=poll instructions={} taken={}", answer.getInstruction().size(), taken);
        // What is not taken comes again at once: that would be a circle.
        return taken > 0 ? Outcome.WORTH : Outcome.NOT_TAKEN;
    }

    private void tellHold() {
        if (hold.seconds() != holdSeconds) {
            LOG.info("loop=poll hold={}s before={}s", hold.seconds(), holdSeconds);
        }
    }

    private Duration since(long nanos) {
        return Duration.ofNanos(rhythm.nanos().getAsLong() - nanos);
    }

    private void keep(String next) throws IOException {
        try {
            token.replace(next);
            unwritten = null;
        } catch (IOException e) {
            unwritten = next;
            throw e;
        }
    }

    private Poll request(int asked) {
        Poll poll = new Poll();
        poll.setDevice(device);
        poll.setHold(asked);
        poll.setJournaled(inbox.journaled());
        token.current().ifPresent(poll::setToken);
        poll.setAgentVersion(version);
        poll.setAnchors(credentials.anchors());
        if (witness.filter(Witness::wanted).isPresent()) {
            poll.setCheckpoint(true);
        }
        return poll;
    }
}
