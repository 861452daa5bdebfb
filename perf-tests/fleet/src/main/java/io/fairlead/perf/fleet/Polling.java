package io.fairlead.perf.fleet;

import io.fairlead.contract.agent.Order;
import io.fairlead.contract.agent.Poll;
import io.fairlead.contract.agent.PollResponse;
import io.fairlead.contract.agent.Session;
import io.fairlead.contract.agent.SessionState;
import io.fairlead.contract.agent.SignedInstruction;
import io.fairlead.soap.Refusal;
import io.fairlead.soap.RemoteFault;
import io.vertx.core.AsyncResult;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One agent's polls, one after the other. Each answer is taken in an agent's order: the token is kept before it is used, then
 * what is to be done is noted as journaled, then it is done. After its start and after each loss an agent shows by two polls
 * that are not held that nobody else has its identity; until then it reports nothing. Signatures are not checked: that costs
 * the agent's machine, not the server's. On its loop's thread only.
 */
final class Polling {
    private static final Logger LOG = LoggerFactory.getLogger(Polling.class);

    private static final String ACTION = "urn:fairlead:agent-channel:1/Poll";
    private static final String SESSION = "urn:fairlead:agent-channel:1/Session";
    private static final String VERSION = "0.1.0";
    private static final Duration MARGIN = Duration.ofSeconds(10);
    private static final long SOON = Duration.ofSeconds(1).toNanos();
    private static final int MOST_DOUBTS = 2;
    private static final String HELD = "identity-held";
    private static final Set<String> NEED_A_PERSON = Set.of(
            "no-certificate",
            "certificate-refused",
            "certificate-expired",
            "certificate-revoked",
            "wrong-device",
            "unknown-device",
            "journal-behind");

    private final int number;
    private final Identity identity;
    private final Surroundings around;
    private final Backoff backoff;
    private final Reporting reporting;
    private int doubts = MOST_DOUBTS;
    private boolean sent;
    private boolean came;

    /** @param number the agent's, from 0 */
    Polling(int number, Identity identity, Surroundings around) {
        this.number = number;
        this.identity = identity;
        this.around = around;
        this.backoff = new Backoff(around.random());
        this.reporting = new Reporting(number, identity, around);
    }

    /** The agent starts. */
    void start() {
        reporting.start();
        poll();
    }

    private void poll() {
        boolean held = doubts == 0;
        Duration hold = held ? around.settings().hold() : Duration.ZERO;
        long begun = System.nanoTime();
        sent = false;
        around.wire()
                .post(number, ACTION, around.codec().write(request(hold)), hold.plus(MARGIN), () -> {
                    sent = true;
                    if (held) {
                        around.figures().park();
                    }
                })
                .onComplete(done -> {
                    if (held && sent) {
                        around.figures().unpark();
                    }
                    if (around.stopped().get()) {
                        return;
                    }
                    Duration wait = taken(done, begun);
                    if (wait.isZero()) {
                        poll();
                    } else {
                        around.after(wait, this::poll);
                    }
                });
    }

    private Poll request(Duration hold) {
        Poll poll = new Poll();
        poll.setDevice(identity.device());
        poll.setHold((int) hold.toSeconds());
        poll.setJournaled(around.memory().journaled(identity));
        around.memory().token(identity).ifPresent(poll::setToken);
        poll.setAgentVersion(VERSION);
        return poll;
    }

    /** What came of it; answers how long to wait before the next. */
    private Duration taken(AsyncResult<Wire.Answer> done, long begun) {
        if (done.failed()) {
            around.figures().lose();
            LOG.debug("device={} poll=lost cause=\"{}\"", identity.device(), String.valueOf(done.cause()));
            return failed(backoff.next(0));
        }
        Wire.Answer answer = done.result();
        try {
            PollResponse response =
                    around.codec().read(new ByteArrayInputStream(answer.body().getBytes()), PollResponse.class);
            around.memory().keepToken(identity, String.valueOf(response.getToken()));
            around.figures().polled();
            if (!came) {
                came = true;
                around.figures().come();
            }
            boolean doubtful = doubts > 0;
            doubts = Math.max(0, doubts - 1);
            if (doubts == 0) {
                reporting.mayReport(true);
            }
            boolean early = answer.at() - begun < SOON;
            if (took(response, answer.at()) || !early) {
                backoff.reset();
                return Duration.ZERO;
            }
            return doubtful ? Duration.ZERO : backoff.next(1);
        } catch (RemoteFault fault) {
            return refused(fault, Math.max(fault.retryAfterSeconds(), answer.retryAfter()));
        } catch (Refusal | IllegalArgumentException notOurs) {
            if (answer.retryAfter() > 0) {
                around.figures().refuse("http-" + answer.status(), answer.retryAfter());
            } else {
                around.figures().wonder();
            }
            LOG.debug("device={} poll=strange status={}", identity.device(), answer.status(), notOurs);
            return failed(backoff.next(answer.retryAfter()));
        }
    }

    private Duration refused(RemoteFault fault, int retryAfter) {
        around.figures().refuse(fault.key(), retryAfter);
        LOG.debug(
                "device={} poll=refused fault={} correlation={}", identity.device(), fault.key(), fault.correlation());
        if (HELD.equals(fault.key())) {
            return failed(backoff.held(retryAfter));
        }
        return failed(NEED_A_PERSON.contains(fault.key()) ? backoff.quiet(retryAfter) : backoff.next(retryAfter));
    }

    private Duration failed(Duration wait) {
        doubts = MOST_DOUBTS;
        reporting.mayReport(false);
        return wait;
    }

    /** Whether something new came. */
    private boolean took(PollResponse response, long at) {
        long before = around.memory().journaled(identity);
        int fresh = 0;
        for (SignedInstruction instruction : response.getInstruction()) {
            if (instruction.getSequence() > around.memory().journaled(identity)) {
                fresh++;
                around.arrivals().arrived(identity, instruction.getSequence(), at);
                around.memory().keepJournaled(identity, instruction.getSequence());
            }
        }
        if (fresh == 0) {
            return false;
        }
        around.figures().instructed(fresh);
        response.getInstruction().stream()
                .filter(instruction -> instruction.getSequence() > before)
                .forEach(this::act);
        return true;
    }

    private void act(SignedInstruction instruction) {
        Order order = around.documents().read(instruction.getOrder(), Order.class);
        reporting.result(Deed.of(order));
        if (order.getOpenSession() != null) {
            refuse(order.getOpenSession().getSession());
        }
    }

    /** Of a remote session: whoever waits for an answer gets it at once. */
    private void refuse(String session) {
        Session word = new Session();
        word.setDevice(identity.device());
        word.setId(session);
        word.setState(SessionState.REFUSED);
        word.setDetail(Deed.NOBODY);
        around.wire()
                .post(number, SESSION, around.codec().write(word), MARGIN, () -> {})
                .onFailure(lost -> around.figures().lose());
    }
}
